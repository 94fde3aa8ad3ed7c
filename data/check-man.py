#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Formats manual pages and fails on any warning: check-man.py PAGE...

Skipped (77) without man.
"""

import os
import shutil
import subprocess
import sys

pages = sys.argv[1:]
if not shutil.which("man"):
    print("man is missing")
    sys.exit(77)
environment = {**os.environ, "LC_ALL": "C.UTF-8", "MANWIDTH": "80", "MANROFFOPT": "-ww"}
bad = 0
for page in pages:
    run = subprocess.run(
        ["man", "--warnings", "-E", "UTF-8", "-l", page],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    if run.returncode != 0 or run.stderr or not run.stdout:
        print(f"{page}: exit {run.returncode}\n{run.stderr.decode()}")
        bad += 1
print(f"{len(pages)} pages, {bad} with warnings")
sys.exit(1 if bad or not pages else 0)
