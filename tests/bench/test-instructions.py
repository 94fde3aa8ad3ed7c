#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""usage: test-instructions.py PROF GENERATE FLOOR

A guard that no noise reaches: `prof top` on 200,000 samples takes at most three times the instructions
that zlib needs to inflate the file, as callgrind counts them."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

MOST = 3


def instructions(command):
    found = subprocess.run(
        ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "MALLOC_PERTURB_": "0"},  # meson has all memory filled
    )
    counted = re.search(r"I +refs: +([\d,]+)", found.stderr)
    if found.returncode != 0 or counted is None:
        sys.exit(f"Bail out! {' '.join(map(str, command))}: {found.stderr}")
    return int(counted[1].replace(",", ""))


def main():
    prof, generate, floor = sys.argv[1:]
    print("1..1")
    if shutil.which("valgrind") is None:
        print("ok 1 # SKIP there is no valgrind")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        profile = pathlib.Path(folder) / "profile.pb.gz"
        shape = ["--samples", "200000", "--depth", "38", "--types", "heap", "--seed", "1"]
        subprocess.run([generate, *shape, "-o", profile], check=True)
        ours = instructions([prof, "top", profile])
        inflating = instructions([floor, "inflate", profile])
    print(f"# {ours:,} and {inflating:,}: {ours / inflating:.2f} times")
    is_few = ours <= MOST * inflating
    print(f"{'ok' if is_few else 'not ok'} 1 /instructions/top-takes-three-times-those-of-inflating")
    return 0 if is_few else 1


sys.exit(main())
