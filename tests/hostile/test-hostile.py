#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""usage: test-hostile.py PROF [--sanitized] [--all] [--only GROUP[/NAME]]

Gives the command "prof" each file of corpus.py, within limits of time, address
space and stack, and looks at all that comes out. Prints TAP, a line a group.

What must be accepted is given to six commands, the rest to one of them in turn,
and all but what must be refused to one that writes what other programs read, names
to four (outputs.py); with --all everything to all. With sanitizers, which take ten times as long, a
program has no limit of address space, what is read is given to two, and of the
groups with many files a quarter is left."""
import argparse
import collections
import concurrent.futures
import contextlib
import gzip
import hashlib
import os
import pathlib
import pty
import re
import subprocess
import sys
import tempfile
import threading
import time
import tty
import xml.parsers.expat

import corpus
import outputs
from corpus import ACCEPT, EITHER, REFUSE
from outputs import WRITERS, Wrong, expect

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "ready"))
from ready import Ready  # noqa: E402

COMMANDS = ("info", "top", "svg", "png", "convert", "thumbnail")
SUFFIXES = {"convert": "pb.gz", "thumbnail": "thumbnail.png"}
MANY = ("truncate", "flips", "lengths", "wire", "unknown", "strings", "text")
ALIKE = ("flips", "wire", "unknown", "gzip", "ids", "strings") # spellings of a few profiles
LINE_MOST = 1000
STACK_KB = 256
SPACE_KB = 3 << 20
SECONDS = 20 # of the processor's time
PATIENCE = 15 # times as long on the clock, as others may work here too

# Neither control characters nor what turns text around.
UNSAFE = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\u061c]")
# What fontconfig says of the machine, as when it cannot keep what it found: not about the file.
OF_FONTS = re.compile(rb"^Fontconfig (error|warning): .*\n", re.MULTILINE)
NO_NUMBER = re.compile(r"(?<![A-Za-z])-?(nan|inf)(?![A-Za-z])", re.IGNORECASE)


def run_on_terminal(words, timeout, **options):
    """As subprocess.run(), its output being a terminal's."""
    ours, theirs = pty.openpty()
    tty.setraw(theirs)
    with open(ours, "rb", buffering=0) as terminal:
        with subprocess.Popen(words, stdout=theirs, **options) as process:
            os.close(theirs)
            clock = threading.Timer(timeout, process.kill)
            clock.start()
            out = b"".join(pieces(terminal))
            errors = process.stderr.read()
            process.wait()
            clock.cancel()
    return subprocess.CompletedProcess(words, process.returncode, out, errors)


def pieces(terminal):
    """What comes until the other side is closed, which is an error here."""
    with contextlib.suppress(OSError):
        while piece := terminal.read(65536):
            yield piece


