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


def run(prefix, *arguments):
    """Runs all cases with the arguments and ends the program."""
    failures = 0
    print(f"1..{len(tests)}")
    for number, function in enumerate(tests, 1):
        name = f"/{prefix}/" + function.__name__.replace("_", "-")
        try:
            function(*arguments)
            print(f"ok {number} {name}")
        except (AssertionError, OSError, subprocess.SubprocessError) as error:
            failures += 1
            print(f"not ok {number} {name}")
            for line in str(error).splitlines():
                print(f"# {line}")
        sys.stdout.flush()
    sys.exit(1 if failures else 0)
