#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""usage: test-bounds.py PROF MEASURE

What files of somebody unkind cost in memory and in the processor's time, which does not depend on
what else the machine does. Prints TAP."""
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
TESTS = pathlib.Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TESTS), str(TESTS / "bench")]
from tap import expect, run, test  # noqa: E402

import corpus  # noqa: E402
from shapes import SHAPES  # noqa: E402

SMALL = 1024  # bytes of a file, and
SMALL_KIB = 16 << 10  # what may be taken for it
BOMB_KIB = 1280 << 10
BOMB_MS = 5000
LITTLE_KIB = 512 << 10  # of address space
DEEP_MS = 3000  # for a stack of a million frames
TURNS = 5  # of which the quickest counts
GROWTH = 2.6  # times as long for twice as much, and
NOISE_MS = 50
MANY = {"truncate", "flips", "wire", "unknown", "strings", "names", "json", "text", "values", "times"}  # one of sixteen of them
LARGE = {"bombs", "depth"}  # making these takes longer than looking at all others


class Prof:
    def __init__(self, prof, measure):
        self.words = [os.path.abspath(measure), os.path.abspath(prof)]

    def cost(self, content, *words, space_kib=None):
        """Returns: status, message, ms of the processor, KiB at most."""
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "profile").write_bytes(content)
            command = [*self.words, *words, "profile"]
            if space_kib:
                command = ["sh", "-c", f'ulimit -v {space_kib} && exec "$@"', "sh", *command]
            result = subprocess.run(command, cwd=folder, capture_output=True, text=True, errors="replace")
        told = json.loads(result.stdout)
        return result.returncode, result.stderr, told["cpu_ms"], told["peak_kib"]


def for_each(function, things):
    """At the same time, as many as there are processors; what is wrong is told together."""
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        faults = [fault for fault in pool.map(function, things) if fault]
    expect(not faults, *faults[:9])


def few(cases):
    return (case for number, case in enumerate(cases) if case.group not in MANY or number % 16 == 0)


@test
def small_files_take_little_memory(prof):
    """Whatever lengths and numbers they name."""
    _, _, _, start = prof.cost(corpus.TINY, "top")

    def fault(case):
        content = case.content()
        if len(content) > SMALL:
            return None
        _, _, _, peak = prof.cost(content, "top")
        return peak - start > SMALL_KIB and f"{case.group}/{case.name}: {peak - start} KiB"

    for_each(fault, few(case for case in corpus.cases() if case.group not in LARGE))


@test
def bombs_end_soon_and_take_what_they_may(prof):
    def fault(case):
        _, _, spent, peak = prof.cost(case.content(), "top")
        return (peak > BOMB_KIB or spent > BOMB_MS) and f"{case.name}: {peak} KiB, {spent:.0f} ms"

    for_each(fault, corpus.bombs().cases)


@test
def with_little_memory_there_is_an_answer_or_one_line(prof):
    def fault(case):
        status, message, _, _ = prof.cost(case.content(), "top", space_kib=LITTLE_KIB)
        fine = status == 0 or (status == 1 and message.startswith("prof: ") and message.count("\n") == 1)
        return not fine and f"{case.name}: status {status}, {message[-300:]!r}"

    large = [case for case in corpus.bombs().cases if not case.name.endswith("10-gigabytes")]
    for_each(fault, [*large, *corpus.depth().cases])


@test
def a_stack_of_a_million_frames_is_shown_or_refused_in_time(prof):
    """In three seconds of the processor; the quickest of some turns counts, as others may work here too."""

    def fault(content, words):
        spent = []
        while len(spent) < TURNS:
            status, message, ms, _ = prof.cost(content, *words)
            expect(status == 0 or status == 1 and message.startswith("prof: "), words, message[-300:])
            spent.append(ms)
            if ms <= DEEP_MS:
                return None
        return f"{' '.join(words)}: {min(spent):.0f} ms"

    pictures = [("flame", "-o", f"picture.{kind}") for kind in ("svg", "png", "pdf", "html", "json")]
    reversed_ = ("flame", "--reverse", "-o", "picture.svg")
    for depth in 1000000, 1048577:
        content = corpus.one_stack(depth)
        for words in [("info",), ("top",), ("tree",), ("traces",), ("raw",), *pictures, reversed_]:
            slow = fault(content, words)
            expect(not slow, depth, slow)


@test
def what_is_twice_as_large_takes_twice_as_long(prof):
    """Shapes that invite to search in vain; what starting takes is taken off, the least of some turns counts."""
    start = min(prof.cost(corpus.TINY, "top")[2] for _ in range(TURNS))

    def fault(shape):
        make, n = SHAPES[shape]
        contents = [make(n // 4), make(n // 2)]
        least = [float("inf")] * 2
        for _ in range(TURNS):
            for i, content in enumerate(contents):
                status, message, spent, _ = prof.cost(content, "top")
                expect(status == 0, shape, message)
                least[i] = min(least[i], spent - start)
            if least[1] <= GROWTH * least[0] + NOISE_MS:
                return None
        return f"{shape}: {least[0]:.0f} ms, {least[1]:.0f} ms"

    for_each(fault, SHAPES)


@test
def a_file_that_ends_early_is_called_so(prof):
    """Where it does is a place at which something could end: then what is missing is told."""
    places = re.compile(r"ends early|is empty|no string table|not in the string table|this is text")
    early, told = 0, []
    for case in corpus.truncate().cases[::6]:
        told.append(prof.cost(case.content(), "top")[1])
        expect(places.search(told[-1]), case.name, told[-1])
        early += "ends early" in told[-1]
    expect(early * 5 >= len(told) * 4, early, len(told))


def out(prof, content, words, place):
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "profile").write_bytes(content)
        command = [prof.words[1], *words, "profile"]
        return subprocess.run(command, cwd=folder, env={**os.environ, **place}, capture_output=True).stdout


@test
def any_locale_and_zone_give_the_same(prof):
    """Again and elsewhere; but for a table's head, which has local time as pprof's has."""
    cases = [case for case in corpus.cases() if case.verdict == corpus.ACCEPT and case.group in ("names", "values", "times")]
    locales = [{"LC_ALL": name} for name in ("C.UTF-8", "de_DE.UTF-8", "C")]
    zones = [{**place, "TZ": zone} for place, zone in zip(locales, ("UTC", "Asia/Kathmandu", "America/St_Johns"))]

    def fault(case):
        content = case.content()
        for words, places in (["top"], locales), (["info", "--format=json"], zones), (["flame", "-o", "/dev/stdout"], zones):
            if len({out(prof, content, words, place) for place in places}) > 1:
                return f"{case.group}/{case.name}: {words}"
        return None

    for_each(fault, cases[::12])


if __name__ == "__main__":
    run("bounds", Prof(*sys.argv[1:3]))