class Runner:
    def __init__(self, arguments):
        self.sanitized = arguments.sanitized
        self.prof = Ready(os.path.abspath(arguments.prof), self.limits())
        self.all = arguments.all
        self.environment = dict(os.environ, TZ="UTC", LC_ALL="C.UTF-8")
        self.scripts = set()  # digests of the scripts in pictures
        self.same = {}  # content to the table it must give
        self.slowest = (0, "")
        self.runs = 0

    def limits(self):
        if self.sanitized:
            return f"ulimit -s 2048 && ulimit -t {6 * SECONDS}"
        return f"ulimit -s {STACK_KB} && ulimit -v {SPACE_KB} && ulimit -t {SECONDS}"

    def run(self, *words, on_terminal=False):
        start = time.monotonic()
        options = {"stdin": subprocess.DEVNULL, "stderr": subprocess.PIPE, "env": self.environment,
                   "timeout": SECONDS * PATIENCE}
        try:
            if on_terminal:
                result = run_on_terminal(self.prof.begin(self.prof.prof, *words), **options)
            else:
                result = self.prof.run(*words, stdout=subprocess.PIPE, **options)
        except subprocess.TimeoutExpired as slow:
            raise Wrong(f"it runs for longer than {slow.timeout} seconds") from slow
        result.stderr = OF_FONTS.sub(b"", result.stderr)
        self.runs += 1
        self.slowest = max(self.slowest, (time.monotonic() - start, " ".join(words)))
        return result

    def commands(self, case, number):
        """Which to run: what is refused is refused by the same function for all."""
        one = COMMANDS[number % len(COMMANDS)]
        if self.all:
            return COMMANDS
        if self.sanitized and case.group in MANY and number % 4:
            return ()
        if case.verdict != ACCEPT:
            return (one,)
        if self.sanitized or case.group in ALIKE:
            return tuple({"top", one})
        return COMMANDS

    def check(self, number, case, folder):
        """Returns: what is wrong, a text for each command."""
        path = folder / f"{case.name}.pb"
        path.write_bytes(case.content())
        faults = []
        for command in self.commands(case, number):
            out = folder / f"{case.name}.{SUFFIXES.get(command, command)}"
            try:
                self.check_command(case, command, path, out)
            except Wrong as wrong:
                faults.append(f"{case.group}/{case.name}: {command}: {wrong}")
            out.unlink(missing_ok=True)
        for writer in self.writers(case, number):
            try:
                self.check_writer(case, writer, path, folder)
            except Wrong as wrong:
                faults.append(f"{case.group}/{case.name}: {writer}: {wrong}")
        path.unlink()
        return faults

    def writers(self, case, number):
        names = tuple(WRITERS)
        if case.verdict == REFUSE or (self.sanitized and number % 4):
            return ()
        if self.all:
            return names
        if case.group == "names" and not self.sanitized:
            return names[number % 4 :: 4]
        return (names[number % len(names)],)

    def check_writer(self, case, writer, path, folder):
        words, suffix, _ = WRITERS[writer]
        out = folder / f"{case.name}-{writer}.{suffix}"
        result = self.run(*words, "--limit=text=64M", "-o", str(out), str(path))
        expect(result.returncode in (0, 1), f"status {result.returncode}: {result.stderr[-600:]!r}")
        if result.returncode == 1:
            self.check_refusal(case, result, path, out)
            return
        self.check_messages(result.stderr, path)
        content = out.read_bytes()
        out.unlink()
        outputs.check(writer, content)

    def check_command(self, case, command, path, out):
        words = {
            "info": ["info", path],
            "top": ["top", path],
            "svg": ["flame", "-o", out, path],
            "png": ["flame", "-o", out, path],
            "convert": ["convert", "-o", out, path],
            "thumbnail": ["thumbnail", path, out, "128"],
        }[command]
        # Names go to files as they are, and to terminals without what steers them.
        on_terminal = case.group == "names" and command in ("info", "top")
        result = self.run(*map(str, words), on_terminal=on_terminal)
        verdict = {"png": case.picture, "convert": case.convert, "thumbnail": case.thumbnail}.get(command, case.verdict)
        expect(result.returncode in (0, 1), f"status {result.returncode}: {result.stderr[-600:]!r}")
        if verdict != EITHER:
            wanted = 0 if verdict == ACCEPT else 1
            expect(result.returncode == wanted, f"status {result.returncode}, not {wanted}: {result.stderr[:300]!r}")
        if result.returncode == 1:
            self.check_refusal(case, result, path, out)
        else:
            self.check_answer(case, command, result, path, out)

    def check_messages(self, errors, path, out=None):
        text = errors.decode()
        expect(not UNSAFE.search(text.replace("\n", "")), f"unsafe message {text!r}")
        for line in text.splitlines():
            expect(line.startswith((f"prof: {path}: ", f"prof: {out}: ")), f"message {line!r}")
            expect(len(line) <= LINE_MOST, f"message of {len(line)} characters")

    def check_refusal(self, case, result, path, out):
        expect(result.stdout == b"", f"refused, but printed {result.stdout[:80]!r}")
        expect(result.stderr.endswith(b"\n") and result.stderr.count(b"\n") == 1, f"not one line: {result.stderr!r}")
        # Neither it nor what it is written into first. Others run at the same time.
        expect(not out.exists(), "refused, but there is a file")
        expect(not list(out.parent.glob(f".{out.name}.*")), "refused, but what was begun is left")
        self.check_messages(result.stderr, path, out)
        expect(case.says is None or case.verdict != REFUSE or case.says in result.stderr.decode(),
               f"{case.says!r} is not in {result.stderr!r}")

    def check_answer(self, case, command, result, path, out):
        self.check_messages(result.stderr, path)
        text = result.stdout.decode(errors="surrogateescape")
        if case.group == "names":
            found = UNSAFE.findall(text) + re.findall("[\ud800-\udfff]", text)
            expect(not found, f"prints {found[:9]!r}")
        if case.plain:
            expect(not NO_NUMBER.search(text), f"prints {NO_NUMBER.search(text)!r}")
        if command == "top" and case.same is not None:
            # The first line names no file; the content decides all of it.
            known = self.same.setdefault(case.same, result.stdout)
            expect(known == result.stdout, f"not the same table: {result.stdout!r}, {known!r}")
        if command == "svg":
            self.check_svg(case, out.read_bytes())
        if command in ("png", "thumbnail"):
            self.check_png(out.read_bytes())
        if command == "convert":
            expect(gzip.decompress(out.read_bytes()) is not None, "no gzip")

    def check_svg(self, case, content):
        scripts, inside = [], [""]

        def start(name, attributes):
            if name == "script":
                scripts.append("")
            for key, value in attributes.items():
                if key in ("width", "height", "r"):
                    expect(not value.startswith("-") and "n" not in value, f"{key} {value!r}")
                if key.endswith("href"):
                    expect(value.startswith("#"), f"link {value!r}")
            inside[0] = name

        def text(data):
            if inside[0] == "script":
                scripts[-1] += data

        parser = xml.parsers.expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.CharacterDataHandler = start, text
        try:
            parser.Parse(content, True)
        except xml.parsers.expat.ExpatError as bad:
            raise Wrong(f"SVG: {bad}") from bad
        expect(len(scripts) == 1, f"{len(scripts)} scripts")
        self.scripts.add(hashlib.sha256(scripts[0].encode()).hexdigest())
        expect(len(self.scripts) == 1, "a file has another script")

    def check_png(self, content):
        expect(content.startswith(b"\x89PNG\r\n\x1a\n") and b"IEND" in content[-12:], "no PNG")


