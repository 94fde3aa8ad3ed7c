#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""usage: test-annotate.py PROF SOURCE_ROOT CALLGRIND_ANNOTATE

Callgrind files that we write, read by Valgrind: what each function costs by
itself. Prints TAP."""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
PROF, ROOT, ANNOTATE = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]
sys.path.insert(0, str(ROOT / "tests"))
from tap import expect, run, test  # noqa: E402
from written import Written, flat  # noqa: E402

EXAMPLES = ROOT / "data" / "examples"
UNITS = {"ms": 1_000_000}  # of samples 10 ms apart: nothing is cut off


def annotated(path):
    """What it prints: the unit, the sum, and costs by function."""
    text = subprocess.run(
        [ANNOTATE, "--threshold=100", "--auto=no", "--show-percs=no", path],
        check=True, capture_output=True, text=True, timeout=120,
    ).stdout
    unit = UNITS[re.search(r"^Events recorded: .*\((\w+)\)$", text, re.M)[1]]
    total = re.search(r"^ *([0-9,]+) +PROGRAM TOTALS", text, re.M)[1]
    costs = {}
    for cost, name in re.findall(r"^ *([0-9,]+)  [^:\n]*:(.*?)(?: \[.*\])?$", text, re.M):
        costs[name] = costs.get(name, 0) + int(cost.replace(",", "")) * unit
    return int(total.replace(",", "")) * unit, costs


@test
def each_function_costs_what_it_does_for_us():
    for name in "server-cpu", "qrcode-cpu", "regression-after":
        with tempfile.TemporaryDirectory() as folder:
            written = Written(PROF, EXAMPLES / f"{name}.prof", pathlib.Path(folder, "x.callgrind"))
            ours = flat(written.top())
            total, theirs = annotated(written.path)
        expect(total == sum(ours.values()), name, total, sum(ours.values()))
        wrong = {n: (ours[n], theirs.get(n)) for n in ours if ours[n] != theirs.get(n)}
        expect(not wrong, name, list(wrong.items())[:5])


run("annotate")
