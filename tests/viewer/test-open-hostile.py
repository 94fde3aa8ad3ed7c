#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""usage: test-open-hostile.py FLAMBEAU HOSTILE_FOLDER PROFILE [--all]

One window program is given files as somebody unkind would write them, one after the other over the
session bus, as a file manager gives them; each window is closed by its key, that of PROFILE stays. It must answer
within a second of its own time, say nothing on standard error, and not grow. Prints TAP.

A part of each group; --all gives it the whole corpus, which takes a quarter of an hour."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib

sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[2])
import corpus  # noqa: E402

NAME, PATH = "org.libprof.Flambeau", "/org/libprof/Flambeau"
PATIENCE = 120  # s, by the clock: other programs may have the processor
AGAIN = 10  # s, until a key that did nothing is pressed again
FREED = 10  # s, until what is freed is the system's again
OF_ITS_OWN = 1.0  # s of the main thread's time before it answers
GROWTH_KB = 100 << 10
SETTLED = 20  # files after which its memory counts
PART = 24  # of a group, every so many
ALWAYS = {"label-keys-10000", "cpp-nested", "unit-markup"}  # what was once wrong in a window
TICKS = os.sysconf("SC_CLK_TCK")
# What the toolkit says of a bare X server.
KNOWN = re.compile(r"^$|Gdk-WARNING.*(vulkan|GL)|libEGL|MESA|dconf|at-spi|dbus-daemon|Activating|Successfully")


class Wrong(Exception):
    pass


class Program:
    def __init__(self, words, folder):
        self.log = open(os.path.join(folder, "stderr"), "w+")
        self.child = subprocess.Popen(words, stdout=self.log, stderr=self.log)
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        self.kept = set()
        self.busiest = 0.0  # s
        self.wait("no name on the bus", self.has_name)

    def has_name(self):
        owner = self.bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "NameHasOwner",
                                   GLib.Variant("(s)", (NAME,)), None, Gio.DBusCallFlags.NONE, -1)
        return owner.unpack()[0]

    def call(self, interface, method, parameters):
        try:
            return self.bus.call_sync(NAME, PATH, interface, method, parameters, None, Gio.DBusCallFlags.NO_AUTO_START,
                                      PATIENCE * 1000)
        except GLib.Error as error:
            time.sleep(0.1)
            self.alive()
            raise Wrong(f"no answer: {error.message}")

    def alive(self):
        if self.child.poll() is not None:
            raise Wrong(f"it ended with {self.child.returncode}: {self.said()}")

    def ticks(self):
        """Of all threads, of the main thread."""
        paths = f"/proc/{self.child.pid}/stat", f"/proc/{self.child.pid}/task/{self.child.pid}/stat"
        fields = (pathlib.Path(path).read_text().rsplit(")", 1)[1].split() for path in paths)
        return tuple(int(f[11]) + int(f[12]) for f in fields)

    def rss_kb(self):
        status = pathlib.Path(f"/proc/{self.child.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s*(\d+)", status)[1])

    def rss_kb_in_the_end(self, bound):
        """What a closed window had is freed by a thread: waits while there is more than that."""
        end = time.monotonic() + FREED
        while self.rss_kb() > bound and time.monotonic() < end:
            time.sleep(0.1)
        return self.rss_kb()

    def windows(self):
        """All but the one that is kept."""
        words = ["xdotool", "search", "--onlyvisible", "--class", "flambeau"]
        found = subprocess.run(words, capture_output=True, text=True).stdout.split()
        return [window for window in found if window not in self.kept]

    def wait(self, what, met):
        end = time.monotonic() + PATIENCE
        while True:
            self.alive()
            found = met()
            if found:
                return found
            if time.monotonic() > end:
                raise Wrong(f"{what} after {PATIENCE} s")
            time.sleep(0.02)

    def answer(self):
        """The main loop's; its own time until then counts."""
        before = self.ticks()[1]
        self.call("org.gtk.Actions", "List", None)
        spent = (self.ticks()[1] - before) / TICKS
        self.busiest = max(self.busiest, spent)
        if spent > OF_ITS_OWN:
            raise Wrong(f"it was busy for {spent:.1f} s before it answered")

    def idle(self):
        """Waits until nothing is done any more, and for answers meanwhile."""
        end = time.monotonic() + PATIENCE
        quiet = 0
        while quiet < 3 and time.monotonic() < end:
            before = self.ticks()[0]
            self.answer()
            time.sleep(0.03)
            quiet = quiet + 1 if self.ticks()[0] - before <= 1 else 0

    def open(self, path):
        uri = GLib.filename_to_uri(path)
        self.call("org.freedesktop.Application", "Open", GLib.Variant("(asa{sv})", ([uri], {})))
        self.answer()
        self.wait("no window", self.windows)
        self.idle()

    def press_close(self, window):
        """Its key; only while it has the focus, as the window that is kept has it next."""
        subprocess.run(["xdotool", "windowfocus", "--sync", window], capture_output=True)
        focus = subprocess.run(["xdotool", "getwindowfocus"], capture_output=True, text=True).stdout.strip()
        if focus == window:
            subprocess.run(["xdotool", "key", "--clearmodifiers", "ctrl+w"], capture_output=True)

    def close_windows(self):
        pressed = {}

        def closed():
            open_ = self.windows()
            for window in open_:
                if time.monotonic() - pressed.get(window, -PATIENCE) > AGAIN:
                    pressed[window] = time.monotonic()
                    self.press_close(window)
            return not open_

        self.wait("a window stays open", closed)

    def said(self):
        self.log.flush()
        self.log.seek(0)
        return [line for line in self.log.read().splitlines() if not KNOWN.search(line)]


