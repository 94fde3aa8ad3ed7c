#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""usage: test-cli.py PROF SOURCE_ROOT

The command "prof" on real and on broken files: what it writes where, and its
exit status. Prints TAP."""

import base64
import csv
import ctypes
import gzip
import html.parser
import io
import json
import itertools
import os
import pathlib
import pty
import re
import resource
import shutil
import signal
import stat
import struct
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree
import zlib

PROF = os.path.abspath(sys.argv[1])
ROOT = pathlib.Path(sys.argv[2])
EXAMPLES = ROOT / "data" / "examples"
GOLDEN = ROOT / "tests" / "golden" / "top"
CONSTRUCTED = ROOT / "tests" / "data" / "profiles" / "constructed"
OLD = str(CONSTRUCTED / "diff-old.pb")
NEW = str(CONSTRUCTED / "diff-new.pb")
CPU = str(EXAMPLES / "server-cpu.prof")
HEAP = str(EXAMPLES / "server-heap.prof")

sys.path.insert(0, str(ROOT / "tests" / "data"))
import wire  # noqa: E402
from sandbox import is_possible, sandbox  # noqa: E402

sys.path.insert(0, str(ROOT / "tests" / "ready"))
from ready import Ready  # noqa: E402

PATIENCE = 300  # s, as others may work here too
SVG = "{http://www.w3.org/2000/svg}"
ENVIRONMENT = dict(os.environ, TZ="UTC", LC_ALL="C.UTF-8")
READY = Ready(PROF)
tests = []


def test(function):
    tests.append(function)
    return function


def prof(*arguments, **options):
    options.setdefault("env", ENVIRONMENT)
    options.setdefault("stdout", subprocess.PIPE)
    return READY.run(*arguments, stderr=subprocess.PIPE, timeout=PATIENCE, **options)


def expect(condition, *what):
    if not condition:
        raise AssertionError(" ".join(repr(w) for w in what))


def expect_table(result, text):
    expect(result.returncode == 0, result.returncode, result.stderr)
    expect(result.stderr == b"", result.stderr)
    expect(text in result.stdout, text, result.stdout[:400])


def expect_message(result, status, start=b"prof: "):
    expect(result.returncode == status, result.returncode, result.stderr)
    expect(result.stdout == b"", result.stdout[:200])
    expect(result.stderr.startswith(start), result.stderr)
    expect(result.stderr.count(b"\n") == 1, result.stderr)
    expect(result.stderr.endswith(b"\n"), result.stderr)


def expect_usage(result, mentions):
    expect_message(result, 2)
    expect(mentions in result.stderr, mentions, result.stderr)


def refused(content, name="broken.prof"):
    """The file is refused by each command, in one line that names it."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, name)
        pathlib.Path(path).write_bytes(content)
        for command in "top", "info":
            result = prof(command, path)
            expect_message(result, 1, f"prof: {path}: ".encode())
            with open(path, "rb") as stream:
                result = prof(command, "-", stdin=stream)
            expect_message(result, 1, b"prof: standard input: ")


# What it prints.


@test
def tables_are_those_of_pprof():
    goldens = sorted(GOLDEN.glob("*.txt"))
    expect(len(goldens) >= 9, len(goldens))
    for golden in goldens:
        result = prof("top", str(EXAMPLES / f"{golden.stem}.prof"))
        expect_table(result, b"Showing nodes accounting for ")
        expect(result.stdout == golden.read_bytes(), golden.name)


@test
def every_example_has_a_golden_table():
    for profile in EXAMPLES.glob("*.prof"):
        expect((GOLDEN / f"{profile.stem}.txt").exists(), profile.name)


@test
def the_same_file_gives_the_same_bytes():
    for command in "top", "info":
        first, second = prof(command, HEAP), prof(command, HEAP)
        expect(first.stdout == second.stdout, command)


@test
def numbers_do_not_follow_the_locale():
    plain = prof("top", CPU).stdout
    for locale in "de_DE.UTF-8", "fr_FR.UTF-8", "zh_CN.UTF-8":
        environment = dict(ENVIRONMENT, LC_ALL=locale, LANGUAGE=locale)
        expect(prof("top", CPU, env=environment).stdout == plain, locale)


@test
def info_says_what_a_profile_is():
    result = prof("info", HEAP)
    expect_table(result, b"Kind: heap\n")
    expect_table(result, b"Type: inuse_space/bytes, total ")
    expect_table(result, b"Label: bytes, ")
    expect_table(prof("info", CPU), b"Kind: CPU\n")


@test
def files_of_other_tools_are_what_they_say():
    formats = {
        "callgrind": {"callgrind"},
        "chrome-trace": {"Chrome trace"},
        "cpuprofile": {"V8 CPU profile"},
        "firefox": {"Firefox Profiler"},
        "folded": {"folded stacks"},
        "goroutines": {"Go goroutine stacks"},
        "gperftools": {"gperftools CPU profile"},
        "heapprofile": {"V8 heap profile"},
        "java": {"Java profile as text"},
        "perf-script": {"perf script", "folded stacks"},
        "pprof": {"pprof"},
        "records": {"pprof text (debug=1)", "pprof"},
        "speedscope": {"speedscope"},
        "threadz": {"threadz"},
    }
    folders = {path.parent.name for path in (ROOT / "tests/data").glob("*/good")}
    expect(folders == set(formats), folders ^ set(formats))
    for folder, names in formats.items():
        for path in sorted((ROOT / "tests/data" / folder / "good").iterdir()):
            result = prof("info", path)
            expect_table(result, b"Format: ")
            found = result.stdout.decode().split("Format: ")[1].split("\n")[0]
            expect(found in names, path, found)
            expect_table(prof("top", path), b"Showing nodes accounting for ")
    table = prof("top", "--cum", "--nodecount=1", ROOT / "tests/data/callgrind/good/busy.callgrind")
    expect_table(table, b" 128890   100%  (below main)\n")
    table = prof("top", "--focus=early", "--nodecount=1", ROOT / "tests/data/cpuprofile/good/busy.cpuprofile")
    expect_table(table, b"  sort\n")


@test
def a_sample_type_can_be_named_or_numbered():
    by_name = prof("top", "--sample-index=alloc_space", HEAP)
    expect_table(by_name, b"Type: alloc_space\n")
    for option in ["--sample_index=alloc_space"], ["--sample-index", "1"]:
        expect(prof("top", *option, HEAP).stdout == by_name.stdout, option)
    expect_table(
        prof("top", "--sample-index=samples", CPU), b"Type: samples\n"
    )


@test
def options_may_follow_the_profile():
    expect(
        prof("top", CPU, "--cum").stdout == prof("top", "--cum", CPU).stdout
    )


@test
def rows_can_be_counted_and_kept():
    result = prof("top", "--nodecount=3", "--cum", CPU)
    expect_table(result, b"Showing top 3 nodes out of ")
    expect(len(result.stdout.split(b"cum%\n")[1].splitlines()) == 3)
    everything = prof("top", "--no-trim", CPU)
    expect_table(everything, b"Showing nodes")
    expect(b"Dropped" not in everything.stdout)
    expect_table(prof("top", "--nodefraction=0.5", CPU), b"Dropped ")


@test
def a_unit_can_be_chosen():
    expect_table(prof("top", "--unit=us", CPU), b"0us")


@test
def tree_prints_callers_and_callees():
    result = prof("tree", CPU)
    expect_table(result, b"calls calls% + context \t \t \n")
    expect_table(result, b"Showing top 80 nodes out of ")
    expect(prof("tree", "--nodecount=1", CPU).stdout != result.stdout)


@test
def peek_prints_what_matches():
    result = prof("peek", "^runtime.mallocgc$", CPU)
    expect_table(result, b"| runtime.mallocgc\n")
    expect(b"Dropped" not in result.stdout)
    expect(prof("peek", "--cum", "^runtime.mallocgc$", CPU).stdout == result.stdout)


@test
def a_peek_at_nothing_is_status_1():
    result = prof("peek", "no such name", CPU)
    expect_message(result, 1, f"prof: {CPU}: no matches found".encode())


@test
def list_prints_source():
    options = "--trim-path=example.com", f"--source-path={EXAMPLES}"
    result = prof("list", "Digest$", *options, CPU)
    expect_table(result, b"tree.(*Entry).Digest in server/tree/tree.go\n")
    expect(b" Error: " not in result.stdout, result.stdout)
    lines = (EXAMPLES / "server/tree/tree.go").read_bytes().split(b"\n")
    expect(b"     70:" + lines[69] + b"\n" in result.stdout, result.stdout)


@test
def list_finds_sources_by_their_layout():
    """The profile is of a program that was built with -trimpath."""
    with tempfile.TemporaryDirectory() as folder:
        for name in "go/src/regexp/backtrack.go", "y/tree/tree.go":
            place = pathlib.Path(folder, name)
            place.parent.mkdir(parents=True)
            place.write_text("// here\n" * 400)
        for pattern, where in ("backtrack$", "go"), ("Digest$", "y"):
            given = prof("list", pattern, f"--source-path={folder}/{where}", CPU)
            expect(b"// here" in given.stdout, given.stdout)
        given = prof("list", "Digest$", f"--source-path={folder}/go", CPU)
        expect(b" Error: could not find file" in given.stdout, given.stdout)


@test
def a_source_that_is_not_there_is_no_failure():
    result = prof("list", "Digest$", "--source-path=/nonexistent", CPU)
    expect_table(
        result,
        b" Error: could not find file example.com/server/tree/tree.go"
        b" on path /nonexistent\n",
    )


@test
def a_list_of_nothing_is_status_1():
    result = prof("list", "no such name", CPU)
    expect_message(result, 1, f"prof: {CPU}: no matches found".encode())


@test
def traces_print_every_stack():
    result = prof("traces", "--unit=ms", CPU)
    expect_table(result, b"\n-----------+--")
    expect_table(result, b"    tenant:  ")
    expect(result.stdout.count(b"\n-----------+") > 700)


@test
def tags_are_counted():
    result = prof("tags", CPU)
    expect_table(result, b" handler: Total ")
    expect_table(prof("tags", "--tagshow=tenant", CPU), b" tenant: Total ")
    expect(b" tenant:" not in prof("tags", "--taghide=tenant", CPU).stdout)


@test
def raw_prints_what_a_query_leaves():
    everything, some = prof("raw", CPU), prof("raw", "--focus=sha256", CPU)
    expect_table(everything, b"\nLocations\n")
    expect_table(some, b"\nMappings\n")
    expect(some.stdout.count(b"\n") < everything.stdout.count(b"\n"))


@test
def comments_are_printed():
    file = ROOT / "tests/data/profiles/constructed/comments.pb"
    expect_table(prof("comments", str(file)), b"#")
    result = prof("comments", CPU)
    expect(result.returncode == 0 and result.stdout == b"", result.stdout)


@test
def standard_input_is_read():
    with open(CPU, "rb") as stream:
        result = prof("top", "-", stdin=stream)
    expect(result.stdout == prof("top", CPU).stdout, result.stderr)


@test
def a_pipe_is_read():
    data = gzip.decompress(pathlib.Path(CPU).read_bytes())
    result = prof("top", "-", input=data)
    expect(result.stdout == prof("top", CPU).stdout, result.stderr)


@test
def an_executable_before_the_profile_is_passed_over():
    expect(prof("top", PROF, CPU).stdout == prof("top", CPU).stdout)


@test
def an_executable_before_the_profile_gives_names():
    with open(PROF, "rb") as program:
        entry = struct.unpack_from("<Q", program.read(64), 24)[0]
    start = 0x555500000000
    text = f"heap profile: 1: 16 [1: 16] @ heapprofile\n1: 16 [1: 16] @ {start + entry + 5:#x}\n\n" \
           f"MAPPED_LIBRARIES:\n{start:x}-{start + (1 << 28):x} r-xp 00000000 08:01 1 /nowhere/prof\n"
    with tempfile.NamedTemporaryFile("w") as file:
        file.write(text)
        file.flush()
        expect_table(prof("top", file.name), b"  [prof]\n")
        table = prof("top", PROF, file.name)
        # Built without libdw it is passed over.
        expect(table.stdout.endswith((b"  _start\n", b"  [prof]\n")) and not table.stderr, table)


@test
def a_profile_without_samples_is_an_empty_table():
    for line in b"\x32\x00", gzip.compress(b"\x32\x00"):
        with tempfile.NamedTemporaryFile() as file:
            file.write(line)
            file.flush()
            result = prof("top", file.name)
            expect_table(result, b"Showing nodes accounting for 0, 0% of 0 ")
            expect(result.stdout.endswith(b"cum   cum%\n"), result.stdout)


@test
def help_and_version_are_results():
    for arguments in (
        ["--help"],
        ["-h"],
        ["help"],
        ["top", "--help"],
        ["info", "--help"],
    ):
        result = prof(*arguments)
        expect_table(result, b"Usage: prof ")
    expect_table(prof("--version"), b"prof 0.")
    for option in b"--sample-index=", b"--cum", b"--nodecount=", b"--unit=":
        expect(option in prof("top", "--help").stdout, option)


