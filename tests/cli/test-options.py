#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""usage: test-options.py PROF SOURCE_ROOT

Every option of a query does on the command line what it is for, and nothing
without it, in every way it can be written. Prints TAP."""

import csv
import io
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

PROF = os.path.abspath(sys.argv[1])
ROOT = pathlib.Path(sys.argv[2]).resolve()
ENVIRONMENT = dict(os.environ, TZ="UTC", LC_ALL="C.UTF-8")

sys.dont_write_bytecode = True
sys.path[:0] = [str(ROOT / "tests/data"), str(ROOT / "tests/data/profiles")]
from builder import Function, Line, Profile  # noqa: E402

sys.path.insert(0, str(ROOT / "tests" / "ready"))
from ready import Ready  # noqa: E402

READY = Ready(PROF)


def expect(condition, *what):
    if not condition:
        raise AssertionError(" ".join(repr(w) for w in what))


# The profiles: what is asked, what came before it, one that asks to drop
# frames, and one whose source is there.


def new_profile():
    profile = Profile("samples/count", "cpu/nanoseconds")
    profile.sample("main;a/b.f:2;a/b.g:3", 1, 10, color="red", size=(1024, "bytes"))
    profile.sample("main;a/b.f:2;c.h:4", 2, 20, color="blue", size=(2048, "bytes"))
    profile.sample("main;c.h:5", 1, 5)
    profile.sample("main;d.i<d.k", 1, 40)
    profile.sample("main;e.r;e.r", 5, 25)
    return profile


def old_profile():
    profile = Profile("samples/count", "cpu/nanoseconds")
    profile.sample("main;a/b.f:2;a/b.g:3", 1, 10)
    profile.sample("main;c.h:5", 9, 40)
    return profile


def dropping_profile():
    profile = Profile("cpu/nanoseconds", drop="^noise$")
    profile.sample("main;noise;below", 7)
    return profile


SOURCE = "int\nmain (void)\n{\n  return work ();\n}\n"


def profile_with_source():
    profile = Profile("cpu/nanoseconds")
    function = Function("main", "/build/tree/src/main.c")
    profile.sample([profile.at(Line(function, 4))], 7)
    return profile


# What commands tell, short enough to be read.


def run(*arguments):
    result = READY.run(
        *arguments,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=ENVIRONMENT,
        timeout=300,
    )
    expect(result.returncode == 0, arguments, result.stderr)
    return result.stdout.decode()


def table(command, *arguments):
    text = io.StringIO(run(command, "--format=csv", *arguments), newline="")
    return list(csv.DictReader(text, strict=True))


def stacks(*arguments):
    """"main;f 10", the root first."""
    return sorted(run("convert", "--format=folded", *arguments).splitlines())


def rows(*arguments):
    """"flat cum name", in their order."""
    return [
        f"{row['flat']} {row['cum']} {row['name']}" for row in table("top", *arguments)
    ]


def labels(*arguments):
    return [row["labels"] for row in table("traces", *arguments)]


def calls(*arguments):
    """"weight caller callee"."""
    return [
        f"{row['weight']} {row['caller']} {row['callee']}"
        for row in table("tree", *arguments)
        if row["kind"] == "edge"
    ]


def share(*arguments):
    """The first row's share of the total, and the total."""
    data = json.loads(run("top", "--format=json", *arguments))
    return [data["rows"][0]["cum_share"], data["total"]]


def comparison(*arguments):
    """"flat before>after name" of a comparison, else nothing."""
    return [
        f"{row['flat_before']}>{row['flat_after']} {row['name']}"
        for row in table("top", *arguments)
        if "flat_before" in row
    ]


def head(*arguments):
    """What stands over the text table."""
    return run("top", *arguments).split("Showing")[0].splitlines()


def first_line(*arguments):
    """Flat and cum in the text table."""
    cells = run("top", *arguments).split("cum%\n")[1].splitlines()[0].split()
    return [cells[0], cells[3]]


def frames(*arguments):
    """Functions of the flame graph."""
    titles = re.findall(r"<title>(.*?)$", run("flame", *arguments), re.MULTILINE)
    return sorted(title for title in titles if title in NAMES)


def boxes(*arguments):
    """Packages of the boxes of the call graph, with a function each."""
    return sorted(re.findall(r'N\d+ \[label="(.*?)\\n', run("graph", *arguments)))


def listed(*arguments):
    """"file: flat text" of the lines that cost something."""
    return [
        f"{row['file']}: {row['flat']} {row['text']}"
        for row in table("list", "main", *arguments)
        if row["flat"] not in ("", "0")
    ]


NAMES = "main", "a/b.f", "a/b.g", "c.h", "d.i", "d.k", "e.r"
ALL = [
    "main;a/b.f;a/b.g 10",
    "main;a/b.f;c.h 20",
    "main;c.h 5",
    "main;d.k;d.i 40",
    "main;e.r;e.r 25",
]

