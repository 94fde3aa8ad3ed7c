#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Fails for a file that has neither an SPDX line nor a line in .reuse/dep5.

usage: check-spdx.py SOURCE
"""
import fnmatch
import pathlib
import re
import subprocess
import sys

root = pathlib.Path(sys.argv[1])
dep5 = (root / ".reuse/dep5").read_text()
patterns = []
for block in re.findall(r"^Files:((?:.*\n)(?:[ \t]+.*\n)*)", dep5, re.M):
    patterns += block.split()
if (root / ".git").exists():
    names = subprocess.run(
        ["git", "-c", f"safe.directory={root}", "-C", root, "ls-files", "-z"],
        capture_output=True, text=True, check=True).stdout.split("\0")
else:
    names = [str(p.relative_to(root)) for p in root.rglob("*") if p.is_file()
             and not p.relative_to(root).parts[0].startswith("build")]
names = [name for name in names if name and (root / name).is_file()]
bad = []
for name in names:
    if name in ("COPYING", ".reuse/dep5") or any(fnmatch.fnmatch(name, p) for p in patterns):
        continue
    head = (root / name).read_bytes()[:600]
    if b"SPDX-License-Identifier:" not in head:
        bad.append(name)
print("\n".join(f"{name}: no SPDX line" for name in bad)
      or f"{len(names)} files, each with its licence")
sys.exit(bool(bad) or not names)
