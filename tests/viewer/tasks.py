#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Tasks of real use, carried out on the real window: each with the keyboard
alone and with the mouse alone.

usage: tasks.py FLAMBEAU PROF CLIPBOARD-TEXT SOURCE [--pictures DIR] [--list]
                [--elsewhere] [NUMBER...]

Runs on the display and session bus that are there, and prints TAP:

  env GSETTINGS_SCHEMA_DIR=build/data tests/viewer/with-display.sh \\
    tests/viewer/tasks.py build/viewer/flambeau build/cli/prof \\
    build/tests/viewer/clipboard-text .

What a task has led to is read from what the window copies: the
command line of its view, the name or the stack that is selected. --pictures
writes DIR/NN.png, the end of each task; --list prints the table of docs/tasks.md.
With --elsewhere, tasks that make sense on any profile are carried out on others than
their own, with the same steps.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time

APP = "org.libprof.Flambeau"
PATH = "/org/libprof/Flambeau/window/1"
PATIENCE = 20  # seconds
INSET = 8  # px of the graph on each side
ROOT = 25  # px of the root's bar, and of the line below it
ROW = 20

SERVER = "data/examples/server-cpu.prof"
HEAP = "data/examples/server-heap.prof"
WEB = "tests/data/profiles/real/web-cpu.prof"
SEARCH = "tests/data/profiles/real/search-allocs.prof"
PIPELINE = "tests/data/profiles/real/pipeline-goroutine.prof"
QRCODE = "data/examples/qrcode-cpu.prof"
MUTEX = "data/examples/server-mutex.prof"

# Of other kinds, for tasks that make sense on any.
OTHERS = [SERVER, HEAP, WEB, SEARCH, PIPELINE, QRCODE, MUTEX]


class Trouble(Exception):
    pass


def output(*command):
    return subprocess.run(command, capture_output=True, text=True).stdout


def wait_for(function, what):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = function()
        if found:
            return found
        time.sleep(0.1)
    raise Trouble(f"never: {what}")


# --- The window ---