# Option, its value or None, what shows it, what else is asked, and what comes out.
CASES = [
    ("sample-index", "samples", stacks, [],
     ["main;a/b.f;a/b.g 1", "main;a/b.f;c.h 2", "main;c.h 1", "main;d.k;d.i 1",
      "main;e.r;e.r 5"]),
    ("focus", r"^c\.h$", stacks, [], ["main;a/b.f;c.h 20", "main;c.h 5"]),
    ("ignore", r"^c\.h$", stacks, [], [ALL[0], ALL[3], ALL[4]]),
    ("hide", r"^a/b\.", stacks, [],
     ["main 10", "main;c.h 25", "main;d.k;d.i 40", "main;e.r;e.r 25"]),
    ("show", r"^(main|a/b\..)$", stacks, [],
     ["main 70", "main;a/b.f 20", "main;a/b.f;a/b.g 10"]),
    ("show-from", r"^a/b\.f$", stacks, [], ["a/b.f;a/b.g 10", "a/b.f;c.h 20"]),
    ("focus-path", "main;a/b.f", stacks, [], ALL[:2]),
    ("prune-from", r"^a/b\.f$", stacks, [], ["main;a/b.f 30", *ALL[2:]]),
    ("tagfocus", "color=red", stacks, [], [ALL[0]]),
    ("tagfocus", "size=2kb:", stacks, [], [ALL[1]]),
    ("tagignore", "color=red", stacks, [], ALL[1:]),
    ("tagignore", "1kb", stacks, [], ALL[1:]),
    ("tagshow", "^color$", labels, [], ["color=red", "color=blue", "", "", ""]),
    ("taghide", "^color$", labels, [], ["size=1024bytes", "size=2048bytes", "", "", ""]),
    ("tagroot", "color", stacks, [],
     [f"<unknown>;{line}" for line in ALL[2:]] + ["blue;" + ALL[1], "red;" + ALL[0]]),
    ("tagleaf", "color", stacks, [],
     ["main;a/b.f;a/b.g;red 10", "main;a/b.f;c.h;blue 20", "main;c.h;<unknown> 5",
      "main;d.k;d.i;<unknown> 40", "main;e.r;e.r;<unknown> 25"]),
    ("granularity", "filefunctions", rows, ["--focus=g$"],
     ["10 10 a/b.g /src/a/b.g.c", "0 10 a/b.f /src/a/b.f.c", "0 10 main /src/main.c"]),
    ("granularity", "files", rows, ["--focus=g$"],
     ["10 10 /src/a/b.g.c", "0 10 /src/a/b.f.c", "0 10 /src/main.c"]),
    ("granularity", "lines", rows, ["--focus=^c"],
     ["20 20 c.h /src/c.h.c:4", "5 5 c.h /src/c.h.c:5", "0 20 a/b.f /src/a/b.f.c:2",
      "0 25 main /src/main.c:10"]),
    ("granularity", "addresses", rows, ["--focus=^c"],
     ["20 20 0000000000401030 c.h /src/c.h.c:4", "5 5 0000000000401040 c.h /src/c.h.c:5",
      "0 25 0000000000401000 main /src/main.c:10",
      "0 20 0000000000401010 a/b.f /src/a/b.f.c:2"]),
    ("granularity", "packages", rows, [],
     ["40 40 d", "25 25 c", "25 25 e", "10 30 a/b", "0 100 main"]),
    ("noinlines", None, stacks, [], [*ALL[:3], "main;d.k 40", ALL[4]]),
    ("collapse-recursion", None, frames, ["--focus=e.r"], ["e.r", "main"]),
    ("all-frames", None, stacks, ["DROPPING"], ["main;noise;below 7"]),
    ("cum", None, rows, ["--nodecount=2"], ["0 100 main", "40 40 d.i"]),
    ("nodecount", "2", rows, [], ["40 40 d.i", "25 25 c.h"]),
    ("nodefraction", "0.3", rows, [], ["40 40 d.i", "0 30 a/b.f", "0 40 d.k", "0 100 main"]),
    ("edgefraction", "0.3", calls, [],
     ["40 d.k d.i", "40 main d.k", "30 main a/b.f"]),
    ("no-trim", None, rows, ["--nodefraction=0.99", "--nodecount=1"],
     ["40 40 d.i", "25 25 c.h", "25 25 e.r", "10 10 a/b.g", "0 30 a/b.f", "0 40 d.k",
      "0 100 main"]),
    ("call-tree", None, boxes, ["--focus=c.h"], ["b", "c", "c", "main"]),
    ("relative-percentages", None, share, ["--focus=^c"], [1.0, 25]),
    ("drop-negative", None, rows, ["--base=OLD", "--nodecount=3"],
     ["40 40 d.i", "25 25 e.r", "0 20 a/b.f"]),
    ("compact-labels", None, head, [], []),
    ("unit", "us", first_line, [], ["0.04us", "0.04us"]),
    ("divide-by", "2", first_line, [], ["20ns", "20ns"]),
    ("mean", None, rows, ["--nodecount=2"], ["40 40 d.i", "8 8 c.h"]),
    ("base", "OLD", rows, ["--no-trim"],
     ["40 40 d.i", "25 25 e.r", "-15 -15 c.h", "0 20 a/b.f", "0 40 d.k", "0 50 main"]),
    ("diff-base", "OLD", comparison, ["--no-trim"],
     ["0>40 d.i", "0>25 e.r", "40>25 c.h", "0>0 a/b.f", "0>0 d.k", "0>0 main"]),
    ("normalize", None, rows, ["--base=OLD", "--nodecount=1"], ["-27 -27 c.h"]),
    ("source-path", "SOURCES", listed, ["--trim-path=/build/tree", "SOURCE"],
     ["src/main.c: 7   return work ();"]),
    ("trim-path", "/build/tree", listed, ["SOURCE", "--source-path=SOURCES"],
     ["src/main.c: 7   return work ();"]),
]