@test
def graphs_are_written_to_a_file_or_standard_output():
    golden = (GOLDEN.parent / "dot" / "inline-deep.dot").read_bytes()
    profile = str(CONSTRUCTED / "inline-deep.pb")
    for output in [], ["-o", "-"]:
        result = prof("graph", *output, profile)
        expect_table(result, b"digraph")
        expect(result.stdout == golden, output)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "x.DOT")
        expect_table(prof("graph", "-o", path, profile), b"")
        expect(pathlib.Path(path).read_bytes() == golden)
        expect(os.listdir(folder) == ["x.DOT"], os.listdir(folder))


@test
def a_graph_has_as_many_nodes_as_asked_for():
    profile = str(EXAMPLES / "qrcode-cpu.prof")
    result = prof("graph", "--nodecount=5", profile)
    expect_table(result, b"Showing top 5 nodes out of ")
    expect(result.stdout.count(b"shape=box tooltip=") == 5, result.stdout)


@test
def a_profile_is_converted_by_the_end_of_its_name():
    top = prof("top", CPU).stdout
    with tempfile.TemporaryDirectory() as folder:
        for name in "a.pb.gz", "a.pprof", "a.prof", "a.gz", "a.PB":
            path = os.path.join(folder, name)
            expect_table(prof("convert", "-o", path, CPU), b"")
            data = pathlib.Path(path).read_bytes()
            expect((data[:2] == b"\x1f\x8b") == (name != "a.PB"), name)
            expect(prof("top", path).stdout == top, name)
        path = os.path.join(folder, "a.folded")
        expect_table(prof("convert", "-o", path, CPU), b"")
        lines = pathlib.Path(path).read_bytes().splitlines()
        total = sum(int(line.rsplit(b" ", 1)[1]) for line in lines)
        expect(total == 9680000000, total)
        path = os.path.join(folder, "a.callgrind")
        expect_table(prof("convert", "-o", path, CPU), b"")
        expect(b"events: cpu(ms)\n" in pathlib.Path(path).read_bytes())


@test
def a_profile_is_converted_to_standard_output():
    golden = (GOLDEN.parent / "callgrind" / "inline-deep.callgrind").read_bytes()
    golden = golden.replace(b"\ncalls=0 ", b"\ncalls=1 ")  # as pprof has it
    profile = str(CONSTRUCTED / "inline-deep.pb")
    for output in [], ["-o", "-"]:
        result = prof("convert", "--format=callgrind", *output, profile)
        expect_table(result, golden)
        result = prof("convert", "--format=pb", *output, profile)
        again = prof("top", "-", input=result.stdout)
        expect(again.stdout == prof("top", profile).stdout, again.stderr)
    first = prof("convert", "--format=pb.gz", profile).stdout
    expect(first == prof("convert", "--format=pb.gz", profile).stdout)
    expect(gzip.decompress(first) == prof("convert", "--format=pb", profile).stdout)


def speedscope(*arguments, profile=CPU):
    """What speedscope would read, checked as it checks it."""
    result = prof("convert", "--format=speedscope", *arguments, profile)
    expect(result.returncode == 0, result.stderr)
    file = json.loads(result.stdout)
    expect(file["$schema"].endswith("/file-format-schema.json"), file["$schema"])
    frames = file["shared"]["frames"]
    for frame in frames:
        expect(isinstance(frame["name"], str), frame)
        expect(isinstance(frame.get("file", ""), str), frame)
        expect(isinstance(frame.get("line", 1), int), frame)
        expect(set(frame) <= {"name", "file", "line"}, frame)
    expect(len(file["profiles"]) == 1, len(file["profiles"]))
    profile = file["profiles"][0]
    units = "none nanoseconds microseconds milliseconds seconds bytes".split()
    expect(profile["type"] == "sampled" and profile["unit"] in units, profile["unit"])
    expect(isinstance(profile["name"], str), profile["name"])
    samples, weights = profile["samples"], profile["weights"]
    expect(len(samples) == len(weights), len(samples), len(weights))
    for stack in samples:
        expect(all(isinstance(f, int) and 0 <= f < len(frames) for f in stack), stack)
    expect(all(isinstance(w, int) and w >= 0 for w in weights))
    expect(profile["startValue"] == 0, profile["startValue"])
    expect(profile["endValue"] == sum(weights), profile["endValue"], sum(weights))
    return file


@test
def a_profile_is_converted_for_speedscope():
    for profile, options in (
        (CPU, []),
        (HEAP, ["--sample-index=alloc_space"]),
        (CPU, ["--focus=json", "--granularity=files", "--noinlines"]),
    ):
        file = speedscope(*options, profile=profile)
        frames = [frame["name"] for frame in file["shared"]["frames"]]
        flat, cum = {}, {}
        told = file["profiles"][0]
        for stack, weight in zip(told["samples"], told["weights"]):
            flat[stack[-1]] = flat.get(stack[-1], 0) + weight
            for frame in set(stack):
                cum[frame] = cum.get(frame, 0) + weight
        found = sorted((frames[f], flat.get(f, 0), cum[f]) for f in cum)
        rows = prof("top", "--no-trim", "--format=json", *options, profile).stdout
        rows = sorted((r["name"], r["flat"], r["cum"]) for r in json.loads(rows)["rows"])
        expect(found == rows, profile, options, found[:3], rows[:3])
        expect(file["name"] == os.path.basename(profile), file["name"])
    expect(speedscope()["profiles"][0]["unit"] == "nanoseconds")
    expect(speedscope(profile=HEAP)["profiles"][0]["unit"] == "bytes")
    halved = speedscope("--divide-by=2")["profiles"][0]["endValue"]
    expect(halved * 2 == 9680000000, halved)


@test
def speedscope_files_are_known_by_both_ends_of_their_names():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "a.Speedscope.JSON")
        expect_table(prof("convert", "-o", path, CPU), b"")
        printed = prof("convert", "--format=speedscope", CPU).stdout
        expect(pathlib.Path(path).read_bytes() == printed)
        result = prof("convert", "-o", os.path.join(folder, "a.json"), CPU)
        expect_usage(result, b".speedscope.json")
        expect(os.listdir(folder) == ["a.Speedscope.JSON"], os.listdir(folder))


@test
def speedscope_gets_no_negative_weights_and_any_name():
    told = speedscope("--diff-base", OLD, profile=NEW)["profiles"][0]
    rows = prof("top", "--format=json", "--no-trim", "--diff-base", OLD, NEW).stdout
    expect(any(row["flat"] < 0 for row in json.loads(rows)["rows"]), rows)
    expect(0 < told["endValue"] == sum(told["weights"]), told["endValue"])
    names = [b"f" + bytes([byte]) + b"g" for byte in range(256)]
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, os.fsdecode(b'odd\n\xff"name'))
        pathlib.Path(path).write_bytes(named(names))
        file = speedscope(profile=path)
        expect(file["name"] == 'odd\n\ufffd"name', file["name"])
        expect(len(file["profiles"][0]["samples"]) == 256)
        pathlib.Path(path).write_bytes(named([]))
        told = speedscope(profile=path)["profiles"][0]
        expect(told["samples"] == [] and told["endValue"] == 0, told)


@test
def a_format_goes_before_a_name():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "a.folded")
        expect_table(prof("convert", "--format=pb", "-o", path, CPU), b"")
        expect(prof("top", path).stdout == prof("top", CPU).stdout)


@test
def what_is_converted_is_what_was_asked_for():
    labels = str(CONSTRUCTED / "labels.pb")
    comments = str(CONSTRUCTED / "comments.pb")
    for profile, options in (
        (CPU, ["--focus=json"]),
        (labels, ["--hide=main"]),
        (comments, ["--ignore=none"]),
    ):
        pb = prof("convert", "--format=pb", *options, profile).stdout
        for command, table in (
            ("top", b"cum%\n"),
            ("traces", b"\n----"),
            ("comments", b""),
        ):
            left = prof(command, *options, "--relative-percentages", profile)
            expect(left.returncode == 0, left.stderr)
            rows = prof(command, "-", input=pb).stdout
            left = left.stdout[left.stdout.index(table) :]
            expect(left == rows[rows.index(table) :], command, left, rows)
    half = prof("convert", "--format=folded", "--divide-by=2", labels).stdout
    whole = prof("convert", "--format=folded", labels).stdout
    for one, two in zip(half.splitlines(), whole.splitlines()):
        expect(int(one.split()[-1]) * 2 == int(two.split()[-1]), one, two)


@test
def a_pipe_is_converted_into_directly():
    with tempfile.TemporaryDirectory() as folder:
        fifo = os.path.join(folder, "fifo")
        os.mkfifo(fifo)
        process = subprocess.Popen(
            [PROF, "convert", "--format=callgrind", "-o", fifo, CPU],
            env=ENVIRONMENT,
        )
        with open(fifo, "rb") as stream:
            expect(stream.read(10) == b"positions:")
            stream.read()
        expect(process.wait(60) == 0)


def told(command, *arguments, profile=CPU):
    """The report as JSON, and as the rows of CSV."""
    data = prof(command, "--format=json", *arguments, profile)
    expect(data.returncode == 0, data.stderr)
    table = prof(command, "--format=csv", *arguments, profile)
    expect(table.returncode == 0, table.stderr)
    for result, form in (data, "json"), (table, "csv"):
        again = prof(command, f"--format={form}", *arguments, profile)
        expect(again.stdout == result.stdout, command, form)
    data = json.loads(data.stdout)
    expect(data["report"] == command and data["version"] == 1, data)
    lines = io.StringIO(table.stdout.decode(), newline="")
    return data, list(csv.DictReader(lines, strict=True))


@test
def info_is_told_to_programs():
    data, rows = told("info")
    facts = {row["fact"]: row["value"] for row in rows}
    text = prof("info", CPU).stdout.decode()
    lines = text.splitlines()
    expect(f"Kind: {data['kind']}" in lines, text)
    expect(f"Format: {data['format']}" in lines and data["format"] == "pprof", text)
    expect(f"Time: {data['time']}" in lines, text)
    expect(f"Samples: {data['samples']}" in lines, text)
    expect(facts["samples"] == str(data["samples"]), facts)
    expect(f"Duration: {data['duration_ns'] / 1e9:.2f}s" in lines, data)
    expect([t["total"] for t in data["types"]] == [968, 9680000000], data)
    expect([t["default"] for t in data["types"]] == [False, True], data)
    expect(facts["types.1.total"] == "9680000000", facts)
    for label in data["labels"]:
        key, samples, values = label.values()
        line = f"Label: {key}, {samples} samples, {values} values"
        expect(line in lines, line)
    for mapping in data["mappings"]:
        line = f"Mapping: {mapping['start']}-{mapping['limit']} "
        expect(line + mapping["file"] in text, line)


@test
def info_has_a_time_of_any_zone_in_utc():
    elsewhere = dict(ENVIRONMENT, TZ="Asia/Shanghai")
    for form in "json", "csv":
        here = prof("info", f"--format={form}", CPU)
        expect_table(here, b"2026-11-25T03:53:")
        there = prof("info", f"--format={form}", CPU, env=elsewhere)
        expect(there.stdout == here.stdout, form)


def in_seconds(nanoseconds):
    """As a text report with --unit=s writes it."""
    text = f"{nanoseconds / 1e9:.2f}".removesuffix(".00")
    return text if text == "0" else f"{text}s"


def blocks_of(*arguments):
    """Of a text report: the cells of each function and of its calls."""
    text = prof(*arguments, "--unit=s", CPU).stdout.decode()
    text = text.split("+ context \t \t \n")[1]
    for block in text.split("-" * 58 + "+" + "-" * 13 + "\n"):
        lines = [line.split("|") for line in block.splitlines()]
        node = [line for line in lines if len(line[0].split()) == 5]
        if not node:
            continue
        before = lines.index(node[0])
        yield node[0], lines[:before], lines[before + 1 :]


def expect_calls(lines, calls):
    expect(len(lines) == len(calls), lines, calls)
    for (numbers, name), call in zip(lines, calls):
        inlined = " (inline)" if call["inlined"] else ""
        expect(name.strip() == call["name"] + inlined, name, call)
        expect(numbers.split()[0] == in_seconds(call["weight"]), numbers, call)


@test
def trees_are_told_to_programs():
    for arguments in ["tree"], ["tree", "--cum"], ["peek", "flate"]:
        data, rows = told(*arguments)
        blocks = list(blocks_of(*arguments))
        expect(len(blocks) == len(data["rows"]) > 5, len(blocks))
        for (node, callers, callees), row in zip(blocks, data["rows"]):
            flat, _, _, cum, _ = node[0].split()
            expect(node[1].strip() == row["name"], node, row)
            expect(flat == in_seconds(row["flat"]), node, row)
            expect(cum == in_seconds(row["cum"]), node, row)
            expect_calls(callers, row["callers"])
            expect_calls(callees, row["callees"])
        nodes = [row for row in rows if row["kind"] == "node"]
        expect([row["name"] for row in nodes] == [row["name"] for row in data["rows"]])
        expect([row["cum"] for row in nodes] == [str(row["cum"]) for row in data["rows"]])
        edges = {
            (row["caller"], row["callee"], row["weight"], row["inlined"])
            for row in rows
            if row["kind"] == "edge"
        }
        expect(len(edges) + len(nodes) == len(rows), len(edges))
        mentioned = set()
        for row in data["rows"]:
            for call in row["callers"]:
                ends = call["name"], row["name"]
                mentioned.add((*ends, str(call["weight"]), str(call["inlined"]).lower()))
            for call in row["callees"]:
                ends = row["name"], call["name"]
                mentioned.add((*ends, str(call["weight"]), str(call["inlined"]).lower()))
        expect(mentioned == edges, mentioned ^ edges)


