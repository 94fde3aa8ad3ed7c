#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""usage: test-pprof-format.py PROF SOURCE_ROOT NODE PPROF_FORMAT

Profiles that we write, read by the npm package "pprof-format", which is in the
folder PPROF_FORMAT. Prints TAP."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
PROF, ROOT = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])
NODE, PACKAGE = sys.argv[3], sys.argv[4]
READER = pathlib.Path(__file__).with_name("read-pprof.cjs")
sys.path.insert(0, str(ROOT / "tests"))
from tap import expect, run, test  # noqa: E402
from written import Written, flat  # noqa: E402

PROFILES = [
    *sorted((ROOT / "data" / "examples").glob("*.prof")),
    ROOT / "tests/data/callgrind/good/busy.callgrind",
    ROOT / "tests/data/cpuprofile/good/busy.cpuprofile",
    ROOT / "tests/data/firefox/good/browser.json",
]


def info(path):
    text = subprocess.run([PROF, "info", "--format=json", path], check=True, capture_output=True, timeout=60)
    return json.loads(text.stdout)


def found(path):
    text = subprocess.run([NODE, READER, PACKAGE, path], check=True, capture_output=True, timeout=60)
    return json.loads(text.stdout)


@test
def types_sums_and_functions_are_ours():
    for suffix in ".pb.gz", ".pb":
        for profile in PROFILES:
            with tempfile.TemporaryDirectory() as folder:
                written = Written(PROF, profile, pathlib.Path(folder, "x" + suffix))
                ours, theirs = info(written.path), found(written.path)
                names = flat(written.top())
            expect(theirs["samples"] == ours["samples"], profile, theirs["samples"])
            for mine, other in zip(ours["types"], theirs["types"], strict=True):
                expect(all(mine[key] == other[key] for key in ("name", "unit", "total")), profile, mine)
                if mine["default"]:
                    other = {name: value for name, value in other["flat"].items() if value}
                    expect(other == names, profile, sorted(set(other.items()) ^ set(names.items()))[:4])


run("pprof-format")