class Window:
    def __init__(self, programs, profile):
        self.flambeau, self.prof, self.clipboard = programs
        self.profile = profile
        environment = dict(os.environ)
        environment.pop("GTK_A11Y", None)
        self.process = subprocess.Popen([self.flambeau, profile], env=environment)
        title = re.escape(os.path.basename(profile))
        try:
            self.id = wait_for(
                lambda: output("xdotool", "search", "--onlyvisible", "--name", title).split(),
                "a window",
            )[-1]
            self.xdo("windowmove", self.id, "0", "0")
            self.xdo("windowfocus", self.id)
            wait_for(lambda: self.possible("copy-command"), "a profile")
            self.tree = None
            self.border_px = None  # until it is asked for
        except Trouble:
            self.close()
            raise

    def close(self):
        self.process.terminate()
        self.process.wait()

    def xdo(self, *arguments):
        subprocess.run(["xdotool", *arguments], check=True)

    def accessible(self):
        import pyatspi

        for child in pyatspi.Registry.getDesktop(0):
            try:
                if child is not None and child.get_process_id() == self.process.pid:
                    return child
            except Exception:  # it may just be going
                pass
        return None

    @property
    def root(self):
        """Where the accessible tree begins; asked for by the mouse alone."""
        if self.tree is None:
            self.tree = wait_for(self.accessible, "the accessibility bus")
        return self.tree

    # Asking

    def call(self, method, *arguments):
        return output(
            "gdbus", "call", "--session", "--dest", APP, "--object-path", PATH,
            "--method", f"org.gtk.Actions.{method}", *arguments,
        )

    def possible(self, action):
        return self.call("Describe", action).startswith("((true")

    def state(self, action):
        found = re.search(r"<'?([^'>]*)'?>", self.call("Describe", action))
        return found.group(1) if found else ""

    def text(self):
        return output(self.clipboard)

    def copied(self, action):
        """What an action of copying copies."""
        self.call("Activate", action, "[]", "{}")
        time.sleep(0.2)
        return self.text()

    def command(self):
        return self.copied("copy-command")

    def nodes(self, root=None):
        """Those on screen."""
        root = root or self.root
        for i in range(root.childCount):
            child = root.getChildAtIndex(i)
            if child is None or not self.is_there(child):
                continue
            yield child
            if child.getRoleName() not in ("label", "menu item"):
                yield from self.nodes(child)

    def is_there(self, node):
        """What was never shown has no size; containers may have no extents."""
        return node.getRoleName() in ("frame", "filler", "panel") or self.extents(node)[2] > 1

    def find(self, role, name):
        """The first that is on screen: others have no size."""
        for node in self.nodes():
            if node.getRoleName() in role.split("|") and (node.name or "").startswith(name):
                return node
        return None

    def says(self, pattern):
        """Whether a text on screen matches."""
        return any(
            re.search(pattern, node.name or "") for node in self.nodes()
        )

    @staticmethod
    def place(node):
        import pyatspi

        try:
            box = node.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
        except Exception:  # it may just be going
            return 0, 0, 0, 0
        return box.x, box.y, box.width, box.height

    @property
    def border(self):
        """What GTK draws around the window, which places of widgets leave out; px."""
        if self.border_px is None:
            geometry = output("xdotool", "getwindowgeometry", "--shell", self.id)
            outer = int(re.search(r"WIDTH=(\d+)", geometry).group(1))
            inner = self.place(self.root.getChildAtIndex(0))[2]
            self.border_px = (outer - inner) // 2
        return self.border_px

    def extents(self, node):
        """Where a widget is in the window's picture: x, y, width, height."""
        x, y, width, height = self.place(node)
        return x + self.border, y + self.border, width, height

    # Doing

    def click(self, x, y, button="1"):
        self.xdo("mousemove", str(int(x)), str(int(y)))
        time.sleep(0.1)
        self.xdo("click", button)
        time.sleep(0.35)

    def frame_at(self, name):
        """The middle of the widest frame of a function; where the prof command
        lays it out is where the window does."""
        graph = self.find("tree", "Flame graph")
        x, y, width, _ = self.extents(graph)
        import shlex

        words = shlex.split(self.command())
        options = [word for word in words[2:-1] if word.startswith("--")]
        with tempfile.NamedTemporaryFile(suffix=".json") as layout:
            subprocess.run(
                [self.prof, "flame", "-o", layout.name, f"--width={width - 2 * INSET}",
                 *options, self.profile],
                check=True,
            )
            boxes = json.load(open(layout.name))["boxes"]
        boxes = [box for box in boxes if box.get("name") == name]
        if not boxes:
            raise Trouble(f"no frame {name}")
        box = max(boxes, key=lambda box: box["width"])
        return (
            x + INSET + box["x"] + min(box["width"] / 2, 30),
            y + INSET + ROOT + (box["row"] - 1) * ROW + ROW / 2,
        )

    def popup(self):
        """The menu's window: x, y, width."""
        windows = output("xdotool", "search", "--onlyvisible", "--class", "flambeau").split()
        for window in windows:
            if window == self.id:
                continue
            facts = dict(
                line.split("=") for line in
                output("xdotool", "getwindowgeometry", "--shell", window).split()
            )
            if int(facts["WIDTH"]) > 40:
                return int(facts["X"]), int(facts["Y"]), int(facts["WIDTH"])
        return None

    def menu_item(self, name):
        x, y, width = wait_for(self.popup, "a menu")
        roles = "menu item|check menu item|radio menu item"

        def items():
            found = [node for node in self.nodes() if node.getRoleName() in roles.split("|")]
            return found if any((node.name or "").startswith(name) for node in found) else None

        found = wait_for(items, f"the item {name}")
        item = next(node for node in found if (node.name or "").startswith(name))
        top, height = self.extents(item)[1], self.extents(item)[3]
        self.click(x + width / 2, y + top - self.origin(item) + height / 2)

    def origin(self, item):
        """Where the widget is that a menu belongs to: places of items are told as if
        the menu were there."""
        node = item.parent
        while node is not None:
            if (node.name or "").startswith(("Viewer", "View Options", "Main Menu")):
                return self.extents(node)[1]
            node = node.parent
        return 0


# --- Steps: each is one thing that a hand does ---


class Key:
    def __init__(self, *names):
        self.names = names

    def do(self, window):
        for name in self.names:
            window.xdo("key", name)
            time.sleep(0.5)

    def __str__(self):
        return " ".join(f"`{name}`" for name in self.names)


