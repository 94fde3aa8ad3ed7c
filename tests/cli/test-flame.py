#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""usage: test-flame.py PROF SOURCE_ROOT

What other tools for flame graphs have got wrong, and "prof flame" must not: one
case for each. Profiles are made here; Go's pprof is asked where it is
installed. Prints TAP."""

import json
import os
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

PROF = os.path.abspath(sys.argv[1])
ROOT = pathlib.Path(sys.argv[2])
EXAMPLES = ROOT / "data" / "examples"
CPU = str(EXAMPLES / "server-cpu.prof")
ENVIRONMENT = dict(os.environ, TZ="UTC", LC_ALL="C.UTF-8")
SVG = "{http://www.w3.org/2000/svg}"

sys.path.insert(0, str(ROOT / "tests" / "data"))
import wire  # noqa: E402

sys.path.insert(0, str(ROOT / "tests" / "ready"))
from ready import Ready  # noqa: E402

FOLDER = tempfile.TemporaryDirectory()
READY = Ready(PROF)
tests = []


def test(function):
    tests.append(function)
    return function


def expect(condition, *what):
    if not condition:
        raise AssertionError(" ".join(repr(w) for w in what))


def prof(*arguments):
    return READY.run(
        *arguments,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        timeout=300,
    )


def done(*arguments):
    result = prof(*arguments)
    expect(result.returncode == 0, arguments, result.stderr)
    return result.stdout.decode()


# Profiles.


def profile(stacks, kind=("samples", "count"), labels=()):
    """A file: {"outermost;leaf": value}. "<" stands for inlined: "in<out" is one
    location, the code of "in" within that of "out"."""
    strings = ["", *kind, *labels]
    functions, locations, samples = {}, {}, b""

    def string(text):
        if text not in strings:
            strings.append(text)
        return strings.index(text)

    for stack, value in stacks.items():
        ids = []
        for location in reversed(stack.split(";")):
            for name in location.split("<"):
                functions.setdefault(name, len(functions) + 1)
            ids.append(locations.setdefault(location, len(locations) + 1))
        sample = wire.packed(1, ids) + wire.packed(2, [value])
        if labels:
            sample += wire.raw(3, wire.num(1, 3) + wire.num(2, 4))
        samples += wire.raw(2, sample)
    out = wire.raw(1, wire.num(1, 1) + wire.num(2, 2)) + samples
    for location, number in locations.items():
        lines = [wire.num(1, functions[name]) for name in location.split("<")]
        out += wire.raw(
            4, wire.num(1, number) + b"".join(wire.raw(4, line) for line in lines)
        )
    for name, number in functions.items():
        out += wire.raw(5, wire.num(1, number) + wire.num(2, string(name)))
    path = os.path.join(FOLDER.name, f"{len(os.listdir(FOLDER.name))}.pb")
    out += b"".join(wire.raw(6, text.encode()) for text in strings)
    pathlib.Path(path).write_bytes(out)
    return path


def one_function(name):
    """A profile of one function, whatever its name is."""
    path = profile({"X": 3})
    content = pathlib.Path(path).read_bytes()
    raw = wire.raw(6, "X")
    expect(content.endswith(raw), content)
    pathlib.Path(path).write_bytes(content[: -len(raw)] + wire.raw(6, name))
    return path


def layout(path, *arguments):
    output = os.path.join(FOLDER.name, "layout.json")
    expect(done("flame", *arguments, "-o", output, path) == "")
    with open(output) as stream:
        return json.load(stream)


def paths(told):
    """The boxes by the way to them: {"all;main": box}. Each way is there once."""
    ways, found = [], {}
    for box in told["boxes"]:
        above = ways[box["parent"]] + ";" if box["parent"] is not None else ""
        ways.append(above + box.get("name", "…"))
        expect(ways[-1] not in found, ways[-1])
        found[ways[-1]] = box
    return found


def svg(path, *arguments):
    text = done("flame", *arguments, path)
    return xml.etree.ElementTree.fromstring(text), text


# What becomes a box.


@test
def a_function_beside_its_closure_is_one_box():
    told = paths(
        layout(
            profile(
                {
                    "main.foo": 50,
                    "main.foo.func1": 30,
                    "main.foo;main.bar": 20,
                }
            )
        )
    )
    expect(told["all;main.foo"]["total"] == 70, told)
    expect(told["all;main.foo"]["width"] == 0.7 * 1200, told)
    expect(told["all;main.foo.func1"]["total"] == 30, told)


@test
def a_chain_of_inlined_calls_is_complete():
    told = paths(
        layout(profile({"main.main;main.leafAdd<main.mid<main.(*worker).run": 7}))
    )
    way = "all;main.main;main.(*worker).run;main.mid;main.leafAdd"
    expect(way in told, list(told))
    inlined = [told[w].get("inlined", False) for w in list(told)]
    expect(inlined == [False, False, False, True, True], inlined)


@test
def labels_are_no_obstacle():
    path = profile({"main;f": 5}, labels=("handler", "/api/0"))
    expect(layout(path)["total"] == 5)
    told = paths(layout(path, "--tagroot=handler"))
    expect("all;/api/0;main;f" in told, list(told))
    expect(done("torch", "-r", "-b", path) == "main;f 5\n")


@test
def semicolons_and_numbers_in_names_are_parts_of_names():
    names = ["[u8; 8]", "goroutine 17", "struct { A int; B int }", "a 1 2"]
    # As flamegraph.pl reads a line.
    pattern = re.compile(r"^(.*)\s+?(\d+(?:\.\d*)?)$")
    for name in names:
        told = layout(one_function(name))
        expect(told["boxes"][1]["name"] == name, told["boxes"])
        lines = done("convert", "--format=folded", one_function(name)).splitlines()
        stack = pattern.match(lines[0])
        expect(len(lines) == 1 and stack[2] == "3", lines)
        expect(";" not in stack[1] and not pattern.match(stack[1]), lines)


# Which samples, and how much.


@test
def the_sample_type_is_the_one_people_mean():
    for name, kind in (
        ("server-cpu", "cpu"),
        ("server-heap", "inuse_space"),
        ("server-allocs", "alloc_space"),
        ("server-mutex", "delay"),
    ):
        told = layout(str(EXAMPLES / f"{name}.prof"))
        expect(told["sample_type"] == kind, name, told["sample_type"])


@test
def a_difference_with_losses_is_drawn():
    base = profile({"main;gone": 40, "main;less": 30, "main;more": 5})
    now = profile({"main;less": 10, "main;more": 25, "main;new": 7})
    for subtract in "--base", "--diff-base":
        told = layout(now, f"{subtract}={base}")
        found = paths(told)
        expect(found["all;main;gone"]["total"] == -40, found)
        expect(found["all;main;less"]["total"] == -20, found)
        expect(found["all;main;more"]["total"] == 20, found)
        expect(found["all"]["total"] == 42 - 75, found)
        expect(all(box["width"] > 0 for box in told["boxes"]), told["boxes"])
        root, text = svg(now, f"{subtract}={base}")
        expect("-40" in text or "−40" in text, text[:400])
        for rect in root.iter(SVG + "rect"):
            expect(float(rect.get("width")) >= 0, rect.attrib)
        for kind in "png", "pdf":
            output = os.path.join(FOLDER.name, f"diff.{kind}")
            done("flame", f"{subtract}={base}", "-o", output, now)


@test
def totals_are_the_same_whichever_way_up():
    for path in CPU, str(EXAMPLES / "server-heap.prof"):
        upright = layout(path)
        for arguments in (
            ["--flame"],
            ["--reverse"],
            ["--reverse", "--flame"],
            ["--order=name"],
            ["--reverse", "--order=name"],
        ):
            told = layout(path, *arguments)
            expect(told["total"] == upright["total"], arguments)
            expect(told["boxes"][0]["total"] == upright["boxes"][0]["total"])
            first = sum(b["total"] for b in told["boxes"] if b["row"] == 1)
            expect(first == told["total"], arguments, first, told["total"])
        deep = [layout(path, *a, "--minwidth=0.0001") for a in ([], ["--flame"])]
        expect(paths(deep[0]) == paths(deep[1]))
        # By their own value, functions are the same from either end.
        flat = {}
        for box in deep[0]["boxes"][1:]:
            flat[box["name"]] = flat.get(box["name"], 0) + box["self"]
        leaves = layout(path, "--reverse", "--minwidth=0.0001")["boxes"]
        leaves = {b["name"]: b["total"] for b in leaves if b["row"] == 1}
        expect({n: v for n, v in flat.items() if v} == leaves)


def focused_by_pprof(pattern, path):
    """What Go's pprof says that samples with a match add up to, in nanoseconds."""
    answer = subprocess.run(
        ["go", "tool", "pprof", "-symbolize=none", "-top", "-unit=ns", "-nodecount=0"]
        + ["-nodefraction=0", "-edgefraction=0", f"-focus={pattern}", path],
        env=dict(ENVIRONMENT, PPROF_TMPDIR=FOLDER.name),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        timeout=60,
    )
    found = re.search(rb"accounting for ([0-9.]+)(ns|s|)[, ]", answer.stdout)
    expect(found, answer.stdout, answer.stderr)
    return float(found[1]) * (1e9 if found[2] == b"s" else 1)