@test
def nothing_that_matches_is_no_data():
    for form in "json", "csv":
        result = prof("peek", f"--format={form}", "nowhere", CPU)
        expect_message(result, 1, f"prof: {CPU}: no matches".encode())


@test
def tags_are_told_to_programs():
    text = prof("tags", "--unit=s", CPU).stdout.decode()
    keys = {}
    for table in text.strip("\n").split("\n\n"):
        head, *lines = table.splitlines()
        key, total = head.split(": Total ")
        values = [line.split(": ", 1) for line in lines]
        keys[key.strip()] = total, [(n.split()[0], v.strip()) for n, v in values]
    data, rows = told("tags")
    expect(data["total"] == 9680000000 and len(keys) > 1, data["total"])
    for key, (total, values) in keys.items():
        mine = [row for row in data["rows"] if row["key"] == key]
        expect([row["text"] for row in mine] == [v for _, v in values], key)
        for row, (number, _) in zip(mine, values):
            expect(f"{row['value'] / 1e9:.1f}s" == number, row, number)
            expect(f"{row['key_total'] / 1e9:.1f}s" == total, row, total)
            expect(row["key_share"] == row["value"] / row["key_total"], row)
            expect(row["value_share"] == row["value"] / data["total"], row)
    expect(len(rows) == len(data["rows"]), len(rows))
    for row, told_row in zip(rows, data["rows"]):
        expect(list(row) == list(told_row), list(row))
        expect(row["value"] == str(told_row["value"]), row)
        expect(row["text"] == told_row["text"], row)
    numbers, _ = told("tags", profile=HEAP)
    sizes = [row for row in numbers["rows"] if row["key"] == "bytes"]
    expect(all(row["number_unit"] == "bytes" for row in sizes), sizes)
    expect(len(sizes) > 5, len(sizes))


@test
def traces_are_told_to_programs():
    text = prof("traces", "--unit=s", CPU).stdout.decode()
    samples = text.split("-" * 11 + "+" + "-" * 55 + "\n")[1:-1]
    data, rows = told("traces")
    expect(len(samples) == len(data["rows"]) == len(rows) > 700, len(samples))
    for sample, row, line in zip(samples, data["rows"], rows):
        lines = sample.splitlines()
        labels = [part.strip() for part in lines if ":  " in part[:20]]
        frames = lines[len(labels) :]
        expect(frames[0].split()[0] == in_seconds(row["value"]), frames[0])
        expect(line["value"] == str(row["value"]), line)
        names = [frame[13:] for frame in frames]
        marks = {True: " (inline)", False: ""}
        mine = [f["name"] + marks[f["inlined"]] for f in row["frames"]]
        expect(names == mine, names, mine)
        stack = ";".join(f["name"] for f in reversed(row["frames"]))
        expect(line["stack"] == stack, line)
        mine = [f"{key}:  {' '.join(v)}" for key, v in row["labels"].items()]
        expect(sorted(labels) == sorted(mine), labels, mine)
        cell = ";".join(f"{k}={v[0]}" for k, v in row["labels"].items())
        expect(line["labels"] == cell, line)
    expect(sum(row["value"] for row in data["rows"]) == data["total"])
    folded = prof("convert", "--format=folded", CPU).stdout.decode()
    stacks = {line.rsplit(" ", 1)[0] for line in folded.splitlines()}
    expect({row["stack"] for row in rows} == stacks)


@test
def comments_are_told_to_programs():
    profile = str(CONSTRUCTED / "comments.pb")
    text = prof("comments", profile).stdout.decode()
    data, rows = told("comments", profile=profile)
    comments = data["comments"]
    expect(len(comments) > 1, comments)
    expect("".join(f"{one}\n" for one in comments) == text, comments, text)
    expect([row["comment"] for row in rows] == comments, rows, comments)


def list_lines(*arguments):
    """Of the text: function, file, line, flat and cum as written, source."""
    text = prof("list", "--unit=s", *arguments, CPU).stdout.decode()
    for block in text.split("ROUTINE " + "=" * 24 + " ")[1:]:
        head, _, *lines = block.splitlines()
        for line in lines:
            numbers, text = line.split(":", 1)
            flat, cum, number = numbers.split()
            yield (*head.split(" in "), number, flat, cum, text)


@test
def source_is_told_to_programs():
    source = f"--source-path={EXAMPLES}"
    options = "Digest$", "--trim-path=example.com", source
    data, rows = told("list", *options)
    expect(data["pattern"] == "Digest$", data["pattern"])
    lines = [
        (function["function"], function["file"], *line.values())
        for function in data["rows"]
        for line in function["lines"]
    ]
    expected = list(list_lines(*options))
    expect(len(expected) == len(lines) == len(rows) > 5, len(expected))
    for text, line, row in zip(expected, lines, rows):
        name, file, number, flat, cum, code = line
        shown = [in_seconds(n) if n else "." for n in (flat, cum)]
        expect(text == (name, file, str(number), *shown, code), text, line)
        expect(list(row.values())[:5] == [str(cell) for cell in line[:5]], row)
        expect(row["text"].removeprefix("'") == code, row)
    expect(any(flat for _, _, _, flat, _, _ in lines))


@test
def source_that_is_not_there_is_told_by_its_costs():
    data, rows = told("list", "Digest$", "--source-path=/nonexistent")
    expect(all(row["error"] for row in data["rows"]), data["rows"][0])
    lines = [line for row in data["rows"] for line in row["lines"]]
    expect(len(lines) == len(rows) > 1, len(lines))
    expect(all(line["text"] is None for line in lines), lines)
    expect(all(row["text"] == "" for row in rows), rows)


@test
def raw_is_told_to_people_only():
    plain = prof("raw", CPU).stdout
    expect(prof("raw", "--format=text", CPU).stdout == plain)
    for form in "json", "csv":
        result = prof("raw", f"--format={form}", CPU)
        expect_usage(result, form.encode())
        expect_usage(result, b"programs use info, traces or convert")
    expect_usage(prof("raw", "--format=xml", CPU), b"xml")


@test
def top_is_told_to_programs():
    text = prof("top", "--cum", CPU).stdout.split(b"cum%\n")[1]
    names = [line.split(None, 5)[5] for line in text.decode().splitlines()]
    names = [name.split(" (inline)")[0] for name in names]
    names = [name.split(" (partial-inline)")[0] for name in names]
    data = json.loads(prof("top", "--cum", "--format=json", CPU).stdout)
    expect(data["report"] == "top" and data["version"] == 1, data)
    expect(data["unit"] == "nanoseconds" and data["total"] == 9680000000)
    expect([row["name"] for row in data["rows"]] == names, names[:5])
    table = prof("top", "--cum", "--format=csv", CPU).stdout.decode()
    rows = list(csv.DictReader(io.StringIO(table, newline="")))
    expect(len(rows) == len(data["rows"]), len(rows))
    for row, told in zip(rows, data["rows"]):
        expect(list(row) == list(told), list(row))
        expect(row["cum"] == str(told["cum"]), row)
        expect(float(row["cum_share"]) == told["cum_share"], row)


@test
def top_in_text_is_the_default():
    result = prof("top", "--format=text", CPU)
    expect_table(result, prof("top", CPU).stdout)
    expect_usage(prof("top", "--format=xml", CPU), b"xml")


@test
def a_report_goes_into_a_file():
    reports = (
        ["top", CPU],
        ["raw", CPU],
        ["info", CPU],
        ["list", "Digest$", CPU],
        ["traces", "--format=json", CPU],
        ["diff", OLD, NEW],
    )
    with tempfile.TemporaryDirectory() as folder:
        for option in ["-o"], ["--output"]:
            for arguments in reports:
                path = os.path.join(folder, "report")
                result = prof(*arguments, *option, path)
                expect_table(result, b"")
                expect(result.stdout == b"", result.stdout[:100])
                written = pathlib.Path(path).read_bytes()
                expect(written == prof(*arguments).stdout, arguments)
        expect(os.listdir(folder) == ["report"], os.listdir(folder))
    expect(prof("top", "-o", "-", CPU).stdout == prof("top", CPU).stdout)


@test
def a_failed_report_leaves_the_old_file():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "report")
        pathlib.Path(path).write_bytes(b"old")
        result = prof("peek", "no such name", CPU, "-o", path)
        expect_message(result, 1, f"prof: {CPU}: no matches found".encode())
        expect_usage(prof("list", "(", CPU, "-o", path), b"(: ")
        expect(pathlib.Path(path).read_bytes() == b"old")
        expect(os.listdir(folder) == ["report"], os.listdir(folder))
        nowhere = os.path.join(folder, "nowhere", "report")
        expect_message(prof("top", CPU, "-o", nowhere), 1, f"prof: {nowhere}: ".encode())
    full = prof("traces", CPU, "-o", "/dev/full")
    expect_message(full, 1, b"prof: /dev/full: ")


# What diff prints.


def diff_rows(result):
    expect(result.stderr == b"", result.stderr)
    return result.stdout.split(b"delta%\n")[1].decode().splitlines()


@test
def diff_prints_what_has_changed_largest_first():
    rows = diff_rows(prof("diff", OLD, NEW))
    expect(rows[0].split() == ["850ms", "500ms", "-350ms", "-41.18%", "main"])
    expect(rows[1].split()[:3] == ["610ms", "310ms", "-300ms"], rows[1])
    expect(rows[5].split() == ["0", "90ms", "+90ms", "new", "comes"], rows[5])
    sizes = [abs(int(row.split()[2].rstrip("ms"))) for row in rows]
    expect(sizes == sorted(sizes, reverse=True), sizes)
    backwards = diff_rows(prof("diff", NEW, OLD))
    expect(backwards[0].split()[:3] == ["500ms", "850ms", "+350ms"], backwards)


@test
def diff_keeps_wide_numbers_apart():
    rows = diff_rows(prof("diff", "--unit=ns", OLD, NEW))
    cells = ["850000000ns", "500000000ns", "-350000000ns", "-41.18%", "main"]
    expect(rows[0].split() == cells, rows[0])


@test
def diff_of_a_profile_with_itself_is_empty():
    result = prof("diff", "--fail-over=0", CPU, CPU)
    expect_table(result, b"\nNothing has changed\n")
    expect(diff_rows(result) == [], result.stdout)


@test
def diff_heeds_the_query():
    rows = diff_rows(prof("diff", "--unit=us", "--nodecount=2", OLD, NEW))
    expect(len(rows) == 2, rows)
    expect(rows[0].split()[2] == "-350000us", rows)
    whole = diff_rows(prof("diff", CPU, str(EXAMPLES / "server-cpu.prof"), "--no-trim"))
    expect(whole == [], whole)
    focused = prof("diff", "--focus=shrinks", OLD, NEW)
    expect_table(focused, b"Active filters:\n   focus=shrinks\n")
    expect(len(diff_rows(focused)) < 7, focused.stdout)
    result = prof("diff", "--nodefraction=0.5", OLD, NEW)
    expect_table(result, b"Dropped 7 functions (|delta| < 425ms)\n")
    same = prof("diff", "--normalize", OLD, NEW)
    expect_table(same, b"Total after: 850ms")


@test
def diff_fails_when_a_share_has_grown():
    result = prof("diff", "--fail-over=10%", OLD, NEW)
    expect(result.returncode == 3, result.returncode)
    expect(result.stdout == prof("diff", OLD, NEW).stdout)
    lines = result.stderr.decode().splitlines()
    expect(len(lines) == 2, lines)
    expect("leaf0 has grown from 7.06% to 30.00% of" in lines[0], lines)
    expect("comes has grown from 0% to 18.00% of" in lines[1], lines)
    result = prof("diff", "--fail-over", "23", OLD, NEW)
    expect(result.returncode == 0, result.stderr)


@test
def what_got_slower_is_named_by_the_gate():
    before, after = (str(EXAMPLES / f"regression-{side}.prof") for side in ("before", "after"))
    result = prof("diff", "--fail-over=5%", before, after)
    expect(result.returncode == 3, result.returncode)
    first = result.stderr.decode().splitlines()[0]
    expect("qr.finderPenalty has grown from 7.26% to 38.84% of" in first, first)
    rows = json.loads(prof("top", "--format=json", f"--diff-base={before}", after).stdout)["rows"]
    expect(rows[0]["name"].endswith("qr.finderPenalty"), rows[0])
    expect((rows[0]["flat_before"], rows[0]["flat_after"]) == (210000000, 1710000000), rows[0])
    expect(prof("diff", "--fail-over=40%", before, after).returncode == 0)