class Type:
    def __init__(self, text):
        self.text = text

    def do(self, window):
        window.xdo("type", "--delay", "30", self.text)
        time.sleep(0.5)

    def __str__(self):
        return f"type “{self.text}”"


class Press:
    """A click on a button."""

    def __init__(self, name, role="push button|toggle button|link"):
        self.name = name
        self.role = role

    def do(self, window):
        node = wait_for(lambda: window.find(self.role, self.name), f"a button {self.name}")
        x, y, width, height = window.extents(node)
        window.click(x + width / 2, y + height / 2)

    def __str__(self):
        return f"“{self.name}”"


class Item:
    """A click on an item of the menu that is open."""

    def __init__(self, name):
        self.name = name

    def do(self, window):
        window.menu_item(self.name)

    def __str__(self):
        return f"item “{self.name}”"


class Frame:
    """A click on a frame of the graph."""

    def __init__(self, name, button="1", double=False):
        self.name = name
        self.button = button
        self.double = double

    def do(self, window):
        x, y = window.frame_at(self.name)
        window.click(x, y, self.button)
        if self.double:
            window.xdo("click", "--repeat", "2", "--delay", "60", "1")
            time.sleep(0.4)

    def __str__(self):
        how = "double click" if self.double else "right click" if self.button == "3" else "click"
        return f"{how} on {self.name}"


class Row:
    """A click on the nth row of the table that is shown."""

    def __init__(self, number, button="1"):
        self.number = number
        self.button = button

    def do(self, window):
        table = wait_for(lambda: window.find("tree table|table", ""), "a table")
        x, y, _, _ = window.extents(table)
        window.click(x + 120, y + 30 + 28 * (self.number - 1) + 14, self.button)

    def __str__(self):
        return f"{'right ' if self.button == '3' else ''}click on row {self.number}"


class Task:
    def __init__(self, words, profile, keys, mouse, done, anywhere=None):
        self.words = words
        self.profile = profile
        self.keys = keys
        self.mouse = mouse
        self.done = done
        self.anywhere = anywhere  # None, or what is done on any profile


def selected(name):
    return lambda window: window.copied("copy-name") == name


def selects_first():
    """The first function of the table, as the command prints it."""
    def check(window):
        rows = json.loads(output(window.prof, "top", "--format=json", window.profile))["rows"]
        return window.copied("copy-name") == rows[0]["name"]
    return check


def asks(*options):
    return lambda window: all(option in window.command() for option in options)


def shows(view, name=None):
    return lambda window: window.state("view") == view and (
        name is None or window.copied("copy-name") == name
    )


def holds(pattern):
    return lambda window: re.search(pattern, window.text()) is not None


def says(pattern):
    return lambda window: window.says(pattern)


def both(*checks):
    return lambda window: all(check(window) for check in checks)


MATCH = "compress/flate.(*compressor).findMatch"
MALLOC = "runtime.mallocgc"
MARK = "runtime.gcBgMarkWorker"
DO = "runtime/pprof.Do"

TASKS = [
    Task("Which function takes most time by itself?", SERVER,
         [Key("alt+2"), Key("Down")],
         [Press("Top"), Row(1)],
         selected(MATCH),
         anywhere=selects_first()),
    Task("Copy the stack of the widest leaf", SERVER,
         [Key("alt+2"), Key("Down"), Key("ctrl+shift+c")],
         [Press("Top"), Row(1, "3"), Item("Copy Stack")],
         holds(r"queue\)\.work\n(.*\n)*.*findMatch\n$"),
         anywhere=holds(r"\S")),
    Task("How much of the time is GC?", SERVER,
         [Key("slash"), Type("gcBgMarkWorker")],
         [Frame(MARK)],
         says(r"8\.8 ?%|8\.[0-9]+ ?%")),
    Task("Leave garbage collection out", SERVER,
         [Key("alt+v"), Key("t"), Key("g")],
         [Press("View Options"), Item("Filters"), Item("Without Garbage")],
         asks("--ignore=")),
    Task("Who calls the allocator?", SERVER,
         [Key("slash"), Type(MALLOC), Key("Return"), Key("alt+3")],
         [Frame(MALLOC, "3"), Item("Show in Sandwich")],
         shows("sandwich", MALLOC)),
]

