#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""usage: test-files.py SOURCE_ROOT SCRATCH FEATURE…

What each way to configure would install, without building it: everything, and
with each FEATURE disabled; other features are disabled always. Prints TAP."""

import json
import os
import pathlib
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True
from installed import differences  # noqa: E402

ROOT = pathlib.Path(sys.argv[1]).resolve()
SCRATCH = pathlib.Path(sys.argv[2]).resolve()
FEATURES = sys.argv[3:]
ALL_FEATURES = ("viewer", "http", "isal", "symbols")
PREFIX = "/usr"


def meson(*arguments):
    result = subprocess.run(
        ["meson", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=dict(os.environ, LC_ALL="C.UTF-8"))
    if result.returncode:
        raise AssertionError((result.stdout + result.stderr)[-600:])
    return result.stdout


def installed(folder):
    """Paths below the prefix; folders by what is in them."""
    for source, target in json.loads(meson("introspect", "--installed", folder)).items():
        source, target = pathlib.Path(source), pathlib.Path(target).relative_to(PREFIX)
        if source.is_dir():
            for file in source.rglob("*"):
                if file.is_file():
                    yield str(target / file.relative_to(source))
        else:
            yield str(target)


def check(off):
    folder = SCRATCH / ("without-" + off if off else "all")
    shutil.rmtree(folder, ignore_errors=True)
    options = [f"-D{feature}={'enabled' if feature in FEATURES and feature != off else 'disabled'}"
               for feature in ALL_FEATURES]
    meson("setup", f"--prefix={PREFIX}", "--libdir=lib64", "-Dtests=false", *options,
          str(folder), str(ROOT))
    found = list(differences(sorted(installed(folder)), "lib64",
                             "viewer" in FEATURES and off != "viewer"))
    shutil.rmtree(folder)
    if found:
        raise AssertionError("\n".join(found))


def main():
    cases = [None, *FEATURES]
    failed = 0
    print(f"1..{len(cases)}")
    for number, off in enumerate(cases, 1):
        name = f"without-{off}" if off else "everything"
        try:
            check(off)
            print(f"ok {number} /installed/{name}")
        except AssertionError as error:
            failed += 1
            print(f"not ok {number} /installed/{name}")
            for line in str(error).splitlines():
                print(f"# {line}")
        sys.stdout.flush()
    return 1 if failed else 0


sys.exit(main())