@test
def diff_is_told_to_programs():
    results = [
        prof("diff", f"--format={form}", "--fail-over=10%", OLD, NEW)
        for form in ("text", "json", "csv")
    ]
    for result in results:
        expect(result.returncode == 3, result.returncode)
        expect(result.stderr == results[0].stderr, result.stderr)
    text = prof("diff", "--unit=ns", OLD, NEW).stdout.decode()
    lines = [line.split() for line in text.split("delta%\n")[1].splitlines()]
    data = json.loads(results[1].stdout)
    expect(data["report"] == "diff" and data["version"] == 1, data)
    expect(data["total_before"] == 850000000, data)
    expect(data["total_after"] == 500000000, data)
    expect(len(lines) == len(data["rows"]) == 7, len(lines))
    rows = io.StringIO(results[2].stdout.decode(), newline="")
    rows = list(csv.DictReader(rows, strict=True))
    expect(len(rows) == 7, rows)
    for line, told_row, row in zip(lines, data["rows"], rows):
        numbers = [told_row[f"cum_{c}"] for c in ("before", "after", "delta")]
        shown = [int(n.removesuffix("ns")) for n in line[:3]]
        expect(shown == numbers, line, told_row)
        expect(line[-1] == told_row["name"] == row["name"], line)
        expect(list(row) == list(told_row), list(row))
        expect(row["flat_delta"] == str(told_row["flat_delta"]), row)


@test
def diff_wants_two_profiles_of_one_kind():
    expect_usage(prof("diff", OLD), b"two profiles")
    expect_usage(prof("diff", OLD, NEW, OLD), b"two profiles")
    expect_usage(prof("diff", "--fail-over=x", OLD, NEW), b"fail-over")
    expect_usage(prof("diff", "--fail-over=-1%", OLD, NEW), b"fail-over")
    expect_usage(prof("diff", f"--base={OLD}", OLD, NEW), b"--base")
    expect_message(prof("diff", HEAP, CPU), 1, f"prof: {CPU}: ".encode())
    expect_message(prof("diff", "/nonexistent/x", CPU), 1)
    expect_message(prof("diff", CPU, "/nonexistent/x"), 1)


# What it refuses.


@test
def a_conversion_without_format_is_refused():
    expect_usage(prof("convert", CPU), b"--format")
    expect_usage(prof("convert", "-o", "-", CPU), b"--format")
    expect_usage(prof("convert", "-o", "/tmp/x.txt", CPU), b".speedscope.json")
    expect_usage(prof("convert", "--format=zip", CPU), b"zip")
    ours, theirs = pty.openpty()
    result = prof("convert", "--format=pb", CPU, stdout=theirs)
    os.close(theirs)
    os.close(ours)
    expect(result.returncode == 2, result.stderr)


@test
def a_failed_conversion_leaves_the_old_file():
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "a.pb")
        path.write_bytes(b"old")
        result = prof("convert", "-o", str(path), "/nonexistent.prof")
        expect_message(result, 1, b"prof: /nonexistent.prof: ")
        expect(path.read_bytes() == b"old")
    if os.path.exists("/dev/full"):
        result = prof("convert", "--format=pb", "-o", "/dev/full", CPU)
        expect_message(result, 1, b"prof: /dev/full: ")


@test
def a_graph_is_written_as_what_its_file_is_called():
    for name in "x.html", "x.json", "x":
        expect_usage(prof("graph", "-o", f"/nonexistent/{name}", CPU), b".dot")
    expect(b".dot" in prof("graph", "--help").stdout)


@test
def what_a_drawn_graph_cannot_be_is_told_before_the_profile_is_read():
    for option in (
        "--width=100",
        "--width=-5",
        "--height=100",
        "--scale=0",
        "--theme=pink",
        "--paper=b5",
    ):
        result = prof("graph", option, "-o", "x.svg", "/nonexistent.prof")
        expect_usage(result, option.split("=")[0].encode())


@test
def without_graphviz_there_is_one_line_and_dot_as_always():
    environment = dict(ENVIRONMENT, PATH="/nonexistent")
    with tempfile.TemporaryDirectory() as folder:
        for name in "a.svg", "a.png", "a.pdf":
            path = pathlib.Path(folder, name)
            path.write_bytes(b"old")
            result = prof("graph", "-o", str(path), CPU, env=environment)
            expect_message(result, 1, f"prof: {path}: ".encode())
            expect("package “graphviz”".encode() in result.stderr, result.stderr)
            expect(path.read_bytes() == b"old", name)
        path = pathlib.Path(folder, "a.dot")
        expect_table(prof("graph", "-o", str(path), CPU, env=environment), b"")
        expect(path.read_bytes().startswith(b"digraph"), path)


@test
def a_drawn_graph_has_the_nodes_of_the_written_one():
    if shutil.which("dot") is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "a.svg")
        for options in [], ["--nodecount=10"], ["--focus=json", "--cum"]:
            dot = prof("graph", *options, CPU).stdout
            expect_table(prof("graph", *options, "-o", path, CPU), b"")
            picture = xml.etree.ElementTree.parse(path)
            boxes = [
                group.find(SVG + "title").text
                for group in picture.iter(SVG + "g")
                if group.get("class") == "frame"
            ]
            labels = dot.count(b"shape=box3d")
            expect(len(boxes) == dot.count(b"shape=box tooltip=") + labels, options)
            arrows = [g for g in picture.iter(SVG + "g") if g.get("class") == "arrow"]
            calls = [line for line in dot.split(b"\n") if b" -> N" in line[:40]]
            expect(len(arrows) == len(calls), options)


@test
def a_drawn_graph_of_a_comparison_says_both_sides():
    if shutil.which("dot") is None:
        return
    before = str(EXAMPLES / "regression-before.prof")
    after = str(EXAMPLES / "regression-after.prof")
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "a.svg")
        result = prof("graph", "--diff-base", before, "-o", path, after)
        expect_table(result, b"")
        text = pathlib.Path(path).read_text()
        expect("regression-after.prof against regression-before.prof" in text)
        expect("6.06 s → 5.51 s of CPU time" in text)


@test
def wrong_usage_is_status_2():
    expect_usage(prof("frobnicate", CPU), b"frobnicate")
    expect_usage(prof("top"), b"which profile")
    expect_usage(prof("top", "--frobnicate", CPU), b"--frobnicate")
    expect_usage(prof("top", "-x", CPU), b"-x")
    expect_usage(prof("top", CPU, "--nodecount"), b"--nodecount")
    expect_usage(prof("top", "--nodecount=many", CPU), b"many")
    expect_usage(prof("top", "--nodefraction=nan", CPU), b"nan")
    expect_usage(prof("top", "--cum=perhaps", CPU), b"cum")
    expect_usage(prof("top", "--focus=(", CPU), b"focus: missing closing")
    expect_usage(prof("list", "(", CPU), b"missing closing")
    expect_usage(prof("peek"), b"RE is missing")
    expect_usage(prof("peek", "main"), b"which profile")
    expect_usage(prof("peek", "(", CPU), b"missing closing")
    result = prof()
    expect(result.returncode == 2, result.returncode)
    expect(result.stderr.startswith(b"Usage: prof "), result.stderr)


@test
def a_sample_type_that_is_not_there_is_refused():
    for name in "inuse", "99", "-1":
        result = prof("top", f"--sample-index={name}", CPU)
        expect_message(result, 1, f"prof: {CPU}: ".encode())


@test
def a_missing_file_is_refused():
    expect_message(
        prof("top", "/nonexistent/x.prof"), 1, b"prof: /nonexistent/x.prof: "
    )


@test
def a_folder_is_refused():
    with tempfile.TemporaryDirectory() as folder:
        expect_message(prof("top", folder), 1, f"prof: {folder}: ".encode())


@test
def an_empty_file_is_refused():
    refused(b"")
    refused(gzip.compress(b""))


@test
def a_file_cut_off_anywhere_is_refused():
    data = (EXAMPLES / "server-mutex.prof").read_bytes()
    for length in 1, 2, 9, 10, 11, 100, len(data) // 2, len(data) - 1:
        refused(data[:length])


@test
def a_wrong_checksum_is_refused():
    data = bytearray(pathlib.Path(CPU).read_bytes())
    data[-8] ^= 0xFF
    refused(bytes(data))


@test
def random_bytes_are_refused():
    refused(zlib.compress(b"no profile at all" * 9) * 9)


@test
def other_kinds_of_files_are_refused():
    refused(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0", "x.png")
    refused(b'{"profiles": []}\n', "x.json")
    refused(b"just a text\nof two lines\n", "x.txt")
    refused(pathlib.Path(PROF).read_bytes()[:5000], "x.elf")


@test
def a_name_cannot_break_the_message():
    with tempfile.TemporaryDirectory() as folder:
        result = prof("top", os.path.join(folder, "a\nb\033[31m.prof"))
        expect_message(result, 1)
        expect(b"\033" not in result.stderr, result.stderr)


# Where it writes.


@test
def a_full_disk_is_status_1():
    if not os.path.exists("/dev/full"):
        return
    for arguments in (
        ["top", CPU],
        ["info", CPU],
        ["traces", CPU],
        ["graph", CPU],
        ["convert", "--format=pb", CPU],
        ["convert", "--format=speedscope", CPU],
        ["flame", CPU],
        ["flame", "-o", "-", CPU],
        ["--help"],
    ):
        with open("/dev/full", "wb") as full:
            result = prof(*arguments, stdout=full)
        expect(result.returncode == 1, arguments, result.returncode)
        expect(
            result.stderr.startswith(b"prof: standard output: "), result.stderr
        )
        expect(result.stderr.count(b"\n") == 1, result.stderr)


@test
def a_closed_pipe_is_quiet():
    for command, restore in itertools.product(
        (
            ["top"],
            ["traces"],
            ["flame"],
            ["graph"],
            ["convert", "--format=pb"],
            ["convert", "--format=speedscope"],
        ),
        (True, False),
    ):
        reading, writing = os.pipe()
        os.close(reading)
        process = subprocess.run(
            [PROF, *command, "--no-trim", CPU],
            stdout=writing,
            stderr=subprocess.PIPE,
            env=ENVIRONMENT,
            restore_signals=restore,
            timeout=60,
        )
        os.close(writing)
        expect(process.returncode != 0, process.returncode)
        expect(process.stderr == b"", process.stderr)


@test
def a_pipe_closed_in_the_middle_is_quiet():
    for command in ["flame"], ["traces"], ["convert", "--format=speedscope"]:
        process = subprocess.Popen(
            [PROF, *command, CPU],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=ENVIRONMENT,
        )
        expect(len(process.stdout.read(10)) == 10)
        process.stdout.close()
        message = process.stderr.read()
        process.stderr.close()
        expect(process.wait(60) == -signal.SIGPIPE, command, process.returncode)
        expect(message == b"", command, message)


# Each writes a file of its own kind: what comes before its name, and behind it.
WRITERS = (
    (["flame", "-o"], "a.svg", [CPU]),
    (["flame", "-o"], "a.png", [CPU]),
    (["flame", "-o"], "a.pdf", [CPU]),
    (["flame", "-o"], "a.json", [CPU]),
    (["convert", "-o"], "a.pb", [CPU]),
    (["convert", "-o"], "a.pb.gz", [CPU]),
    (["convert", "-o"], "a.folded", [CPU]),
    (["convert", "-o"], "a.callgrind", [CPU]),
    (["convert", "-o"], "a.speedscope.json", [CPU]),
    (["graph", "-o"], "a.dot", [CPU]),
    (["thumbnail", CPU], "a.png", ["64"]),
)
if shutil.which("dot") is not None:
    WRITERS += tuple((["graph", "-o"], f"a.{end}", [CPU]) for end in ("svg", "pdf"))


def written_to(folder, writer, program=PROF, **options):
    """The result of a writer, and the path it was to write to."""
    before, name, behind = writer
    path = os.path.join(folder, name)
    result = subprocess.run(
        [program, *before, path, *behind],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=ENVIRONMENT,
        timeout=60,
        **options,
    )
    return result, path


@test
def a_file_is_replaced_and_nothing_else_is_left():
    for writer in WRITERS:
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, writer[1])
            pathlib.Path(path).write_bytes(b"old")
            os.chmod(path, 0o640)
            result, _ = written_to(folder, writer)
            expect(result.returncode == 0, writer, result.stderr)
            expect(result.stdout + result.stderr == b"", result)
            expect(os.listdir(folder) == [writer[1]], os.listdir(folder))
            expect(stat.S_IMODE(os.stat(path).st_mode) == 0o640, writer)
            expect(os.path.getsize(path) > 100, writer)


