#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""usage: shapes.py PROF

CPU time of `prof top` and `prof flame` on shapes that invite to search in vain, of one size and
of twice that: in linear time the second takes twice as long. What starting takes is taken off,
the least of five turns counts. Each shape is also seen to be read."""
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
TESTS = pathlib.Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TESTS / "hostile"), str(TESTS / "data"), str(TESTS / "data/profiles")]

from corpus import FUNCTION, LINE, NAMES, STRINGS, TINY, TYPE, inline_chain, many_locations, many_mappings, one_stack
from wire import nums, num, packed, raw, varint

TURNS = 5


def functions(n):
    rows = b"".join(raw(5, nums(_1=i, _2=len(NAMES) + i - 1)) for i in range(1, n + 1))
    return rows + STRINGS + b"".join(raw(6, f"f{i}") for i in range(1, n + 1))


def locations(n):
    return b"".join(raw(4, num(1, i) + raw(4, num(1, i))) for i in range(1, n + 1))


def children(n):
    """A caller of n functions."""
    samples = b"".join(raw(2, packed(1, [i, 1]) + packed(2, [1])) for i in range(2, n + 2))
    return raw(1, TYPE) + samples + locations(n + 1) + functions(n + 1)


def stacks(n):
    """Unique ones of 20 frames, of 100 functions."""
    digits = [[(i // 10**place) % 100 + 1 for place in range(20)] for i in range(n)]
    samples = b"".join(raw(2, packed(1, row) + packed(2, [1])) for row in digits)
    return raw(1, TYPE) + samples + locations(100) + functions(100)


def labels(n):
    """All of one sample."""
    found = b"".join(raw(3, nums(_1=5, _2=len(NAMES) + i)) for i in range(n))
    values = b"".join(raw(6, f"value {i}") for i in range(n))
    location = raw(4, num(1, 1) + raw(4, LINE))
    return raw(1, TYPE) + raw(2, packed(1, [1]) + packed(2, [1]) + found) + location + raw(5, FUNCTION) + STRINGS + values


def labelled(n):
    """Samples of one stack, told apart by a label."""
    samples = b"".join(raw(2, packed(1, [1]) + packed(2, [1]) + raw(3, nums(_1=5, _3=i))) for i in range(1, n + 1))
    return raw(1, TYPE) + samples + raw(4, num(1, 1) + raw(4, LINE)) + raw(5, FUNCTION) + STRINGS


def long_ids(n):
    """Of ten bytes each."""
    return many_locations(lambda i: (1 << 64) - i, n)


SHAPES = {
    "children of one node": (children, 100000),
    "unique stacks": (stacks, 200000),
    "frames of one stack": (one_stack, 50000),
    "inlined lines": (inline_chain, 50000),
    "labels of one sample": (labels, 200000),
    "samples told apart by labels": (labelled, 100000),
    "mappings": (many_mappings, 50000),
    "ids of ten bytes": (long_ids, 100000),
    "ids that agree in 32 bits": (lambda n: many_locations(lambda i: i << 32, n), 100000),
    "ids that agree in 44 bits": (lambda n: many_locations(lambda i: i << 44, n), 100000),
}


def cpu(command):
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    message = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"shapes.py: {' '.join(command)}: {message.decode(errors='replace').strip()}")
    return usage.ru_utime + usage.ru_stime


def main():
    prof = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        paths = {}
        for name, content in [("start", TINY)] + [
            ((shape, times), make(n * times)) for shape, (make, n) in SHAPES.items() for times in (1, 2)
        ]:
            paths[name] = os.path.join(folder, f"{len(paths)}.pb")
            pathlib.Path(paths[name]).write_bytes(content)
        svg = os.path.join(folder, "x.svg")
        commands = {
            "top": lambda path: [prof, "top", path],
            "flame": lambda path: [prof, "flame", "--minwidth=2", "-o", svg, path],
        }
        least = {}
        for _ in range(TURNS):
            for command, line in commands.items():
                for name, path in paths.items():
                    spent = cpu(line(path))
                    least[command, name] = min(spent, least.get((command, name), spent))
    print(f"{'':30}{'n':>8}{'top ms':>9}{'2n':>9}{'ratio':>7}{'flame ms':>10}{'2n':>9}{'ratio':>7}")
    ratios = []
    for shape, (_, n) in SHAPES.items():
        row = f"{shape:30}{n:>8}"
        for command, width in ("top", 9), ("flame", 10):
            once, twice = (least[command, (shape, times)] - least[command, "start"] for times in (1, 2))
            ratios.append(twice / max(once, 0.001))
            row += f"{once * 1e3:>{width}.1f}{twice * 1e3:>9.1f}{ratios[-1]:>7.2f}"
        print(row)
    print(f"{'median ratio':30}{statistics.median(ratios):>64.2f}")


if __name__ == "__main__":
    main()
