#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""usage: test-torch.py PROF SOURCE_ROOT

"prof torch" with the command lines of go-torch: what it says, its exit status,
what it writes. Prints TAP. PROF_UPDATE_GOLDEN=1 rewrites the goldens."""

import os
import pathlib
import pty
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

PROF = os.path.abspath(sys.argv[1])
ROOT = pathlib.Path(sys.argv[2]).resolve()

sys.path.insert(0, str(ROOT / "tests" / "ready"))
from ready import Ready  # noqa: E402

EXAMPLES = ROOT / "data" / "examples"
CONSTRUCTED = ROOT / "tests" / "data" / "profiles" / "constructed"
GOLDEN = ROOT / "tests" / "golden" / "torch"
CPU = str(EXAMPLES / "qrcode-cpu.prof")
LABELS = str(EXAMPLES / "server-cpu.prof")
HEAP = str(EXAMPLES / "server-heap.prof")
ALLOCS = str(EXAMPLES / "server-allocs.prof")
MUTEX = str(EXAMPLES / "server-mutex.prof")

READY = Ready(PROF)
ENVIRONMENT = dict(os.environ, TZ="UTC", LC_ALL="C.UTF-8")
LINE = re.compile(r"(INFO|FATAL)\[\d\d:\d\d:\d\d\] (.*)")
COLORS = (
    "hot mem io wakeup chain java js perl red green blue aqua yellow purple "
    "orange"
)
tests = []


def test(function):
    tests.append(function)
    return function


def expect(condition, *what):
    if not condition:
        raise AssertionError(" ".join(repr(w) for w in what))


class Run:
    """One run in a folder of its own."""

    def __init__(self, *arguments, **options):
        with tempfile.TemporaryDirectory() as folder:
            options.setdefault("cwd", folder)
            options.setdefault("stdout", subprocess.PIPE)
            result = READY.run(
                "torch",
                *arguments,
                stderr=subprocess.PIPE,
                env=ENVIRONMENT,
                timeout=300,
                **options,
            )
            here = pathlib.Path(folder)
            self.files = {p.name: p.read_text() for p in here.iterdir()}
        self.status = result.returncode
        self.out = (result.stdout or b"").decode()
        self.err = result.stderr.decode()
        self.log = [LINE.fullmatch(line) for line in self.err.splitlines()]
        expect(all(self.log), self.err)
        self.told = [line[2] for line in self.log if line[1] == "INFO"]
        self.fatal = [line[2] for line in self.log if line[1] == "FATAL"]


def done(*arguments, **options):
    run = Run(*arguments, **options)
    expect(run.status == 0 and not run.fatal, arguments, run.status, run.err)
    return run


def failed(message, *arguments, **options):
    """go-torch's way to fail: one line, the last one, and status 1."""
    run = Run(*arguments, **options)
    expect(run.status == 1, arguments, run.status, run.err)
    expect(run.fatal == ["Failed: " + message], arguments, run.err)
    expect(run.log[-1][1] == "FATAL", run.err)
    expect(run.out == "" and not run.files, run.out, list(run.files))
    return run


def folded(*arguments):
    return done("-r", *arguments).out


def total(text):
    return sum(int(line.rsplit(" ", 1)[1]) for line in text.splitlines())


# What it writes.


@test
def a_saved_profile_becomes_torch_svg():
    run = done("-b", CPU)
    expect(list(run.files) == ["torch.svg"], list(run.files))
    expect(run.told[0] == f"Reading {CPU}", run.told)
    expect(run.told[1] == "cpu: 7.51 s in all, 423 samples", run.told)
    expect(run.told[2:] == ["Writing svg to torch.svg"], run.told)
    expect(run.out == "", run.out)
    root = xml.etree.ElementTree.fromstring(run.files["torch.svg"])
    expect(root.get("width") == "1200", root.get("width"))
    expect("Flame Graph" in run.files["torch.svg"])


