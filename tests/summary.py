#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Counts the cases of a test run and prints "N passed, N failed".

usage: summary.py TESTLOG_JSON

Cases are the lines of TAP programs, else whole programs. A skipped case counts
as failed: a test that did not run has shown nothing.
"""
import json
import re
import sys

CASE = re.compile(r"^(not )?ok\b.*?(#\s*(SKIP|TODO)\b.*)?$", re.IGNORECASE)


def cases(test):
    """Yields (passed, name) for each case of one logged program."""
    found = False
    for line in test.get("stdout", "").splitlines():
        match = CASE.match(line)
        if match:
            found = True
            yield not match[1] and not match[2], line
    if not found or test["result"] not in ("OK", "FAIL", "SKIP"):
        yield test["result"] == "OK", test["result"]
    elif test["result"] == "FAIL" and test.get("returncode", 0) < 0:
        yield False, "crashed"


def main():
    passed, failed = 0, 0
    with open(sys.argv[1], encoding="utf-8") as log:
        for line in log:
            test = json.loads(line)
            for good, name in cases(test):
                passed += good
                failed += not good
                if not good:
                    print(f"failed: {test['name']}: {name}")
    print(f"{passed} passed, {failed} failed")
    return failed > 0 or passed == 0


sys.exit(main())
