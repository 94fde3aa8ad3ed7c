# SPDX-License-Identifier: LGPL-2.1-or-later
"""The program of pprof.go: built where there is Go, and started."""

import os
import pathlib
import shutil
import subprocess

SOURCE = pathlib.Path(__file__).resolve().parent / "pprof.go"
MISSING = "go is not installed"


class Program:
    """Runs until it is stopped. @folder: what is built is kept there; several tests
    may share it, at the same time."""

    def __init__(self, folder):
        folder = pathlib.Path(folder).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / str(os.getpid()) / "pprof-server"
        self.path.parent.mkdir(exist_ok=True)
        environment = dict(
            os.environ,
            GOCACHE=str(folder / "cache"),
            GOPATH=str(folder / "path"),
            GO111MODULE="off",
            GOFLAGS="",
            CGO_ENABLED="0",
        )
        command = [shutil.which("go"), "build", "-o", str(self.path), str(SOURCE)]
        subprocess.run(command, env=environment, check=True)
        self.process = subprocess.Popen([self.path], stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())

    def stop(self):
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.path.parent)


def is_possible():
    return shutil.which("go") is not None