TASKS += [
    Task("How is the time divided among the handlers?", SERVER,
         [Key("alt+v"), Key("u"), Key("Down", "Down", "Return")],
         [Press("View Options"), Item("Group by Label"), Item("handler")],
         asks("--tagroot=handler")),
    Task("Look closer at the regular expressions", SERVER,
         [Key("slash"), Type("MatchString"), Key("Down"), Key("Return")],
         [Frame("regexp.(*Regexp).MatchString", double=True)],
         lambda window: window.possible("zoom-home")),
    Task("Only this way to the compressor", SERVER,
         [Key("slash"), Type("compressor).deflate"), Key("Down"), Key("F")],
         [Frame("compress/flate.(*compressor).deflate", "3"), Item("Focus on This Path")],
         asks("--focus-path=", "compressor).deflate'")),
    Task("Hide the runtime, whose values go to their callers", SERVER,
         [Key("slash"), Type(MALLOC), Key("Down"), Key("Menu"), Key("p")],
         [Frame(MALLOC, "3"), Item("Hide Package")],
         asks(r"--hide='^runtime\.'")),
    Task("Begin all stacks at the handler", SERVER,
         [Key("slash"), Type("pprof.Do"), Key("Down"), Key("r")],
         [Frame(DO, "3"), Item("Show From Here")],
         asks("--show-from=")),
    Task("Take all filters away again", SERVER,
         [Key("slash"), Type("pprof.Do"), Key("Down"), Key("f"), Key("ctrl+shift+x")],
         [Frame(DO, "3"), Item("Focus on Function"), Press("Clear All")],
         lambda window: "--" not in window.command()),
    Task("Which leaves hold most memory, and who calls them?", HEAP,
         [Key("alt+v"), Key("b")],
         [Press("View Options"), Item("Bottom-Up")],
         asks("--reverse"),
         anywhere=asks("--reverse")),
    Task("Packages instead of functions", HEAP,
         [Key("alt+v"), Key("g"), Key("p")],
         [Press("View Options"), Item("Granularity"), Item("Packages")],
         asks("--granularity=packages"),
         anywhere=asks("--granularity=packages")),
    Task("Lines instead of functions", WEB,
         [Key("alt+v"), Key("g"), Key("l")],
         [Press("View Options"), Item("Granularity"), Item("Lines")],
         asks("--granularity=lines"),
         anywhere=asks("--granularity=lines")),
    Task("Where is the time itself, by colour?", WEB,
         [Key("alt+v"), Key("c"), Key("s")],
         [Press("View Options"), Item("Color"), Item("By Self Value")],
         lambda window: window.state("color-by") == "self",
         anywhere=lambda window: window.state("color-by") == "self"),
    Task("The same as a command, for a script", WEB,
         [Key("Down"), Key("Down"), Key("Menu"), Key("m")],
         [Frame("reflect.Value.call", "3"), Item("Copy as Command")],
         holds(r"^prof flame -o web-cpu\.svg .*web-cpu\.prof$")),
    Task("From one use of reflection to the next", WEB,
         [Key("slash"), Type("reflect"), Key("Return"), Key("F3")],
         [Frame("reflect.Value.call")],
         lambda window: window.copied("copy-name").startswith("reflect.")),
    Task("Open the tree below the first call", SEARCH,
         [Key("alt+5"), Key("Down"), Key("asterisk")],
         [Press("Tree"), Row(1, "3"), Item("Expand All")],
         both(shows("tree"), lambda window: window.possible("copy-rows"))),
    Task("Copy the whole table", SEARCH,
         [Key("alt+2"), Key("ctrl+c")],
         [Press("Top"), Row(1, "3"), Item("Copy Table")],
         holds(r"(.*\t.*\n){20}"),
         anywhere=holds(r"\t.*\n.*\t")),
    Task("What is the profile, and since when?", PIPELINE,
         [Key("ctrl+i")],
         [Press("Main Menu"), Item("Profile Details")],
         lambda window: len(output("xdotool", "search", "--onlyvisible", "--name",
                                   "Details|pipeline").split()) > 1,
         anywhere=lambda window: len(output("xdotool", "search", "--onlyvisible", "--name",
                                       "^Profile Details$").split()) == 1),
    Task("What do all these goroutines wait for?", PIPELINE,
         [Key("alt+2"), Key("Down"), Key("alt+3")],
         [Press("Top"), Row(1, "3"), Item("Show in Sandwich")],
         shows("sandwich", "runtime.gopark"),
         anywhere=both(shows("sandwich"), selects_first())),
    Task("How many goroutines are in each stage?", PIPELINE,
         [Key("alt+v"), Key("u"), Key("Down", "Down", "Return")],
         [Press("View Options"), Item("Group by Label"), Item("stage")],
         asks("--tagroot=stage")),
    Task("Make room for the graph", PIPELINE,
         [Key("F9")],
         [Press("Side Panel")],
         lambda window: not window.says("^Goroutines?$|^Total$")),
    Task("Which lines of the matcher cost most?", SERVER,
         [Key("slash"), Type("findMatch"), Key("Down"), Key("alt+6")],
         [Frame(MATCH, "3"), Item("Open Source")],
         both(shows("source"), asks("prof list", "findMatch"))),
    Task("Copy the costliest line of the costliest function", SERVER,
         [Key("alt+6"), Key("ctrl+c")],
         [Press("Source"), Row(1, "3"), Item("Copy Row")],
         holds(r"^Line\tFlat\tCum\tSource\n\d+\t"),
         anywhere=holds(r"^Line\t")),
]


