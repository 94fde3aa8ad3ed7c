#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Fails when a source file includes upward, sideways, or a system library that is not its floor's.

usage: check-floors.py LIBPROF

floors.txt lists one floor a line, lowest first: folders separated by blanks; folders of one line do not see
each other. A line "only <cairo.h> paint export" says which folders may include that header (prefix match).
"""
import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
floor, only = {}, []
for level, line in enumerate((root / "floors.txt").read_text().splitlines()):
    words = line.split("#")[0].split()
    if words[:1] == ["only"]:
        only.append((words[1].strip("<>"), set(words[2:])))
        continue
    for name in words:
        floor[name] = level

bad = []
for path in sorted(root.rglob("*.[ch]")):
    own = path.relative_to(root).parts[0]
    if own not in floor:
        continue
    for n, text in enumerate(path.read_text(errors="replace").splitlines(), 1):
        m = re.match(r'\s*#\s*include\s+"([a-z-]+)/', text)
        if m and m[1] in floor and m[1] != own and floor[m[1]] >= floor[own]:
            bad.append(f"{path}:{n}: {own}/ may not include {m[1]}/")
        m = re.match(r"\s*#\s*include\s+<([^>]+)>", text)
        for prefix, folders in only:
            if m and m[1].startswith(prefix) and own not in folders:
                bad.append(f"{path}:{n}: {own}/ may not include <{m[1]}>")
print("\n".join(bad) or f"{len(floor)} folders, no include against the floors")
sys.exit(bool(bad))