@test
def what_a_link_points_to_is_replaced_not_the_link():
    for writer in WRITERS:
        with tempfile.TemporaryDirectory() as folder:
            os.mkdir(os.path.join(folder, "far"))
            target = os.path.join(folder, "far", "target")
            pathlib.Path(target).write_bytes(b"old")
            path = os.path.join(folder, writer[1])
            os.symlink("far/target", path)
            result, _ = written_to(folder, writer)
            expect(result.returncode == 0, writer, result.stderr)
            expect(os.readlink(path) == "far/target", writer)
            expect(os.path.getsize(target) > 100, writer)
            expect(sorted(os.listdir(folder)) == sorted([writer[1], "far"]))
            expect(os.listdir(os.path.join(folder, "far")) == ["target"])


def limit_files():
    resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))


@test
def a_file_that_cannot_grow_is_status_1_and_the_old_one_stays():
    for writer, old in itertools.product(WRITERS, (b"old", None)):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, writer[1])
            if old is not None:
                path.write_bytes(old)
            result, _ = written_to(folder, writer, preexec_fn=limit_files)
            expect_message(result, 1, f"prof: {path}: File too large".encode())
            expect(os.listdir(folder) == ([writer[1]] if old else []), writer)
            expect(old is None or path.read_bytes() == old, writer)
    with tempfile.TemporaryFile() as output:
        result = prof("flame", CPU, stdout=output, preexec_fn=limit_files)
    expect(result.returncode == 1, result.returncode)
    expect(result.stderr == b"prof: standard output: File too large\n", result.stderr)


@test
def a_full_disk_leaves_the_old_file():
    # In a mount namespace of its own, a disk of 12 KiB.
    script = 'mount -t tmpfs -o size=12k none "$0" || exit 77; printf old >"$1"'
    script += '; shift; "$@"; echo "status $?"; ls -A "$0"; cat "$0"/a.*'
    for before, name, behind in WRITERS:
        if before[0] == "thumbnail":  # smaller than that
            continue
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, name)
            command = [PROF, *before, path, *behind]
            try:
                result = subprocess.run(
                    ["unshare", "-m", "sh", "-c", script, folder, path, *command],
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    env=ENVIRONMENT,
                    timeout=60,
                )
            except FileNotFoundError:
                return
            if result.returncode in (1, 77) and b"status" not in result.stdout:
                return  # not allowed here; the case above is much the same
            expect(result.stdout == f"status 1\n{name}\nold".encode(), result)
            message = f"prof: {path}: No space left on device\n"
            expect(result.stderr == message.encode(), result.stderr)


# How far into a run it is killed, of the time that a whole one takes.
MOMENTS = [step / 6 for step in range(1, 8)]


@test
def a_program_that_is_killed_leaves_the_old_file_or_the_whole_new_one():
    for writer in WRITERS:
        before, name, behind = writer
        with tempfile.TemporaryDirectory() as folder:
            begun = time.monotonic()
            result, path = written_to(folder, writer)
            lasts = time.monotonic() - begun
            expect(result.returncode == 0, writer, result.stderr)
            whole = pathlib.Path(path).read_bytes()
            for moment in MOMENTS:
                pathlib.Path(path).write_bytes(b"old")
                child = subprocess.Popen(
                    [PROF, *before, path, *behind],
                    stderr=subprocess.DEVNULL,
                    env=ENVIRONMENT,
                )
                time.sleep(lasts * moment)
                child.kill()
                child.wait()
                kept = pathlib.Path(path).read_bytes()
                expect(kept in (b"old", whole), writer, moment, len(kept))
            for left in set(os.listdir(folder)) - {name}:
                expect(left.startswith(f".{name}."), writer, left)


@test
def a_folder_that_may_not_be_written_to_is_status_1():
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        program = shutil.copy(PROF, folder)
        profile = shutil.copy(CPU, os.path.join(folder, "cpu.prof"))
        os.chmod(profile, 0o644)
        closed = os.path.join(folder, "closed")
        os.mkdir(closed)
        options = {"user": 65534} if os.geteuid() == 0 else {}
        for before, name, behind in WRITERS:
            path = pathlib.Path(closed, name)
            path.write_bytes(b"old")
            os.chmod(path, 0o666)
            os.chmod(closed, 0o555)
            writer = [profile if a == CPU else a for a in before], name
            writer += ([profile if a == CPU else a for a in behind],)
            result, _ = written_to(closed, writer, program=program, **options)
            expect_message(result, 1, f"prof: {path}: Permission denied".encode())
            os.chmod(closed, 0o755)
            expect(path.read_bytes() == b"old", name)
            path.unlink()
        expect(os.listdir(closed) == [], os.listdir(closed))


@test
def a_device_that_is_full_is_status_1():
    if not os.path.exists("/dev/full"):
        return
    for arguments in (
        ["flame", "-o", "/dev/full", CPU],
        ["graph", "-o", "/dev/full", CPU],
        ["convert", "--format=speedscope", "-o", "/dev/full", CPU],
    ):
        result = prof(*arguments)
        expect_message(result, 1, b"prof: /dev/full: No space left on device")


def read_terminal(file):
    """All that was written to it; what comes does so in pieces."""
    seen = b""
    while True:
        try:
            piece = os.read(file, 65536)
        except OSError:  # nobody has it open any more
            piece = b""
        if not piece:
            os.close(file)
            return seen
        seen += piece


@test
def a_terminal_sees_no_control_characters():
    names = [b"", b"samples", b"count", b"evil\033[2Jname"]
    strings = b"".join(b"\x32" + bytes([len(n)]) + n for n in names)
    # One type, one function, one location, one sample.
    data = (
        b"\x0a\x04\x08\x01\x10\x02"
        b"\x2a\x04\x08\x01\x10\x03"
        b"\x22\x06\x08\x01\x22\x02\x08\x01"
        b"\x12\x04\x08\x01\x10\x05" + strings
    )
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        expect_table(prof("top", file.name), b"evil\033[2Jname")
        for command in "top", "traces":
            ours, theirs = pty.openpty()
            result = prof(command, file.name, stdout=theirs)
            os.close(theirs)
            seen = read_terminal(ours)
            expect(result.returncode == 0, result.stderr)
            expect(b"evil?[2Jname" in seen, seen)


@test
def several_profiles_are_added_up():
    one = prof("top", "--unit=ns", OLD).stdout
    two = prof("top", "--unit=ns", OLD, OLD).stdout
    total = int(one.split(b"% of ")[1].split(b"ns")[0])
    expect(b"of %dns total" % (2 * total) in two, total, two)


@test
def many_profiles_are_added_up_in_turns():
    one = prof("top", "--unit=ns", OLD).stdout
    many = prof("top", "--unit=ns", *[OLD] * 130).stdout
    total = int(one.split(b"% of ")[1].split(b"ns")[0])
    expect(b"of %dns total" % (130 * total) in many, total, many)


@test
def a_missing_one_of_several_is_only_reported():
    result = prof("top", "/nonexistent/x.prof", OLD, "/nonexistent/y.prof")
    expect(result.returncode == 0, result.returncode)
    expect(result.stdout == prof("top", OLD).stdout, result.stdout)
    lines = result.stderr.splitlines()
    expect(len(lines) == 2, lines)
    expect(lines[0].startswith(b"prof: /nonexistent/x.prof: "), lines)
    result = prof("top", "/nonexistent/x.prof", "/nonexistent/y.prof")
    expect(result.returncode == 1, result.returncode)
    expect(result.stdout == b"", result.stdout)


@test
def a_base_is_subtracted():
    expect_table(prof("top", f"--base={OLD}", OLD), b"nodes accounting for 0, 0% of 0 ")
    result = prof("top", f"--base={OLD}", NEW)
    expect_table(result, b"of 550ms total")
    expect(b"-" in result.stdout.split(b"cum%\n")[1], result.stdout)
    expect_table(prof("top", f"--diff_base={OLD}", NEW), b"of 850ms total")
    twice = prof("top", "--unit=ms", *[f"--base={OLD}"] * 2, NEW, NEW)
    expect_table(twice, b"of 1100ms total")


@test
def a_normalized_profile_sums_up_to_its_base():
    result = prof("top", "--unit=ns", f"--base={OLD}", "--normalize", NEW, NEW)
    alone = prof("top", "--unit=ns", f"--base={OLD}", "--normalize", NEW)
    rows = [r.stdout.split(b"cum%\n")[1] for r in (result, alone)]
    expect(rows[0] == rows[1], rows)
    expect(b"accounting for 0, " in alone.stdout, alone.stdout)


@test
def units_are_aligned_and_nothing_is_lost():
    files = [str(CONSTRUCTED / f"lost-{unit}.pb") for unit in ("ms", "ns")]
    result = prof("top", "--sample-index=samples", *files)
    expect_table(result, b"100% of 11")


@test
def a_base_that_does_not_fit_is_refused():
    expect_usage(
        prof("top", "--normalize", NEW), b"must have base profile to normalize by"
    )
    result = prof("top", f"--base={OLD}", f"--diff-base={OLD}", NEW)
    expect_message(result, 2)
    expect_message(
        prof("top", "--base=/nonexistent/x.prof", NEW),
        1,
        b"prof: /nonexistent/x.prof: ",
    )
    expect_message(prof("top", CPU, HEAP), 1, f"prof: {CPU}: ".encode())
    expect_message(prof("top", f"--base={HEAP}", CPU), 1, f"prof: {CPU}: ".encode())
    result = prof("top", "--normalize", f"--base={HEAP}", CPU)
    expect_message(result, 1, f"prof: {CPU}: ".encode())


# Flame graphs.


def flame(*arguments, profile=CPU):
    result = prof("flame", *arguments, profile)
    expect(result.returncode == 0, result.stderr)
    root = xml.etree.ElementTree.fromstring(result.stdout)
    return root, result.stdout.decode()


def titles(root):
    """What each frame says of itself, in the order of the file."""
    return [
        group.find(SVG + "title").text
        for group in root.iter(SVG + "g")
        if group.get("class", "").startswith("frame")
    ]


@test
def flame_with_leaves_first_agrees_with_top():
    root, text = flame("--reverse")
    found = titles(root)
    name = "compress/flate.(*compressor).findMatch"
    expect(found[0].startswith(name + "\n1.17 s (12.1 %)"), found[0])
    expect("below each function its callers" in text)
    expect("above each function its callers" in flame("--reverse", "--flame")[1])


@test
def flame_can_be_ordered_by_name():
    names = [title.split("\n")[0] for title in titles(flame("--order=name")[0])]
    by_weight = [title.split("\n")[0] for title in titles(flame()[0])]
    first = names[: names.index("net/http.(*conn).serve") + 1]
    expect(first == sorted(first), first)
    expect(names != by_weight)
    expect("order: by name" in flame("--order=name")[1])


@test
def flame_can_zoom_to_the_heaviest_match():
    text = flame("--root=json.*unmarshal$")[1]
    expect("showing encoding/json.(*decodeState).unmarshal, 3.0 %" in text)
    result = prof("flame", "--root=nothing-like-it", CPU)
    expect_message(result, 1, f"prof: {CPU}: no frame matches --root".encode())


@test
def flame_names_its_filters():
    expect("server-cpu.prof · no filters · Flambeau" in flame()[1])
    text = flame("--focus=json", "--hide=a<b&c")[1]
    expect("· focus=json, hide=a&lt;b&amp;c ·" in text, text[-900:])


@test
def flame_takes_words_and_keeps_notes():
    root, text = flame(
        "--title=<A> & b", "--subtitle=s", "--countname=busy time", "--notes=n & <m>"
    )
    expect(root.find(SVG + "title").text == "<A> & b")
    expect(root.find(SVG + "desc").text == "n & <m>")
    expect("Width = busy time;" in text)
    expect("server: busy time" in flame("--countname=busy time")[1])


def named(names):
    """A profile in which each name is a function of its own, called by "main"."""
    strings = [b"", b"samples", b"count", b"main", *names]
    out = wire.raw(1, wire.num(1, 1) + wire.num(2, 2))
    for i in range(3, len(strings)):
        out += wire.raw(4, wire.num(1, i) + wire.raw(4, wire.num(1, i)))
        out += wire.raw(5, wire.num(1, i) + wire.num(2, i) + wire.num(4, i))
        if i > 3:
            out += wire.raw(2, wire.packed(1, [i, 3]) + wire.packed(2, [i]))
    return out + b"".join(wire.raw(6, string) for string in strings)


@test
def flame_writes_xml_whatever_is_in_a_name():
    odd = "\u0085\u2028\u202e\ufeff\ufffe\uffff\U0001f525\U0010ffff&<>\"']]>"
    names = [b"f" + bytes([byte]) + b"g" for byte in range(256)]
    names += [b"f" + letter.encode() + b"g" for letter in odd]
    names += [b"", b" ", b"]]>", b"--><!--", b"&amp;", b"\xed\xa0\x80", b"\xff" * 40]
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "odd.pb")
        pathlib.Path(path).write_bytes(named(names))
        for arguments in (
            ["--static"],
            ["--width=32000", "--minwidth=0.01"],
            ["--width=400", "--minwidth=0.01"],
            ["--order=name", "--reverse"],
        ):
            root, text = flame(*arguments, profile=path)
            expect("fAg" in text or "more" in text)
            # Slivers are lines of text, one for each.
            lines = text.split('<metadata class="faint">')[-1].split("</metadata>")[0]
            for line in lines.split("\n") if "sliver" in text else []:
                expect(line == "" or line.count(" ") >= 3, line)