@test
def every_spelling_of_an_option_is_the_same():
    expected = done("-b", CPU, "-f", "cpu.svg").files
    expect(list(expected) == ["cpu.svg"], list(expected))
    for arguments in (
        ["--binaryinput", CPU, "--file", "cpu.svg"],
        [f"--binaryinput={CPU}", "--file=cpu.svg"],
        [f"-b{CPU}", "-fcpu.svg"],
        [f"-b={CPU}", "-f=cpu.svg"],
        ["-f", "cpu.svg", CPU],
        [CPU, "-f", "cpu.svg"],
        ["-f", "cpu.svg", "--", CPU],
        ["-f", "cpu.svg", PROF, CPU],
        ["-b", CPU, "-f", "cpu.svg", "--binaryname", "server"],
        ["-b", CPU, "-f", "cpu.svg", "-t", "5", "-s", "/x", "-u", "http://h"],
        ["-b", CPU, "-f", "cpu.svg", "--time=7", "--suffix=/x"],
    ):
        expect(done(*arguments).files == expected, arguments)


@test
def two_runs_give_the_same_bytes():
    expect(done("-b", HEAP).files == done("-b", HEAP).files)
    expect(folded("-b", HEAP) == folded("-b", HEAP))


@test
def svg_can_be_printed():
    run = done("-p", "-b", CPU)
    expect(not run.files, list(run.files))
    expect(run.told[-1] == "Printing svg to stdout", run.told)
    xml.etree.ElementTree.fromstring(run.out)
    expect(run.out == done("-b", CPU).files["torch.svg"])


@test
def folded_stacks_can_be_printed():
    run = done("-r", "-b", CPU)
    expect(run.told[-1] == "Printing raw flamegraph input to stdout", run.told)
    expect(total(run.out) == 7510000000, total(run.out))
    expect("\n\n" not in run.out and not run.files)
    expect(done("-pr", "-b", CPU).out == run.out)


@test
def folded_stacks_are_the_golden_ones():
    names = ("inline-deep", "names-cpp", "labels-both-kinds", "recursion-mutual")
    for name in names:
        [profile] = CONSTRUCTED.glob(f"{name}.*")
        golden = GOLDEN / f"{name}.folded"
        text = folded("-b", str(profile))
        if os.environ.get("PROF_UPDATE_GOLDEN"):
            golden.write_text(text)
        expect(text == golden.read_text(), name)


@test
def a_title_and_a_width_are_obeyed():
    run = done("-b", CPU, "--title", 'a < b & "c"', "--width=800")
    svg = run.files["torch.svg"]
    expect(xml.etree.ElementTree.fromstring(svg).get("width") == "800")
    expect("a &lt; b &amp; " in svg)


@test
def the_root_is_at_the_bottom_unless_inverted():
    def root_y(*arguments):
        svg = done("-b", CPU, *arguments).files["torch.svg"]
        tree = xml.etree.ElementTree.fromstring(svg)
        height = float(tree.get("height"))
        for text in tree.iter("{http://www.w3.org/2000/svg}text"):
            if "".join(text.itertext()).strip() == "all":
                return float(text.get("y")) / height
        raise AssertionError("no root")

    expect(root_y() > 0.5, root_y())
    expect(root_y("--inverted") < 0.5, root_y("--inverted"))


@test
def stacks_can_be_reversed():
    upright, reversed_ = folded("-b", CPU), folded("-b", CPU, "--reverse")
    expect(total(upright) == total(reversed_))

    def turned(line):
        stack, value = line.rsplit(" ", 1)
        return ";".join(reversed(stack.split(";"))), int(value)

    expect(
        sorted(turned(line) for line in upright.splitlines())
        == sorted(
            (line.rsplit(" ", 1)[0], int(line.rsplit(" ", 1)[1]))
            for line in reversed_.splitlines()
        )
    )


@test
def every_name_of_colors_is_a_picture_of_its_own():
    pictures = {done("-b", CPU).files["torch.svg"]}
    for color in COLORS.split():
        for more in [], ["--hash"]:
            run = done("-b", CPU, f"--colors={color}", *more)
            xml.etree.ElementTree.fromstring(run.files["torch.svg"])
            pictures.add(run.files["torch.svg"])
    pictures.add(done("-b", CPU, "--hash").files["torch.svg"])
    # "wakeup" and "aqua" are the same.
    expect(len(pictures) == 2 + 2 * 15 - 2, len(pictures))
    run = done("-b", CPU, "--cp")
    expect(list(run.files) == ["torch.svg"], list(run.files))


# Where go-torch was wrong.


@test
def samples_with_labels_are_drawn():
    expect(total(folded("-b", LABELS)) == 9680000000)