@test
def a_search_covers_what_a_focus_leaves():
    for pattern in (
        "json",
        "mallocgc",
        "compress/flate",
        r"^runtime\.",
        "servehttp$",
        "tree.*digest|qsort",
        "nothing-like-it",
    ):
        found = layout(CPU, f"--search={pattern}")["search"]["total"]
        focused = layout(CPU, f"--focus=(?i){pattern}")["total"]
        expect(found == focused, pattern, found, focused)
        expect(found > 0 or pattern == "nothing-like-it", pattern)
        if shutil.which("go") and found > 0:
            theirs = focused_by_pprof(f"(?i){pattern}", CPU)
            expect(found == theirs, pattern, found, theirs)
    twice = profile({"f;g;f": 3, "g;f;f": 4, "g": 5})
    expect(layout(twice, "--search=f")["search"]["total"] == 7)


# What is seen.


def words(root):
    """(y, text) of every text outside the frames."""
    inside = {t for g in root.iter(SVG + "g") for t in g.iter(SVG + "text")}
    found = [t for t in root.iter(SVG + "text") if t not in inside]
    return [(float(t.get("y")), "".join(t.itertext())) for t in found]


@test
def title_and_subtitle_are_seen_in_both_directions():
    for direction in "--icicle", "--flame":
        root, _ = svg(
            CPU, direction, "--title=a < b & \"c\" 'd' ]]>", "--subtitle=<i>&amp;"
        )
        frames = [
            float(rect.get("y"))
            for group in root.iter(SVG + "g")
            for rect in group.iter(SVG + "rect")
        ]
        placed = {text: y for y, text in words(root)}
        expect("a < b & \"c\" 'd' ]]>" in placed, direction, placed)
        expect("<i>&amp;" in placed, direction, placed)
        title, below = placed["a < b & \"c\" 'd' ]]>"], placed["<i>&amp;"]
        expect(0 < title < below < min(frames), title, below, min(frames))


