# SPDX-License-Identifier: LGPL-2.1-or-later
"""What files.txt says is installed, held against what is there."""

import fnmatch
import pathlib

LIST = pathlib.Path(__file__).resolve().parent / "files.txt"


def expected(libdir, viewer):
    """Patterns of paths below the prefix."""
    for line in LIST.read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        only, _, path = line.rpartition(" ")
        if only != "viewer" or viewer:
            yield path.replace("{lib}", libdir)


def differences(paths, libdir, viewer):
    """Lines that say what is missing and what is too much."""
    patterns = list(expected(libdir, viewer))
    for pattern in patterns:
        if not fnmatch.filter(paths, pattern):
            yield f"missing: {pattern}"
    for path in paths:
        if not any(fnmatch.fnmatchcase(path, pattern) for pattern in patterns):
            yield f"not in files.txt: {path}"
