#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""usage: with-servers.py PROFILE GO_FOLDER COMMAND [ARGUMENT...]

Runs a command while there is something to capture: the ports of hostile.py, which
serves PROFILE, are in SERVER_PORT, OTHER_PORT and SECURE_PORT, that of pprof.go in
GO_PORT, unless there is no Go. Exits with the command's status."""

import os
import pathlib
import subprocess
import sys

import go_program
import hostile


def main():
    profile = pathlib.Path(sys.argv[1]).read_bytes()
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.lower().endswith("_proxy")
    }
    program = None
    for name, secure in ("SERVER", False), ("OTHER", False), ("SECURE", True):
        environment[f"{name}_PORT"] = str(hostile.Server(profile, secure).port)
    if go_program.is_possible():
        program = go_program.Program(sys.argv[2])
        environment["GO_PORT"] = str(program.port)
    try:
        return subprocess.run(sys.argv[3:], env=environment).returncode
    finally:
        if program is not None:
            program.stop()


if __name__ == "__main__":
    sys.exit(main())