@test
def the_sample_type_is_that_of_pprof():
    for profile, name in (
        (HEAP, "inuse_space"),
        (ALLOCS, "alloc_space"),
        (CPU, "cpu"),
        (MUTEX, "delay"),
    ):
        told = done("-b", profile).told[1]
        expect(told.startswith(f"{name}: "), told)


@test
def a_sample_type_can_be_asked_for_as_in_pprof():
    expected = {
        name: done("-r", "-b", HEAP, f"--sample-index={name}").out
        for name in ("inuse_objects", "alloc_space", "alloc_objects")
    }
    expect(len(set(expected.values())) == 3)
    for name, text in expected.items():
        number = ("alloc_objects", "alloc_space", "inuse_objects").index(name)
        for arguments in (
            [f"-{name}"],
            [f"--{name}"],
            [f"-sample_index={name}"],
            ["-sample_index", name],
            ["--sample_index", str(number)],
            [f"--pprofArgs=-{name}"],
            ["--pprofArgs", "-sample_index", "--pprofArgs", name],
        ):
            expect(folded(*arguments, "-b", HEAP) == text, arguments)
            expect(folded(*arguments, HEAP) == text, arguments)


@test
def contentions_can_be_asked_for():
    for option, name in (
        ("-contentions", "contentions"),
        ("-total_delay", "delay"),
        ("-mean_delay", "delay"),
    ):
        told = done("-b", MUTEX, option).told[1]
        expect(told.startswith(f"{name}: "), told)


@test
def filters_of_pprof_have_one_dash_or_two():
    everything = folded(CPU)
    focused = folded("-focus=findMatch", CPU)
    expect(0 < total(focused) < total(everything))
    for arguments in (
        ["--focus=findMatch"],
        ["-focus", "findMatch"],
        ["--focus", "findMatch"],
        ["--pprofArgs=-focus=findMatch"],
    ):
        expect(folded(*arguments, CPU) == focused, arguments)
        expect(folded(*arguments, "-b", CPU) == focused, arguments)
    expect(
        total(folded("-ignore=findMatch", CPU))
        == total(everything) - total(focused)
    )
    for arguments in (
        ["-hide=^runtime"],
        ["-show=^main"],
        ["-lines"],
        ["-noinlines"],
        ["-granularity=files"],
    ):
        expect(folded(*arguments, CPU) != everything, arguments)
    expect(folded("-trim=false", "-lines=false", CPU) == everything)


@test
def what_a_filter_misses_is_told():
    run = done("-r", "-b", CPU, "-focus=nothing_is_called_so")
    expect(run.out == "", run.out)
    expect(any("no samples" in told for told in run.told), run.told)


@test
def what_has_no_effect_is_told():
    run = done("-r", "-symbolize=none", "-buildid", "5", CPU)
    expect(any("-symbolize has no" in told for told in run.told), run.told)
    expect(any("-buildid has no" in told for told in run.told), run.told)
    run = done("-r", "-b", HEAP, CPU)
    expect(any(told.startswith(f"Ignoring {HEAP}") for told in run.told))
    expect(run.out == folded(CPU))


@test
def no_samples_is_a_picture():
    [profile] = CONSTRUCTED.glob("no-samples.*")
    run = done("-b", str(profile))
    xml.etree.ElementTree.fromstring(run.files["torch.svg"])
    expect(folded("-b", str(profile)) == "")


@test
def standard_input_is_read():
    with open(CPU, "rb") as stream:
        expect(done("-r", "-b", "-", stdin=stream).out == folded(CPU))


@test
def help_is_a_result():
    for option in "-h", "--help":
        run = done(option)
        expect(run.out.startswith("Usage: prof torch "), run.out)
        for name in "binaryinput file raw colors hash cp reverse".split():
            expect(f"--{name}" in run.out, name)
        expect(max(map(len, run.out.splitlines())) <= 86)


# What it refuses.


@test
def invalid_options_are_refused_in_go_torchs_words():
    for message, arguments in (
        ("output file must end in .svg", ["-f", "cpu.png"]),
        ("output file must end in .svg", ["--file="]),
        ("seconds must be an integer greater than 0", ["-t", "0"]),
        ("seconds must be an integer greater than 0", ["--seconds=-4"]),
        ("flamegraph title should not be empty", ["--title="]),
        ("flamegraph default width is 1200 pixels", ["--width=0"]),
        ("flamegraph default width is 1200 pixels", ["--width=-5"]),
        (
            f'unknown flamegraph colors "foo"; there are {COLORS}',
            ["--colors=foo"],
        ),
        (
            f'unknown flamegraph colors "packages2"; there are {COLORS}',
            ["--colors", "packages2"],
        ),
    ):
        failed(f"invalid options: {message}", *arguments, "-b", CPU)