class Files:
    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        here = pathlib.Path(self.folder.name)
        self.paths = {"SOURCES": str(here)}
        for word, profile in (
            ("NEW", new_profile()),
            ("OLD", old_profile()),
            ("DROPPING", dropping_profile()),
            ("SOURCE", profile_with_source()),
        ):
            path = here / f"{word.lower()}.pb"
            path.write_bytes(profile.encode())
            self.paths[word] = str(path)
        (here / "src").mkdir()
        (here / "src/main.c").write_text(SOURCE)

    def put_in(self, argument):
        name, equals, value = argument.partition("=")
        if equals:
            return name + equals + self.paths.get(value, value)
        return self.paths.get(argument, argument)

    def arguments(self, others):
        """With the profile, at the end."""
        profiles = [o for o in others if o in ("DROPPING", "SOURCE")] or ["NEW"]
        options = [o for o in others if o not in profiles]
        return [self.put_in(a) for a in [*options, *profiles]]

    def clear(self):
        self.folder.cleanup()




# The contract: what there has to be.

CONTRACT = """sample-index focus ignore hide show show-from prune-from tagfocus
tagignore tagshow taghide tagroot tagleaf granularity noinlines cum nodecount
nodefraction edgefraction no-trim unit mean divide-by relative-percentages
drop-negative call-tree compact-labels base diff-base normalize source-path
trim-path all-frames collapse-recursion focus-path""".split()


def ways(option, value):
    """All ways to write an option."""
    for name in sorted({option, option.replace("-", "_")}):
        if value is None:
            yield [f"--{name}"]
        else:
            yield [f"--{name}={value}"]
            yield [f"--{name}", value]


def check(files, option, value, shown, others, expected):
    without = shown(*files.arguments(others))
    expect(without != expected, "no difference", without)
    given = files.paths.get(value, value)
    for way in ways(option, given):
        for arguments in (
            [*way, *files.arguments(others)],
            [*files.arguments(others), *way],
        ):
            found = shown(*arguments)
            expect(found == expected, arguments, found, expected)


def check_default(files):
    whole = rows(*files.arguments([]))
    expect(rows(*files.arguments(["--granularity=functions"])) == whole, whole)


def check_table():
    """Help lists the options of the contract, and each has a case."""
    listed = set(re.findall(r"^  (?:-., )?--([a-z-]+)", run("top", "--help"), re.M))
    listed -= {"help", "format", "output", "seconds", "timeout", "follow", "limit"}
    expect(listed == set(CONTRACT), listed ^ set(CONTRACT))
    expect({case[0] for case in CASES} == set(CONTRACT))


def main():
    files = Files()
    cases = [
        ("every-option-has-a-case", check_table, ()),
        ("granularity=functions", check_default, (files,)),
    ]
    for case in CASES:
        option, value = case[:2]
        name = option if value is None else f"{option}={value}"
        cases.append((name, check, (files, *case)))
    failed = 0
    print(f"1..{len(cases)}")
    for number, (name, function, arguments) in enumerate(cases, 1):
        try:
            function(*arguments)
            print(f"ok {number} /options/{name}")
        except (AssertionError, subprocess.TimeoutExpired) as error:
            failed += 1
            print(f"not ok {number} /options/{name}")
            for line in str(error).splitlines():
                print(f"# {line}")
        sys.stdout.flush()
    files.clear()
    return 1 if failed else 0


sys.exit(main())