@test
def flame_is_interactive_unless_told_otherwise():
    _, text = flame()
    still = flame("--static")[1]
    expect("<script>" in text and "<script>" not in still and "data-p" not in still)
    expect(text == flame()[1])
    script = text[text.index("<script>") :]
    expect(flame(profile=HEAP)[1].endswith(script))
    expect("http" not in script.replace("http://www.w3.org/", ""), "no network")
    # Names are data: what is executed is the same whatever they are.
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "odd.pb")
        pathlib.Path(path).write_bytes(named([b"</script>", b"]]>", b"<script>"]))
        expect(flame(profile=path)[1].endswith(script))


class Page(html.parser.HTMLParser):
    """Words and scripts of a page, and how its elements nest."""

    VOID = ("meta", "input", "circle", "path")

    def __init__(self, text):
        super().__init__()
        self.open = []
        self.texts = {}
        self.problems = []
        self.feed(text)
        self.close()
        if self.open:
            self.problems.append(f"open: {self.open}")

    def handle_starttag(self, tag, attributes):
        if tag not in self.VOID:
            name = dict(attributes).get("id", tag)
            self.open.append((tag, name))
            self.texts.setdefault(name, "")

    def handle_startendtag(self, tag, attributes):
        pass

    def handle_endtag(self, tag):
        if not self.open or self.open.pop()[0] != tag:
            self.problems.append(f"</{tag}> at {self.getpos()}")

    def handle_data(self, text):
        if self.open:
            self.texts[self.open[-1][1]] += text


def page_of(*arguments, profile=CPU):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "page.html")
        result = prof("flame", "-o", path, *arguments, profile)
        expect(result.returncode == 0, result.stderr)
        text = pathlib.Path(path).read_text(encoding="utf-8")
    page = Page(text)
    expect(page.problems == [], page.problems)
    return page, text, json.loads(page.texts["page-facts"])


@test
def flame_as_a_page_is_whole_and_the_same_each_time():
    page, text, facts = page_of()
    expect(text == page_of()[1])
    expect(page.texts["h1"] == "server: CPU time")
    expect(page.texts["script"] == page_of(profile=HEAP)[0].texts["script"])
    expect(facts["total"] == "9.68 s" and facts["search"] == "", facts)
    data = gzip.decompress(base64.b64decode(page.texts["page-data"]))
    expect(b"\ncompress/flate.(*compressor).findMatch\n" in b"\n" + data[2:])
    # All of the tree is there, and its frames are not written out one by one.
    expect(facts["shape"]["nodes"] == 1968 and facts["shape"]["hidden"] == 0, facts)
    expect(len(text) < 200000, len(text))


@test
def flame_as_a_page_begins_as_asked():
    _, _, facts = page_of(
        "--title=T", "--search=json", "--root=^net/http", "--flame", "--theme=light"
    )
    expect(facts["title"] == "T" and facts["search"] == "json")
    expect(facts["flame"] and facts["theme"] == "light" and facts["zoom"] == 1, facts)
    expect(page_of()[2]["theme"] == "" and page_of("--theme=dark")[2]["theme"] == "dark")
    expect(page_of("--reverse")[2]["leafFirst"] and page_of("--order=name")[2]["byName"])


@test
def flame_as_a_page_takes_any_name():
    names = [b"f" + bytes([byte]) + b"g" for byte in range(256)]
    names += [b"</script>", b"<!--<script>", b"]]>", b"\xff" * 40, b"a\nb", b"@data@"]
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "odd.pb")
        pathlib.Path(path).write_bytes(named(names))
        page, text, facts = page_of("--title=</title>&\x01", profile=path)
        empty = os.path.join(folder, "empty.pb")
        strings = [wire.raw(6, string) for string in (b"", b"samples", b"count")]
        kind = wire.raw(1, wire.num(1, 1) + wire.num(2, 2))
        pathlib.Path(empty).write_bytes(kind + b"".join(strings))
        expect(page_of(profile=empty)[2]["shape"]["nodes"] == 1)
    expect(text.count("<script") == 3 and text.count("</script") == 3)
    data = gzip.decompress(base64.b64decode(page.texts["page-data"]))
    expect(b"\n</script>\n" in data and facts["shape"]["frames"] > len(names) - 20)


@test
def flame_has_rows_and_letters_of_any_size():
    def size(*arguments):
        root, text = flame(*arguments)
        return float(root.get("height")), text

    usual, _ = size()
    expect(size("--height=10")[0] < usual)
    expect(size("--fontsize=20")[0] > usual)
    expect('font-size="20"' in size("--fontsize=20")[1])
    # No letters where none could be read.
    expect(">main.<" not in size("--height=7")[1].replace("tspan", ""))
    less = len(titles(flame("--minwidth=30")[0]))
    expect(less < len(titles(flame()[0])), less)
    expect("'DejaVu Sans', sans-serif" in flame("--fonttype=DejaVu Sans")[1])


def recursion(name, n):
    """A profile whose one stack is a function that calls itself n - 1 times."""
    out = wire.raw(1, wire.num(1, 1) + wire.num(2, 2))
    out += wire.raw(4, wire.num(1, 1) + wire.raw(4, wire.num(1, 1)))
    out += wire.raw(5, wire.num(1, 1) + wire.num(2, 3) + wire.num(4, 3))
    out += wire.raw(2, wire.packed(1, [1] * n) + wire.packed(2, [1]))
    return out + b"".join(wire.raw(6, s) for s in (b"", b"samples", b"count", name))


@test
def flame_refuses_what_would_be_too_large():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "deep.pb")
        output = os.path.join(folder, "a.svg")
        pathlib.Path(output).write_bytes(b"old")
        # Names are cut after 4096 letters, 16 KiB here; 17,000 are 266 MiB.
        name = "\U0001f525".encode() * 100000
        pathlib.Path(path).write_bytes(recursion(name, 17000))
        result = prof("flame", "-o", output, path)
        expect_message(result, 1, f"prof: {output}: the SVG would be larger".encode())
        expect(b"than 268435456 bytes; a larger --minwidth" in result.stderr, result.stderr)
        expect(b"--collapse-recursion" in result.stderr, result.stderr)
        expect(pathlib.Path(output).read_bytes() == b"old")
        result = prof("flame", "--collapse-recursion", "-o", output, path)
        expect(result.returncode == 0, result.stderr)
        text = pathlib.Path(output).read_text()
        title = text[text.index("<title>\U0001f525") :].split("\n")[0]
        expect(len(title) == len("<title>…") + 4096 and title[-1] == "…", len(title))
        pathlib.Path(path).write_bytes(recursion(b"f", 2000))
        png = os.path.join(folder, "a.png")
        result = prof("flame", "-o", png, path)
        expect_message(result, 1, f"prof: {png}: the picture would be 1200 by".encode())
        expect(result.stderr.endswith(b"; a row height of 16 fits (the limit \"side\")\n"), result.stderr)
        expect(prof("flame", "-o", png, "--height=16", path).returncode == 0)
        result = prof("flame", "-o", png, "--scale=4", "--width=5000", CPU)
        expect(b"; a scale of 3." in result.stderr, result.stderr)
        expect(sorted(os.listdir(folder)) == ["a.png", "a.svg", "deep.pb"])