@test
def options_that_cannot_be_parsed_are_refused():
    for message, arguments in (
        ("unknown flag `frobnicate'", ["--frobnicate"]),
        ("unknown flag `frobnicate'", ["--frobnicate=1"]),
        ("unknown flag `x'", ["-x"]),
        ("unknown flag `frob'", ["--pprofArgs=-frob"]),
        ("expected argument for flag `-f, --file'", ["-f"]),
        (
            "expected argument for flag `-f, --file', but got option `-p'",
            ["-f", "-p"],
        ),
        ("expected argument for flag `focus'", ["-focus"]),
        ("bool flag `--hash' cannot have an argument", ["--hash=yes"]),
        ("bool flag `-p, --print' cannot have an argument", ["-p=1"]),
        (
            "invalid argument for flag `--width' (expected int): \"wide\"",
            ["--width=wide"],
        ),
        (
            "invalid argument for flag `-t, --seconds' (expected int): \"1.5\"",
            ["-t1.5"],
        ),
    ):
        failed(f"could not parse options: {message}", "-b", CPU, *arguments)
    run = Run("-focus=(", CPU)
    start = "Failed: could not parse options: focus: "
    expect(run.status == 1 and run.fatal[0].startswith(start), run.err)


@test
def what_cannot_be_read_is_refused():
    start = "could not get raw output from pprof: "
    failed(
        start + "/nonexistent/x.prof: no such file",
        "-b",
        "/nonexistent/x.prof",
    )
    with tempfile.NamedTemporaryFile(suffix=".prof") as file:
        file.write(pathlib.Path(CPU).read_bytes()[:900])
        file.flush()
        run = Run("-b", file.name)
        expect(run.status == 1 and len(run.fatal) == 1, run.err)
        expect(run.fatal[0].startswith(f"Failed: {start}{file.name}: "))
        expect(not run.files, list(run.files))


@test
def what_cannot_be_written_is_refused():
    failed(
        "could not write output file: No such file or directory",
        "-b",
        CPU,
        "-f",
        "/nonexistent/x.svg",
    )
    failed(
        "could not generate flame graph: a picture must be at least 320 "
        "pixels wide",
        "-b",
        CPU,
        "--width=10",
    )
    if not os.path.exists("/dev/full"):
        return
    for option in "-p", "-r":
        with open("/dev/full", "wb") as full:
            run = Run(option, "-b", CPU, stdout=full)
        expect(run.status == 1 and len(run.fatal) == 1, run.err)
        expect(
            run.fatal[0].startswith("Failed: could not write output file: "),
            run.fatal,
        )


@test
def a_closed_pipe_is_quiet():
    reading, writing = os.pipe()
    os.close(reading)
    run = Run("-p", "-b", LABELS, stdout=writing, restore_signals=False)
    os.close(writing)
    expect(run.status == 1 and not run.fatal, run.status, run.err)


@test
def a_name_cannot_break_a_line():
    run = Run("-b", "/nonexistent/a\nb\033[31m.prof")
    expect(run.status == 1 and len(run.log) == 2, run.err)
    expect("\033" not in run.err, run.err)


@test
def a_terminal_sees_colours():
    ours, theirs = pty.openpty()
    result = subprocess.run(
        [PROF, "torch", "--width=0"], stderr=theirs, env=ENVIRONMENT, timeout=60
    )
    os.close(theirs)
    seen = os.read(ours, 65536)
    os.close(ours)
    expect(result.returncode == 1, result.returncode)
    expect(seen.startswith(b"\033[31mFATAL["), seen)


def main():
    failures = 0
    print(f"1..{len(tests)}")
    for number, function in enumerate(tests, 1):
        name = "/torch/" + function.__name__.replace("_", "-").strip("-")
        try:
            function()
            print(f"ok {number} {name}")
        except (AssertionError, ValueError, subprocess.TimeoutExpired) as error:
            failures += 1
            print(f"not ok {number} {name}")
            for line in str(error).splitlines():
                print(f"# {line}")
        sys.stdout.flush()
    return 1 if failures else 0


sys.exit(main())