def special(runner, folder):
    """What is no file at all."""
    (folder / "loop").symlink_to("loop")
    (folder / "nowhere").symlink_to("nothing")
    with open(folder / "sparse", "wb") as sparse:
        sparse.truncate(1 << 40)
    faults = []
    for path in folder, "/dev/zero", "/dev/null", folder / "loop", folder / "nowhere", folder / "sparse", "/proc/self/mem":
        for command in "info", "top":
            result = runner.run(command, str(path))
            try:
                expect(result.returncode == 1, f"status {result.returncode}: {result.stderr[-300:]!r}")
                expect(result.stdout == b"" and result.stderr.count(b"\n") == 1, f"not one line: {result.stderr!r}")
                runner.check_messages(result.stderr, path)
            except Wrong as wrong:
                faults.append(f"special: {command} {path}: {wrong}")
    return faults


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("prof")
    parser.add_argument("--sanitized", action="store_true")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--only", default="")
    arguments = parser.parse_args()
    runner = Runner(arguments)
    cases = [case for case in corpus.cases() if f"{case.group}/{case.name}".startswith(arguments.only)]
    faults = collections.defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        folders = {case.group: pathlib.Path(folder, case.group) for case in cases}
        for path in folders.values():
            path.mkdir()
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            found = pool.map(lambda pair: runner.check(pair[0], pair[1], folders[pair[1].group]), enumerate(cases))
            for case, wrong in zip(cases, found):
                faults[case.group] += wrong
        if not arguments.only:
            odd = pathlib.Path(folder, "special")
            odd.mkdir()
            faults["special"] = special(runner, odd)
    print(f"1..{len(faults)}")
    for group, wrong in faults.items():
        for fault in wrong[:12]:
            print(f"# {fault}")
        print(f"{'not ok' if wrong else 'ok'} - {group}")
    print(f"# {len(cases)} files, {runner.runs} runs; slowest: {runner.slowest[0]:.1f} s, {runner.slowest[1]}")
    return any(faults.values())


if __name__ == "__main__":
    sys.exit(main())
