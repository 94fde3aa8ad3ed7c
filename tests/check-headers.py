#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Compiles each header of libprof by itself; prints TAP.

usage: check-headers.py [--without HEADER] LIBPROF COMPILER [FLAG…]

A header is left out whose library is not there.
"""
import pathlib
import subprocess
import sys

arguments = sys.argv[1:]
left_out = arguments[1] if arguments[0] == "--without" else None
if left_out is not None:
    arguments = arguments[2:]
root = pathlib.Path(arguments[0])
headers = sorted(path for path in root.rglob("*.h") if path.name != left_out)
print(f"1..{len(headers)}")
failed = False
for number, path in enumerate(headers, 1):
    name = path.relative_to(root)
    run = subprocess.run(
        [*arguments[1:], "-std=c17", "-fsyntax-only", "-Wall", "-Werror",
         f"-I{root}", "-x", "c", "-"],
        input=f'#include "{name}"\n', text=True, capture_output=True)
    failed |= run.returncode != 0
    print("ok" if run.returncode == 0 else "not ok", number, "-", name)
    if run.stderr:
        print("\n".join("# " + line for line in run.stderr.splitlines()))
sys.exit(failed)