@test
def no_samples_are_a_picture_that_says_so():
    empty = profile({})
    for arguments in [], ["--flame"], ["--reverse"], ["--search=x"], ["--static"]:
        root, text = svg(empty, *arguments)
        expect(text.count(">no samples<") == 1, arguments, text)
        expect(not re.search(r'"-?(nan|inf)', text), text)
    told = layout(empty)
    expect(len(told["boxes"]) == 1 and told["total"] == 0, told)
    for kind in "png", "pdf", "json", "svg":
        output = os.path.join(FOLDER.name, f"empty.{kind}")
        expect(done("flame", "-o", output, empty) == "")
        expect(os.path.getsize(output) > 300, kind)
    zero = profile({"main;f": 0})
    expect(">no samples<" in svg(zero)[1])


@test
def two_runs_write_the_same_bytes():
    labels = str(ROOT / "tests" / "data" / "profiles" / "constructed" / "labels.pb")
    for path in CPU, labels:
        for kind in "svg", "png", "pdf", "json":
            contents = []
            for run in "1", "2":
                output = os.path.join(FOLDER.name, f"run{run}.{kind}")
                done("flame", "--search=a", "-o", output, path)
                contents.append(pathlib.Path(output).read_bytes())
            expect(contents[0] == contents[1], kind)


@test
def a_picture_has_the_pixels_that_were_asked_for():
    for scale in 1, 2.5, 4:
        output = os.path.join(FOLDER.name, "a.png")
        done("flame", f"--scale={scale}", "--width=900", "-o", output, CPU)
        width, height = struct.unpack(">II", pathlib.Path(output).read_bytes()[16:24])
        expect(width == 900 * scale and height > width / 2, width, height)


@test
def unknown_colours_are_refused_with_the_list():
    result = prof("torch", "--colors=nope", "-b", CPU)
    expect(result.returncode == 1, result.returncode)
    for name in b"hot mem io wakeup chain java js perl red green blue".split():
        expect(name in result.stderr, result.stderr)


def main():
    failed = 0
    print(f"1..{len(tests)}")
    for number, function in enumerate(tests, 1):
        name = "/flame/" + function.__name__.replace("_", "-")
        try:
            function()
            print(f"ok {number} {name}")
        except (AssertionError, subprocess.TimeoutExpired) as error:
            failed += 1
            print(f"not ok {number} {name}")
            for line in str(error).splitlines():
                print(f"# {line}")
        sys.stdout.flush()
    FOLDER.cleanup()
    return 1 if failed else 0


sys.exit(main())
