#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""usage: test-data.py PROF SOURCE_ROOT

Reports for programs, whatever a profile holds: every value of a byte in every
text, the locale, and memory. Prints TAP."""

import csv
import io
import json
import os
import pathlib
import subprocess
import sys
import tempfile

PROF = os.path.abspath(sys.argv[1])
ROOT = pathlib.Path(sys.argv[2]).resolve()
CPU = str(ROOT / "data" / "examples" / "server-cpu.prof")
ENVIRONMENT = dict(os.environ, TZ="UTC", LC_ALL="C.UTF-8")
COMMANDS = (
    ["top", "--no-trim"],
    ["tree", "--no-trim"],
    ["peek", "f"],
    ["list", "f"],
    ["traces"],
    ["tags"],
    ["comments"],
    ["info"],
    ["diff", "--no-trim"],
)
# What spreadsheets take for a formula.
FORMULAS = tuple("=+-@\t\r")
tests = []

sys.dont_write_bytecode = True
sys.path[:0] = [str(ROOT / "tests/data"), str(ROOT / "tests/data/profiles")]
from builder import Function, Line, Profile  # noqa: E402

sys.path.insert(0, str(ROOT / "tests" / "ready"))
from ready import Ready  # noqa: E402

READY = Ready(PROF)


def test(function):
    tests.append(function)
    return function


def expect(condition, *what):
    if not condition:
        raise AssertionError(" ".join(repr(w) for w in what))


def report(command, form, *profiles, env=ENVIRONMENT):
    result = READY.run(
        *command,
        f"--format={form}",
        *profiles,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=env,
        timeout=300,
    )
    expect(result.returncode == 0, command, form, result.stderr)
    expect(result.stderr == b"", command, form, result.stderr)
    return result.stdout


def as_json(command, *profiles):
    text = report(command, "json", *profiles).decode()
    return json.loads(text, parse_constant=lambda name: expect(False, name))


def as_csv(command, *profiles):
    """Rows as dictionaries, with the apostrophes of formulas taken off."""
    text = report(command, "csv", *profiles).decode()
    expect(text.endswith("\r\n"), command, text[-20:])
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    head, *rows = lines
    expect(len(set(head)) == len(head), command, head)
    expect(all(len(row) == len(head) for row in rows), command, head)
    return [dict(zip(head, map(without_apostrophe, row))) for row in rows]


def without_apostrophe(cell):
    expect(not cell.startswith(FORMULAS) or is_number(cell), cell)
    return cell[1:] if cell.startswith(tuple(f"'{f}" for f in FORMULAS)) else cell


def is_number(cell):
    return cell.removeprefix("-").replace(".", "", 1).replace("e-", "", 1).isdigit()


def shown(text):
    """What becomes of bytes that are no text."""
    return text.replace(b"\0", b"\xff").decode(errors="replace")


# Each value of a byte, in the middle and in front.
WORDS = [b"f%cg" % b for b in range(256)] + [b"%cf" % b for b in range(256)]


def profile_of(words, value):
    """All that a profile has of texts, one of each for each word."""
    profile = Profile("cpu\"\\,\n;\x01/n\x7f\u2028,\"", mapping=False, comments=words)
    for word in words:
        mapping = profile.map(word, word, start=0, limit=0)
        function = Function(word, b"/s/" + word)
        location = profile.at(Line(function, 7), mapping=mapping)
        profile.sample([location], value, labels=[(word, word), (b"n" + word, 3)])
    return profile.encode()


class Everything:
    """The profile as a file, and an old one of its kind."""

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.new, self.old = (
            os.path.join(self.folder.name, name) for name in ("new.pb", "old.pb")
        )
        pathlib.Path(self.new).write_bytes(profile_of(WORDS, 2))
        pathlib.Path(self.old).write_bytes(profile_of(WORDS, 3))
        return self

    def __exit__(self, *ignored):
        self.folder.cleanup()

    def asked(self, command):
        return (self.old, self.new) if command[0] == "diff" else (self.new,)


@test
def any_byte_in_any_text_is_json():
    words = sorted(shown(word) for word in WORDS)
    with Everything() as files:
        told = {c[0]: as_json(c, *files.asked(c)) for c in COMMANDS}
    for command in "top", "tree", "peek", "diff":
        names = [row["name"] for row in told[command]["rows"]]
        expect(sorted(names) == words, command)
    functions = [row["function"] for row in told["list"]["rows"]]
    expect(sorted(functions) == words, len(functions))
    traces = told["traces"]["rows"]
    names = [row["frames"][0]["name"] for row in traces]
    expect(sorted(names) == words, len(names))
    texts = [text for row in traces for v in row["labels"].values() for text in v]
    texts = [text for text in texts if isinstance(text, str)]
    expect(sorted(texts) == words, len(texts))
    tags = told["tags"]["rows"]
    texts = [row["text"] for row in tags if row["text"] is not None]
    expect(sorted(texts) == words, len(texts))
    keys = [row["key"] for row in tags if row["text"] is not None]
    expect(sorted(keys) == words, len(keys))
    expect(sorted(told["comments"]["comments"]) == words)
    expect(sorted(told["info"]["comments"]) == words)
    expect(len(told["info"]["mappings"]) == len(words))
    expect(told["top"]["sample_type"] == "cpu\"\\,\n;\x01", told["top"]["sample_type"])
    expect(told["diff"]["unit"] == "n\x7f\u2028,\"", told["diff"]["unit"])


@test
def any_byte_in_any_text_is_csv():
    words = sorted(shown(word) for word in WORDS)
    with Everything() as files:
        told = {c[0]: as_csv(c, *files.asked(c)) for c in COMMANDS}
    for command in "top", "tree", "peek", "diff":
        names = [row["name"] for row in told[command]]
        expect(sorted(names) == words, command)
    functions = [row["function"] for row in told["list"]]
    expect(sorted(functions) == words, len(functions))
    stacks = [row["stack"] for row in told["traces"]]
    expect(len(stacks) == len(words), len(stacks))
    expect(not any(set(";\r\n\0") & set(stack) for stack in stacks))
    texts = [row["text"] for row in told["tags"] if row["number"] == ""]
    expect(sorted(texts) == words, len(texts))
    expect(sorted(row["comment"] for row in told["comments"]) == words)
    facts = {row["fact"]: row["value"] for row in told["info"]}
    comments = [facts[f"comments.{i}"] for i in range(len(words))]
    expect(sorted(comments) == words)


@test
def numbers_do_not_follow_the_locale():
    for locale in "de_DE.UTF-8", "fr_FR.UTF-8", "zh_CN.UTF-8":
        there = dict(ENVIRONMENT, LC_ALL=locale, LANGUAGE=locale)
        for command in COMMANDS:
            profiles = [CPU] * (2 if command[0] == "diff" else 1)
            for form in "json", "csv":
                here = report(command, form, *profiles)
                expect(report(command, form, *profiles, env=there) == here, locale, command)


def peak(*arguments):
    """Bytes that a run printed, and the most memory it had, in KiB."""
    options = os.environ.get("ASAN_OPTIONS", "")
    # What has been freed is not to count.
    environment = dict(ENVIRONMENT, ASAN_OPTIONS=f"{options}:quarantine_size_mb=1")
    process = subprocess.Popen(
        [PROF, *arguments], stdout=subprocess.PIPE, env=environment
    )
    size = 0
    while piece := process.stdout.read(1 << 16):
        size += len(piece)
    process.stdout.close()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    expect(process.returncode == 0, arguments)
    return size, usage.ru_maxrss


@test
def traces_are_not_held_in_memory():
    profile = Profile("samples/count")
    stack = [f"main.function_number_{i}" for i in range(1000)]
    for i in range(400):
        profile.sample(stack, 1, number=i)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "deep.pb")
        pathlib.Path(path).write_bytes(profile.encode())
        _, before = peak("info", path)
        for form, least in ("json", 32 << 20), ("csv", 8 << 20):
            size, most = peak("traces", f"--format={form}", path)
            expect(size > least, form, size)
            expect(most < before + 8 * 1024, form, most, before)


def main():
    failed = 0
    print(f"1..{len(tests)}")
    for number, function in enumerate(tests, 1):
        name = "/data/" + function.__name__.replace("_", "-")
        try:
            function()
            print(f"ok {number} {name}")
        except (AssertionError, subprocess.TimeoutExpired) as error:
            failed += 1
            print(f"not ok {number} {name}")
            for line in str(error).splitlines():
                print(f"# {line}")
        sys.stdout.flush()
    return 1 if failed else 0


sys.exit(main())
