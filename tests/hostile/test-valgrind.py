#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""usage: test-valgrind.py PIPELINE SUPPRESSIONS [N]

Files as somebody unkind would write them, from bytes to tables, SVG and PNG, in one process under
valgrind, which sees what sanitizers do not: bytes that are read and were never written. N small files
of all groups, 30 without. Prints TAP."""
import os
import pathlib
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import corpus  # noqa: E402

MOST = 4096  # bytes; what is large says nothing else, and takes minutes
NAME = "/valgrind/nothing-is-read-that-was-not-written"
WRONG = 9


def small_files(most):
    """As many of each group as there is room for, from its beginning to its end."""
    groups = {}
    for case in corpus.cases():
        if case.group != "bombs":
            groups.setdefault(case.group, []).append(case)
    for cases in groups.values():
        step = max(1, len(cases) * len(groups) // most)
        for case in cases[::step]:
            content = case.content()
            if len(content) <= MOST:
                yield f"{case.group}-{case.name}", content


def main():
    pipeline, suppressions = sys.argv[1:3]
    most = int(sys.argv[3]) if len(sys.argv) > 3 else 30
    print("1..1")
    with tempfile.TemporaryDirectory() as folder:
        n = 0
        for n, (name, content) in enumerate(small_files(most), 1):
            pathlib.Path(folder, f"{n:04}-{name.replace('/', '-')}").write_bytes(content)
        words = ["valgrind", "--quiet", f"--suppressions={suppressions}", "--leak-check=full",
                 "--errors-for-leak-kinds=definite", f"--error-exitcode={WRONG}", pipeline, folder]
        done = subprocess.run(words, env=dict(os.environ, G_SLICE="always-malloc"), capture_output=True, text=True,
                              errors="replace")
    read = done.stdout.count("ok ")
    good = done.returncode == 0 and read == n > 0
    print("ok 1" if good else "not ok 1", NAME)
    for line in done.stderr.splitlines()[:60] if not good else []:
        print("#", line)
    print(f"# {read} of {n} files, status {done.returncode}")


main()
