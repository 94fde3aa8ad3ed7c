#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""usage: check-stage.py STAGE PREFIX viewer|no-viewer|nothing

Looks at a staged installation: exactly the files of files.txt are below
STAGE/PREFIX, and none elsewhere; or nothing is left of them."""

import pathlib
import sys

sys.dont_write_bytecode = True
from installed import differences  # noqa: E402

stage = pathlib.Path(sys.argv[1])
prefix = stage / sys.argv[2].lstrip("/")
files = [path for path in stage.rglob("*") if not path.is_dir()]
outside = [str(path) for path in files if not path.is_relative_to(prefix)]
paths = [str(path.relative_to(prefix)) for path in files if path.is_relative_to(prefix)]
if sys.argv[3] == "nothing":
    found = [f"left: {path}" for path in paths]
else:
    [library] = prefix.rglob("libprof.a")
    libdir = str(library.parent.relative_to(prefix))
    found = list(differences(paths, libdir, sys.argv[3] == "viewer"))
found += [f"outside of the prefix: {path}" for path in outside]
print("\n".join(found) or f"{len(paths)} files")
sys.exit(bool(found))
