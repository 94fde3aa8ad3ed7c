#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Sees that each header of libprof can be included alone; prints TAP.

usage: check-headers.py [--without HEADER] LIBPROF COMPILER [FLAG…]

A header that its own module includes before anything else has been compiled alone
by the build; all others are compiled here. A header is left out whose library is
not there.
"""
import pathlib
import re
import subprocess
import sys

FIRST_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]+(\S+)', re.MULTILINE)


def is_first_in_its_module(root, header):
    module = header.with_suffix(".c")
    if not module.exists():
        return False
    found = FIRST_INCLUDE.search(module.read_text(encoding="utf-8"))
    return bool(found) and found[1] == f'"{header.relative_to(root)}"'


def compiled(root, name, command):
    """What the compiler says of the header, nothing where it is content."""
    run = subprocess.run(
        [*command, "-std=c17", "-fsyntax-only", "-Wall", "-Werror", f"-I{root}", "-x", "c", "-"],
        input=f'#include "{name}"\n', text=True, capture_output=True)
    return "" if run.returncode == 0 else run.stderr or "refused"


def main():
    arguments = sys.argv[1:]
    left_out = None
    if arguments[0] == "--without":
        left_out, arguments = arguments[1], arguments[2:]
    root = pathlib.Path(arguments[0])
    headers = sorted(path for path in root.rglob("*.h") if path.name != left_out)
    failed = 0
    print(f"1..{len(headers)}")
    for number, path in enumerate(headers, 1):
        name = path.relative_to(root)
        wrong = "" if is_first_in_its_module(root, path) else compiled(root, name, arguments[1:])
        failed += bool(wrong)
        print("not ok" if wrong else "ok", number, "-", name)
        for line in wrong.splitlines():
            print("#", line)
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
