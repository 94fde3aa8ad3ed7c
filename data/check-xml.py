#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Parses XML files, and those below folders: usage check-xml.py PATH..."""

import pathlib
import sys
import xml.etree.ElementTree as ElementTree

SUFFIXES = (".xml", ".xml.in", ".svg", ".ui")


def files(path):
    if path.is_file():
        return [path]
    return sorted(p for p in path.rglob("*") if p.name.endswith(SUFFIXES))


paths = [p for argument in sys.argv[1:] for p in files(pathlib.Path(argument))]
bad = 0
for path in paths:
    try:
        ElementTree.parse(path)
    except (ElementTree.ParseError, UnicodeError) as error:
        print(f"{path}: {error}")
        bad += 1
print(f"{len(paths)} files, {bad} not well-formed")
sys.exit(1 if bad or not paths else 0)
