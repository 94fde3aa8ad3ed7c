# SPDX-License-Identifier: LGPL-2.1-or-later
"""What test programs in Python share: cases that are functions, and TAP."""

import subprocess
import sys

tests = []


def test(function):
    tests.append(function)
    return function


def expect(condition, *what):
    if not condition:
        raise AssertionError(" ".join(repr(w) for w in what))


def attempt(number, name, function, *arguments):
    """Runs one case, and says how it ended. Returns: whether it passed"""
    failure = None
    try:
        function(*arguments)
    except (AssertionError, OSError, subprocess.SubprocessError) as error:
        failure = error
    print("ok" if failure is None else "not ok", number, name)
    for line in str(failure or "").splitlines():
        print(f"# {line}")
    sys.stdout.flush()
    return failure is None


def run(prefix, *arguments):
    """Runs all cases with the arguments and ends the program."""
    failures = 0
    print(f"1..{len(tests)}")
    for number, function in enumerate(tests, 1):
        name = f"/{prefix}/" + function.__name__.replace("_", "-")
        failures += not attempt(number, name, function, *arguments)
    sys.exit(1 if failures else 0)