# --- Running ---


def picture(window, path):
    subprocess.run(
        ["import", "-window", "root", "-crop", "1200x780+0+0", "+repage",
         "-resize", "55%", "+dither", "-colors", "24", "-strip", f"PNG8:{path}"],
        check=True,
    )


def where(task, elsewhere):
    """The profiles to carry a task out on."""
    if not elsewhere:
        return [task.profile]
    return [name for name in OTHERS if name != task.profile] if task.anywhere else []


def carry_out(programs, profile, done, steps, path):
    """None, or what is wrong."""
    try:
        window = Window(programs, profile)
    except Trouble as trouble:
        return str(trouble)
    try:
        for step in steps:
            step.do(window)
        if path:
            picture(window, path)
        end = time.monotonic() + 5
        while not done(window):
            if time.monotonic() > end:
                return f"“{window.copied('copy-name')}” in {window.command()}"
            time.sleep(0.2)
        return None
    except Trouble as trouble:
        return str(trouble)
    finally:
        window.close()


def table():
    print("| | task | profile | by keyboard | | by mouse | |")
    print("| ---: | --- | --- | --- | ---: | --- | ---: |")
    for number, task in enumerate(TASKS, 1):
        keys = ", ".join(map(str, task.keys))
        mouse = ", ".join(map(str, task.mouse))
        print(f"| [{number}](screenshots/tasks/{number:02}.png) | {task.words} "
              f"| {os.path.basename(task.profile)} "
              f"| {keys} | {len(task.keys)} | {mouse} | {len(task.mouse)} |".replace("*", r"\*"))


def main():
    arguments = sys.argv[1:]
    if "--list" in arguments:
        table()
        return 0
    elsewhere = "--elsewhere" in arguments
    if elsewhere:
        arguments.remove("--elsewhere")
    pictures = None
    if "--pictures" in arguments:
        at = arguments.index("--pictures")
        pictures = arguments[at + 1]
        os.makedirs(pictures, exist_ok=True)
        del arguments[at:at + 2]
    try:
        import pyatspi  # noqa: F401
    except ImportError:
        print("1..0 # SKIP pyatspi is missing")
        return 77
    flambeau, prof, clipboard, source = arguments[:4]
    numbers = [int(number) for number in arguments[4:]] or range(1, len(TASKS) + 1)
    rounds = [(number, profile) for number in numbers
              for profile in where(TASKS[number - 1], elsewhere)]
    print(f"1..{2 * len(rounds)}")
    failed = 0
    count = 0
    for number, name in rounds:
        task = TASKS[number - 1]
        profile = os.path.join(source, name)
        done = task.anywhere if elsewhere else task.done
        for how, steps in ("by keyboard", task.keys), ("by mouse", task.mouse):
            path = pictures and how == "by keyboard" and f"{pictures}/{number:02}.png"
            wrong = carry_out((flambeau, prof, clipboard), profile, done, steps, path)
            count += 1
            failed += wrong is not None
            print("not ok" if wrong else "ok", count, "-",
                  f"{number}: {task.words} {how}, {len(steps)} steps,",
                  os.path.basename(profile))
            if wrong:
                print("#", wrong.replace("\n", " "))
            sys.stdout.flush()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
