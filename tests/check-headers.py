#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Compiles each header of libprof by itself; prints TAP.

usage: check-headers.py LIBPROF COMPILER [FLAG…]
"""
import pathlib
import subprocess
import sys

root = pathlib.Path(sys.argv[1])
headers = sorted(root.rglob("*.h"))
print(f"1..{len(headers)}")
failed = False
for number, path in enumerate(headers, 1):
    name = path.relative_to(root)
    run = subprocess.run(
        [*sys.argv[2:], "-std=c17", "-fsyntax-only", "-Wall", "-Werror",
         f"-I{root}", "-x", "c", "-"],
        input=f'#include "{name}"\n', text=True, capture_output=True)
    failed |= run.returncode != 0
    print("ok" if run.returncode == 0 else "not ok", number, "-", name)
    if run.stderr:
        print("\n".join("# " + line for line in run.stderr.splitlines()))
sys.exit(failed)