def layout(*arguments, profile=CPU):
    """The JSON of a flame graph, and that it keeps its own laws."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "a.json")
        result = prof("flame", *arguments, "-o", path, profile)
        expect(result.returncode == 0, result.stderr)
        expect(os.listdir(folder) == ["a.json"], os.listdir(folder))
        told = json.loads(pathlib.Path(path).read_text())
    expect(told["report"] == "flame" and told["version"] == 1, told["version"])
    boxes = told["boxes"]
    expect(boxes[0]["width"] == told["width"] and boxes[0]["row"] == 0, boxes[0])
    expect(max(box["row"] for box in boxes) + 1 == told["rows"], told["rows"])
    for number, box in enumerate(boxes[1:], 1):
        above, before = boxes[box["parent"]], boxes[number - 1]
        expect(box["parent"] < number and above["row"] == box["row"] - 1, box)
        expect(box["x"] >= above["x"] - 0.001, box, above)
        expect(box["x"] + box["width"] <= above["x"] + above["width"] + 0.001, box)
        expect(("hidden" in box) != ("name" in box and "self" in box), box)
        if before["row"] == box["row"]:
            expect(before["x"] + before["width"] <= box["x"] + 0.001, before, box)
    return told


@test
def flame_tells_other_tools_what_the_picture_shows():
    for arguments in (
        [],
        ["--flame", "--theme=dark"],
        ["--reverse", "--order=name", "--search=json|mallocgc"],
        ["--root=json.*unmarshal$", "--height=10"],
    ):
        # Pictures have margins of 24 px.
        root, _ = flame(*arguments, "--width=1248", "--minwidth=5")
        told = layout(*arguments, "--minwidth=5")
        drawn = []
        for group in root.iter(SVG + "g"):
            if group.get("class", "").startswith("frame"):
                row, x, width = map(float, group.get("data-p").split())
                name = group.find(SVG + "title").text.split("\n")[0]
                drawn.append((row, x, width, name, group.find(SVG + "rect").get("fill")))
        boxes = [b for b in told["boxes"][1:] if "name" in b]
        found = [(b["row"], b["x"], b["width"], b["name"], b["fill"]) for b in boxes]
        expect(len(found) > 20 and found == drawn, arguments, found[:3], drawn[:3])
        way = "flame" if "--flame" in arguments else "icicle"
        expect(told["direction"] == way, told["direction"])
    expect(layout("--title=a", "--countname=b")["measured"] == "b")
    filters = layout("--focus=json", "--granularity=files")["filters"]
    expect("focus=json" in filters, filters)


@test
def flame_tells_the_numbers_of_top():
    told = layout("--minwidth=0.0001", "--reverse")
    rows = json.loads(prof("top", "--no-trim", "--format=json", CPU).stdout)["rows"]
    flat = sorted((r["name"], r["flat"]) for r in rows if r["flat"])
    first = sorted((b["name"], b["total"]) for b in told["boxes"] if b["row"] == 1)
    expect(first == flat, first[:3], flat[:3])
    told = layout("--minwidth=0.0001")
    expect(sum(b["self"] for b in told["boxes"]) == told["total"] == 9680000000)
    search = layout("--search=json")["search"]
    focused = layout("--focus=(?i)json")["total"]
    expect(search == {"pattern": "json", "total": focused}, search, focused)
    lines = layout("--granularity=lines", "--minwidth=1")["boxes"]
    expect(any(box.get("line", 0) > 0 for box in lines), lines[:4])


@test
def flame_tells_any_name_and_the_same_bytes():
    odd = "\u0085\u2028\u202e\ufeff\ufffe\uffff\U0001f525\U0010ffff&<>\"'\\"
    names = [b"f" + bytes([byte]) + b"g" for byte in range(256)]
    names += [b"f" + letter.encode() + b"g" for letter in odd]
    names += [b" ", b"\\", b'"', b"\xed\xa0\x80", b"\xff" * 40]
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "odd.pb")
        pathlib.Path(path).write_bytes(named(names))
        told = layout("--minwidth=0.01", profile=path)
        expect(len(told["boxes"]) == 2 + len(set(names)), len(told["boxes"]))
        expect(told["boxes"][1]["name"] == "main", told["boxes"][1])
        out = [os.path.join(folder, name) for name in ("1.json", "2.json")]
        german = dict(ENVIRONMENT, LC_ALL="de_DE.UTF-8", LANGUAGE="de")
        expect(prof("flame", "-o", out[0], CPU).returncode == 0)
        expect(prof("flame", "-o", out[1], CPU, env=german).returncode == 0)
        texts = [pathlib.Path(name).read_bytes() for name in out]
        expect(texts[0] == texts[1])


@test
def flame_compares_two_profiles():
    root, text = flame(f"--diff-base={OLD}", profile=NEW)
    found = titles(root)
    rows = {}
    expect(found and all(" → " in title for title in found), found)
    expect("the larger of before and now; order: by name" in text)
    expect("diff-new.pb against diff-old.pb" in text)
    expect("Change of total: less" in text and ">new<" in text and ">gone<" in text)
    for title in found:
        rows.setdefault(title.split("\n")[0], title.split("\n")[1])
    expect(rows["comes"] == "0 ns (0.0 %) → 90 ms (18.0 %), +90 ms (new)", rows)
    expect(rows["goes"] == "150 ms (17.6 %) → 0 ns (0.0 %), −150 ms (gone)", rows)
    expect(rows["main"].startswith("850 ms (100 %) → 500 ms (100 %)"), rows)
    shown = {
        side: {title.split("\n")[0] for title in titles(
            flame(f"--diff-base={OLD}", f"--width-of={side}", profile=NEW)[0])}
        for side in ("before", "now", "both")
    }
    expect(shown["before"] < shown["both"], shown)
    expect(shown["now"] < shown["both"], shown)
    expect(shown["before"] | shown["now"] == shown["both"], shown)
    weight = flame(f"--diff-base={OLD}", "--order=weight", profile=NEW)[1]
    expect("order: heaviest first" in weight)


@test
def flame_tells_both_sides_to_other_tools():
    result = prof("flame", f"--diff-base={OLD}", "-o", "/dev/stdout", NEW)
    expect(result.returncode == 0, result.stderr)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "a.json")
        result = prof("flame", f"--diff-base={OLD}", "-o", path, NEW)
        expect(result.returncode == 0, result.stderr)
        boxes = json.loads(pathlib.Path(path).read_text())["boxes"]
        plain = os.path.join(folder, "b.json")
        prof("flame", "-o", plain, NEW)
        expect("before" not in pathlib.Path(plain).read_text())
    found = {box["name"]: box for box in boxes}
    expect(found["comes"]["before"] == 0 and found["comes"]["now"] == 90_000_000, found)
    expect(found["goes"]["before"] == 150_000_000 and found["goes"]["now"] == 0, found)
    for box in boxes:
        expect(box["total"] == box["now"] - box["before"], box)
        expect(-3 <= box["step"] <= 3 and (box["step"] >= 0 or box["total"] < 0), box)


@test
def flame_of_a_profile_and_itself_is_unchanged():
    root, text = flame(f"--diff-base={CPU}")
    expect("unchanged" in text)
    expect(all("(0 %)" in title for title in titles(root)), titles(root)[:3])


def fills(text):
    document = xml.etree.ElementTree.fromstring(text)
    return {
        group.find(SVG + "rect").get("fill")
        for group in document.iter(SVG + "g")
        if group.get("class", "").startswith("frame")
    }


@test
def flame_takes_colours_by_name():
    plain = fills(flame()[1])
    for name in ("functions", "files", "self", "depth", "hot", "java", "aqua"):
        expect(fills(flame(f"--colors={name}")[1]) != plain, name)
    expect(fills(flame("--colors=packages")[1]) == plain)
    heats = fills(flame("--colors=self")[1])
    expect(heats <= {"#f6eee8", "#fcdec7", "#ffca9f", "#fdb171", "#f3963e"}, heats)
    expect(fills(flame("--colors=hot", "--hash")[1]) != fills(flame("--colors=hot")[1]))
    expect(fills(flame("--hash")[1]) == fills(flame("--colors=functions")[1]))
    expect("less than 1 %" in flame("--colors=self")[1])
    compared = flame(f"--diff-base={OLD}", "--colors=packages", profile=NEW)[1]
    expect("Change of total" not in compared)


@test
def flame_takes_a_ground():
    for name, color in (("blue", "#edf3fc"), ("#ffeedd", "#fed")):
        root, text = flame(f"--bgcolors={name}")
        ground = next(root.iter(SVG + "rect")).get("fill")
        expect(ground in (color, "#ffeedd"), ground)
    result = prof("flame", "--bgcolors=#404040", CPU)
    expect_usage(result, b"not be readable on --bgcolors=#404040; take a lighter")
    result = prof("flame", "--theme=dark", "--bgcolors=#ffffff", CPU)
    expect_usage(result, b"take a darker")
    expect_usage(prof("flame", "--bgcolors=mauve", CPU), b"mauve")


@test
def flame_fits_on_paper():
    with tempfile.TemporaryDirectory() as folder:
        def pages(*arguments):
            path = os.path.join(folder, "a.pdf")
            result = prof("flame", *arguments, "-o", path, CPU)
            expect(result.returncode == 0, result.stderr)
            content = pathlib.Path(path).read_bytes()
            again = prof("flame", *arguments, "-o", path, CPU)
            expect(again.returncode == 0 and pathlib.Path(path).read_bytes() == content)
            told = subprocess.run(
                ["pdfinfo", path], stdout=subprocess.PIPE, check=True
            ).stdout.decode()
            facts = dict(line.split(":", 1) for line in told.splitlines())
            return int(facts["Pages"]), facts["Page size"].strip().split(" pts")[0]

        expect(pages("--paper=a4-landscape") == (1, "841.89 x 595.28"))
        expect(pages("--paper=a4-landscape", "--pages")[0] == 2)
        expect(pages("--paper=letter") == (1, "612 x 792"))
    expect_usage(prof("flame", "--paper=a9", "-oa.pdf", CPU), b"not \xe2\x80\x9ca9")
    expect_usage(prof("flame", "--pages", "-oa.pdf", CPU), b"--pages needs a --paper")


@test
def flame_refuses_what_it_does_not_know():
    for argument, mentions in (
        ("--order=size", b"--order is weight or name"),
        ("--colors=mauve", b"there are packages, hot, mem"),
        ("--colors=diff", b"--colors=diff needs a --diff-base"),
        ("--width-of=now", b"--width-of needs a --diff-base"),
        ("--width-of=then", b"--width-of is before, now or both"),
        ("--theme=blue", b"--theme is light or dark"),
        ("--root=", b"--root wants a pattern"),
        ("--root=(", b"--root: "),
        ("--height=3", b"--height"),
        ("--fontsize=5", b"--fontsize wants"),
        ("--width=10", b"--width wants"),
        ("-ox.gif", b"in none of .svg, .png, .pdf, .html and .json"),
    ):
        expect_usage(prof("flame", argument, CPU), mentions)
    result = prof("flame", "--height=12", "--fontsize=9", CPU)
    expect_usage(result, b"--height of at least 13")


# Limits.

WHOLE = str(pathlib.Path(CPU).resolve())
ASKED = {
    "file": ("top", WHOLE),
    "inflated": ("top", WHOLE),
    "memory": ("top", WHOLE),
    "string": ("top", WHOLE),
    "frames": ("top", WHOLE),
    "nodes": ("flame", "-o-", WHOLE),
    "steps": ("flame", "-o-", "--reverse", WHOLE),
    "svg": ("flame", "-o-", WHOLE),
    "pixels": ("flame", "-opicture.png", WHOLE),
    "side": ("flame", "-opicture.png", WHOLE),
    "pattern": ("top", "--focus=[abcdefghijklmnopqrst]", WHOLE),
}
HIGHER = {"side": "32767", "pattern": "1M"}  # than what is needed; of others 60 M


@test
def each_limit_can_be_lowered_and_is_named():
    listed = prof("top", "--help").stdout.decode()
    limits = listed[listed.index("\nLimits of --limit, ") :]
    expect(prof("fetch", "--help").stdout.decode().endswith(limits), limits)
    with tempfile.TemporaryDirectory() as folder:
        for limit, (command, *arguments) in ASKED.items():
            expect(f"\n  {limit} " in listed, limit)
            result = prof(command, f"--limit={limit}=16", *arguments, cwd=folder)
            expect_message(result, 1)
            expect(CPU.encode() in result.stderr or "-opicture.png" in arguments, result.stderr)
            expect(f"limit \"{limit}\"".encode() in result.stderr, limit, result.stderr)
            expect(os.listdir(folder) == [], limit)
            higher = HIGHER.get(limit, "60M")
            result = prof(command, f"--limit={limit}={higher}", *arguments, cwd=folder)
            expect(result.returncode == 0, limit, result.stderr)
            for name in os.listdir(folder):
                os.unlink(os.path.join(folder, name))


def profile_of_names(*names, more=b""):
    """A stack of one frame for each name."""
    strings = b"".join(raw for raw in (wire.raw(6, text) for text in ("", "samples", "count", *names)))
    return (
        wire.raw(1, wire.num(1, 1) + wire.num(2, 2))
        + b"".join(wire.raw(2, wire.num(1, i) + wire.num(2, 1)) for i in range(1, len(names) + 1))
        + b"".join(wire.raw(4, wire.num(1, i) + wire.raw(4, wire.num(1, i))) for i in range(1, len(names) + 1))
        + b"".join(wire.raw(5, wire.num(1, i) + wire.num(2, i + 2)) for i in range(1, len(names) + 1))
        + strings
        + more
    )


def longest(text, letter="x"):
    """How many of a letter there are in a row, of what has an ellipsis behind it or none."""
    return max((len(run) for run in re.findall(f"{letter}+", text)), default=0)


@test
def a_name_is_cut_where_its_limits_say():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "long.pb")
        pathlib.Path(path).write_bytes(profile_of_names("x" * 6000))

        def drawn(name, *limits):
            result = prof(
                "flame", "--width=32000", *(f"--limit={limit}" for limit in limits), "-o", name, path, cwd=folder
            )
            expect(result.returncode == 0, limits, result.stderr)
            return pathlib.Path(folder, name).read_text()

        def shown(*limits):
            labels = re.sub("<title>[^<]*</title>|<desc>[^<]*</desc>", "", drawn("x.svg", *limits))
            return longest(re.sub("<script.*</script>", "", labels, flags=re.S))

        def tip(*limits):
            return max(longest(text) for text in re.findall("<title>([^<]*)</title>", drawn("x.svg", *limits)))

        def exported(*limits):
            return longest(drawn("x.json", *limits))

        expect((shown(), tip(), exported()) == (511, 4096, 4096), shown(), tip(), exported())
        expect(shown("shown=20") == 19, shown("shown=20"))
        expect(tip("shown=20") == 4096 and exported("shown=20", "tip=30") == 4096)
        expect(tip("tip=30") == 30 and shown("tip=30") == 511)
        expect(tip("tip=5000") == 5000 and tip("tip=60K") == 6000)
        expect(exported("exported=30") == 30 and tip("exported=30") == 4096)
        expect(exported("exported=5000") == 5000 and exported("exported=1M") == 6000)
        expect("…" in drawn("x.json", "exported=5000") and "…" not in drawn("x.json", "exported=6000"))
        page = re.search('id="page-data"[^>]*>([^<]*)<', drawn("x.html", "shown=20"))[1]
        cut = re.findall("(x+)…", gzip.decompress(base64.b64decode(page)).decode(errors="replace"))
        expect(cut == ["x" * 19], [len(run) for run in cut])


@test
def a_pattern_of_a_file_that_passes_a_limit_is_not_obeyed():
    drop = "work|[abcdefghijklmnopqrst]+0"
    slow = "work|(a+)+c"
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "drop.pb")
        for pattern, name, limit, more in (
            (drop, "work", "pattern=16", "pattern=1M"),
            (slow, "a" * 17 + "b", "pattern-steps=1000", "pattern-steps=10000000"),
        ):
            content = profile_of_names("main", "work", name, pattern)
            content = content.replace(wire.raw(2, wire.num(1, 4) + wire.num(2, 1)), b"")  # it is no function
            content += wire.raw(2, wire.packed(1, [2, 1]) + wire.packed(2, [1])) + wire.num(7, 6)
            pathlib.Path(path).write_bytes(content)
            result = prof("traces", f"--limit={limit}", path)
            expect(result.returncode == 0, result.stderr)
            named = f"(the limit \"{limit.partition('=')[0]}\")\n".encode()
            expect(b": no frames are dropped, as the file asks for: " in result.stderr, result.stderr)
            expect(result.stderr.endswith(named), result.stderr)
            for limits in ((), (f"--limit={more}",)):
                fewer = prof("traces", *limits, path)
                expect(fewer.returncode == 0 and fewer.stderr == b"", fewer.stderr)
                expect(fewer.stdout.count(b"work") < result.stdout.count(b"work"), fewer.stdout)


@test
def a_pattern_of_ones_own_has_limits_too():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "slow.pb")
        pathlib.Path(path).write_bytes(profile_of_names("a" * 17 + "b", "main"))
        for command, *arguments in (
            ("top", "--focus=^(a+)+$|main"),
            ("top", "--hide=^(a+)+$"),
            ("peek", "^(a+)+$|main"),
            ("list", "^(a+)+$|main"),
            ("flame", "-o-", "--search=^(a+)+$|main"),
        ):
            result = prof(command, "--limit=pattern-steps=100", *arguments, path)
            expect_message(result, 1 if command != "flame" else result.returncode)
            expect(b"takes too long: more than 100 steps" in result.stderr, command, result.stderr)
            expect(b"(the limit \"pattern-steps\")" in result.stderr, command, result.stderr)
            result = prof(command, "--limit=pattern-steps=10000000", *arguments, path)
            expect(result.returncode == 0, command, result.stderr)
        long = "[" + "m" * 70000 + "]"
        expect_message(prof("top", f"--focus={long}", path), 1)
        expect(prof("top", "--limit=pattern=100K", f"--focus={long}", path).returncode == 0)


@test
def a_limit_is_raised_as_far_as_is_safe():
    for limit, most in (
        ("string", 256 << 20),
        ("pattern", 1 << 20),
        ("pattern-steps", 10**7),
        ("pattern-seconds", 3600),
        ("shown", 512),
        ("tip", 65536),
        ("exported", 256 << 20),
        ("side", 32767),
        ("redirects", 100),
    ):
        expect(prof("top", f"--limit={limit}={most}", CPU).returncode == 0, limit)
        expect_usage(
            prof("top", f"--limit={limit}={most + 1}", CPU),
            f"the limit \"{limit}\" can be at most {most}".encode(),
        )
        expect_usage(prof("top", f"--limit={limit}=0", CPU), b"is a whole number")


@test
def a_name_may_be_longer_where_somebody_says_so():
    speedscope = json.dumps(
        {
            "$schema": "https://www.speedscope.app/file-format-schema.json",
            "shared": {"frames": [{"name": "x" * ((1 << 20) + 1)}]},
            "profiles": [{"type": "sampled", "name": "", "unit": "none", "samples": [[0]], "weights": [1]}],
        }
    ).encode()
    with tempfile.TemporaryDirectory() as folder:
        for name, content, says in (
            ("x.pb", profile_of_names("x" * ((64 << 20) + 1)), b"is longer than 67108864 bytes"),
            ("x.speedscope.json", speedscope, b"the text is longer than 1048576 bytes"),
        ):
            path = os.path.join(folder, name)
            pathlib.Path(path).write_bytes(content)
            result = prof("info", path)
            expect_message(result, 1)
            expect(says in result.stderr and b"(the limit \"string\")" in result.stderr, result.stderr)
            result = prof("info", "--limit=string=65M", path)
            expect(result.returncode == 0, name, result.stderr)
            result = prof("info", "--limit=string=1K", path)
            expect(b"1024 bytes" in result.stderr and b"(the limit \"string\")" in result.stderr, result.stderr)


@test
def a_line_may_be_as_long_as_its_frames_ask_for():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "deep.folded")
        pathlib.Path(path).write_bytes(b"main;f 1\n" * 40000 + b";".join([b"f" * 99] * 700000) + b" 1\n")
        result = prof("info", path)
        expect_message(result, 1)
        expect(b"line 40001 is longer than 64 MiB (the limit \"frames\")" in result.stderr, result.stderr)
        result = prof("info", "--limit=frames=2M", path)
        expect(result.returncode == 0, result.stderr)


@test
def a_source_file_has_a_limit():
    folder = str(ROOT / "tests" / "data" / "profiles" / "sources")
    command = ("list", ".", "--source-path", folder, str(CONSTRUCTED / "sources.pb"))
    for limit, refused in ("60", True), ("1M", False):
        result = prof(*command, f"--limit=source={limit}")
        expect(result.returncode == 0, result.stderr)
        expect((b"larger than 60 bytes" in result.stdout) == refused, result.stdout)


@test
def limits_hold_for_bases_and_sums():
    for arguments in (("--base", CPU, HEAP), (HEAP, CPU), ("--diff-base", CPU, CPU)):
        result = prof("top", "--limit=frames=3", *arguments)
        expect(b"limit \"frames\"" in result.stderr, result.stderr)
    result = prof("flame", "-o-", "--limit", "nodes=9", CPU, CPU)
    expect_message(result, 1)
    expect(b"more than 9 nodes" in result.stderr, result.stderr)


@test
def a_profile_of_many_small_messages_is_refused_in_time():
    lots = wire.raw(6, "") + b"".join(
        wire.raw(4, wire.num(1, i + 1)) for i in range(400000)
    )
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "many.pb.gz")
        pathlib.Path(path).write_bytes(gzip.compress(lots))
        expect(prof("info", path).returncode == 0)
        result = prof("info", "--limit=memory=16M", path)
        expect_message(result, 1)
        expect(b"takes more than 16 MiB of memory at byte" in result.stderr, result.stderr)


def deep_profile(depth, n):
    """So many samples, each with a label of its own, of one stack of so many frames."""
    stack = wire.packed(1, [1] * depth) + wire.packed(2, [1])
    samples = b"".join(
        wire.raw(2, stack + wire.raw(3, wire.num(1, 3) + wire.num(3, i + 1))) for i in range(n)
    )
    return (
        wire.raw(1, wire.num(1, 1) + wire.num(2, 2))
        + samples
        + wire.raw(4, wire.num(1, 1) + wire.raw(4, wire.num(1, 1)))
        + wire.raw(5, wire.num(1, 1) + wire.num(2, 4))
        + b"".join(wire.raw(6, text) for text in ("", "samples", "count", "k", "main.f"))
    )


@test
def what_is_written_has_a_limit():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "deep.pb.gz")
        out = os.path.join(folder, "out")
        pathlib.Path(path).write_bytes(gzip.compress(deep_profile(20000, 50)))
        for words in (
            ("raw",),
            ("traces",),
            ("traces", "--format=json"),
            ("traces", "--format=csv"),
            ("convert", "--format=folded"),
        ):
            pathlib.Path(out).write_bytes(b"old")
            result = prof(*words, "--limit=text=100K", "-o", out, path)
            expect_message(result, 1)
            expect(b"would be more than 102400 bytes (the limit \"text\")\n" in result.stderr, result.stderr)
            expect(pathlib.Path(out).read_bytes() == b"old", words)
            result = prof(*words, "--limit=text=100K", path)
            expect(result.returncode == 1, words)
            expect(0 < len(result.stdout) + (words[0] == "convert") <= 102400, words)
            expect(prof(*words, "-o", out, path).returncode == 0, words)


@test
def a_layout_has_the_limit_of_what_is_written():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "deep.pb")
        out = os.path.join(folder, "a.json")
        pathlib.Path(path).write_bytes(recursion(b"f" * 500, 2000))
        pathlib.Path(out).write_bytes(b"old")
        result = prof("flame", "--limit=text=1M", "-o", out, path)
        expect_message(result, 1, f"prof: {out}: ".encode())
        expect(b"would be more than 1048576 bytes (the limit \"text\")\n" in result.stderr, result.stderr)
        expect(pathlib.Path(out).read_bytes() == b"old")
        expect(prof("flame", "--limit=text=1M", "--limit=exported=9", "-o", out, path).returncode == 0)
        expect(prof("flame", "-o", out, path).returncode == 0)


@test
def limits_are_read_with_care():
    for text, says in (
        ("nodes", b"is a whole number, such as nodes=1000 or nodes=2G"),
        ("nodes=", b"is a whole number"),
        ("nodes=0", b"is a whole number"),
        ("nodes=-1", b"is a whole number"),
        ("nodes=1.5K", b"is a whole number"),
        ("nodes=1T", b"is a whole number"),
        ("nodes=1KiBB", b"is a whole number"),
        ("memory=99999999999G", b"is a whole number"),
        ("nodes=5G", b"can be at most 4294967294"),
        ("node=1", b"there is no limit \"node\"; there are file, inflated, memory"),
        ("=1", b"there is no limit \"\""),
    ):
        expect_usage(prof("top", f"--limit={text}", CPU), says)
    for text in "file=1g", "file=1GB", "file=1GiB", "file=100000000B", "file=100000K":
        expect(prof("top", "--limit", text, CPU).returncode == 0, text)


# Names for addresses.


def profile_of_this_process():
    """A profile of two addresses: one in libc, one of the program in front of it, with
    the path of libc."""
    address = ctypes.cast(ctypes.CDLL(None).qsort, ctypes.c_void_p).value
    for line in pathlib.Path("/proc/self/maps").read_text().splitlines():
        first, last = (int(number, 16) for number in line.split()[0].split("-"))
        if first <= address < last:
            break
    text = (
        "heap profile: 1: 16 [1: 16] @ heapprofile\n"
        f"1: 16 [1: 16] @ {address + 5:#x} 0x1010\n\nMAPPED_LIBRARIES:\n"
        f"1000-2000 r-xp 00000000 08:01 123 /bin/nowhere\n{line}\n"
    )
    return text, line.split()[-1]


@test
def libraries_that_are_named_give_names_too():
    text, libc = profile_of_this_process()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "x.heap")
        pathlib.Path(path).write_text(text)
        plain = prof("top", path)
        if b"qsort" in prof("top", libc, path).stdout:
            expect(b"qsort" not in plain.stdout, plain.stdout)
            expect_table(prof("top", PROF, libc, path), b" qsort")
            expect(b"qsort 16\n" in prof("torch", "-r", PROF, libc, path).stdout)
        result = prof("top", libc, PROF, path)
        expect(result.returncode == 0, result.returncode)
        if result.stderr:  # where there is libdw
            expect_says = f"prof: {PROF}: no binary of the profile is this file\n"
            expect(result.stderr == expect_says.encode(), result.stderr)


# Recordings by Linux perf.

EVENTS = "printf 'a 1/2 3.5:  7 cycles:\\n\\t 10 f+0x1 (/b)\\n\\n'\n"


class FakePerf:
    """A folder with perf.data in it, and an environment where perf is @script, after
    it has written its own number into the file "pid"."""

    def __init__(self, script):
        self.script = script

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        place = pathlib.Path(self.folder.name)
        self.data = str(place / "perf.data")
        self.pid = place / "pid"
        (place / "perf.data").write_bytes(b"PERFILE2" + bytes(96))
        program = place / "perf"
        program.write_text(f"#!/bin/sh\necho $$ >'{self.pid}'\n{self.script}\n")
        program.chmod(0o755)
        self.environment = dict(ENVIRONMENT, PATH=f"{place}:{ENVIRONMENT['PATH']}")
        return self

    def __exit__(self, *_):
        self.folder.cleanup()

    def prof(self, *arguments, **options):
        return prof(*arguments, env=self.environment, **options)


@test
def recordings_by_perf_are_read_by_perf():
    with FakePerf(EVENTS) as fake:
        expect_table(fake.prof("top", fake.data), b"7   100%   100%          7   100%  f")
        expect_table(fake.prof("info", fake.data), b"Format: perf script\n")
        expect(fake.prof("torch", "-r", fake.data).stdout == b"f 7\n")
        result = fake.prof("top", fake.data, fake.data)
        expect_table(result, b"14   100%   100%         14   100%  f")
        result = fake.prof("top", "--base", fake.data, fake.data)
        expect_table(result, b"accounting for 0, 0% of 0 total")


@test
def perf_is_not_started_for_standard_input_nor_pictures_of_files():
    with FakePerf(EVENTS) as fake:
        with open(fake.data, "rb") as stream:
            result = fake.prof("top", "-", stdin=stream)
        expect_message(result, 1, b"prof: standard input: this is data of Linux perf")
        picture = os.path.join(fake.folder.name, "x.png")
        fake.prof("thumbnail", fake.data, picture, "128")
        expect(not fake.pid.exists())


@test
def perf_that_fails_is_one_line():
    with FakePerf("echo 'no right to' >&2; exit 9") as fake:
        result = fake.prof("top", fake.data)
        expect_message(result, 1, f"prof: {fake.data}: perf failed with status 9: no".encode())
    with FakePerf("head -c 5000000 /dev/urandom") as fake:
        result = fake.prof("top", fake.data)
        expect_message(result, 1, f"prof: {fake.data}: what perf prints is not as".encode())
    with FakePerf("while :; do " + EVENTS + "done") as fake:
        result = fake.prof("top", "--limit=inflated=1M", fake.data)
        expect_message(result, 1, f"prof: {fake.data}: perf prints more than".encode())
    with FakePerf("") as fake:
        os.unlink(os.path.join(fake.folder.name, "perf"))
        fake.environment["PATH"] = fake.folder.name
        result = fake.prof("top", fake.data)
        expect_message(result, 1)
        expect("“linux-perf”".encode() in result.stderr, result.stderr)


def inside_flatpak_perf_is_not_asked_for():
    """Its programs are those of the runtime; another package would not help."""
    with FakePerf(EVENTS) as fake, tempfile.NamedTemporaryFile() as info:
        bare = [
            "--setenv", "PATH", "/app/bin:/nowhere", "--setenv", "LC_ALL", "C.UTF-8",
            "--ro-bind", PROF, "/prof", "--ro-bind", fake.data, "/perf.data",
        ]
        marked = ["--ro-bind", info.name, "/.flatpak-info"]
        for mark, says in [([], "“linux-perf”"), (marked, "cannot be run from inside a sandbox")]:
            for command in "top", "info":
                result = subprocess.run(
                    sandbox(*bare, *mark, "/prof", command, "/perf.data"),
                    stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60,
                )
                expect_message(result, 1, b"prof: /perf.data: recordings by Linux perf are read by perf, which ")
                expect(says.encode() in result.stderr, result.stderr)
        expect(b"outside, \"perf script -i FILE > FILE.txt\" writes it" in result.stderr)


if is_possible():
    test(inside_flatpak_perf_is_not_asked_for)


@test
def an_interrupt_ends_perf_too():
    with FakePerf("exec sleep 600") as fake:
        process = subprocess.Popen(
            [PROF, "top", fake.data], env=fake.environment, stderr=subprocess.PIPE
        )
        deadline = time.monotonic() + 30
        while not (fake.pid.exists() and fake.pid.read_text().endswith("\n")):
            expect(time.monotonic() < deadline, "perf was not started")
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
        expect(process.returncode == -signal.SIGINT, process.returncode)
        try:
            os.kill(int(fake.pid.read_text()), 0)
        except ProcessLookupError:
            return
        raise AssertionError("perf goes on")


def main():
    failed = 0
    print(f"1..{len(tests)}")
    for number, function in enumerate(tests, 1):
        name = "/cli/" + function.__name__.replace("_", "-")
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