def chosen(cases, everything):
    """Some of each group, always the first of it."""
    counts = {}
    for case in cases:
        counts[case.group] = counts.get(case.group, 0) + 1
        if everything or case.name in ALWAYS or counts[case.group] % PART == 1:
            yield case


def run(program, folder):
    opened, settled_kb, most_kb, faults = 0, 0, 0, []
    path = os.path.join(folder, "hostile.prof")
    for case in chosen(corpus.cases(), "--all" in sys.argv):
        pathlib.Path(path).write_bytes(case.content())
        try:
            program.open(path)
        except Wrong as problem:
            faults.append(f"{case.group}/{case.name}: {problem}")
        try:
            program.close_windows()
        except Wrong as problem:
            raise Wrong(f"{case.group}/{case.name}: {problem}")
        opened += 1
        if opened == SETTLED:
            settled_kb = program.rss_kb()
        elif opened > SETTLED:
            most_kb = max(most_kb, program.rss_kb_in_the_end(settled_kb + GROWTH_KB))
        if opened % 50 == 0:
            print(f"# {opened} files, the last is {case.group}/{case.name}; memory {program.rss_kb()} KiB", flush=True)
    faults += program.said()
    if most_kb - settled_kb > GROWTH_KB:
        faults.append(f"it grew from {settled_kb} to {most_kb} KiB")
    if faults:
        raise Wrong("\n".join(faults[:20]))
    print(f"# {opened} files; memory {settled_kb} KiB after {SETTLED}, at most {most_kb} KiB later; "
          f"its own time before an answer at most {program.busiest:.2f} s")


def main():
    print("1..1")
    with tempfile.TemporaryDirectory() as folder:
        program = Program([sys.argv[1], "--gapplication-service"], folder)
        try:
            # Without a window it would end.
            program.open(os.path.abspath(sys.argv[3]))
            program.kept = set(program.windows())
            run(program, folder)
            print("ok 1 /open-hostile/one-program-opens-them-all")
        except Wrong as problem:
            print("not ok 1 /open-hostile/one-program-opens-them-all")
            print("\n".join(f"# {line}" for line in str(problem).splitlines()))
        program.child.kill()
        program.child.wait()


main()
