#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Makes text files, one after the other, a C string.

usage: embed.py TEXT... HEADER NAME"""

import pathlib
import sys

*texts, header, name = sys.argv[1:]
whole = "".join(pathlib.Path(text).read_text(encoding="utf-8") for text in texts)
lines = whole.splitlines(keepends=True)


def quoted(line):
    octal = "".join(
        chr(byte) if 32 <= byte < 127 and byte not in b'"\\?' else f"\\{byte:03o}"
        for byte in line.encode()
    )
    return f'  "{octal}"\n'


pathlib.Path(header).write_text(
    f"static const char {name}[] =\n" + "".join(map(quoted, lines)) + "  ;\n",
    encoding="ascii",
)
