# SPDX-License-Identifier: LGPL-2.1-or-later
"""Go's pprof, asked by itself or many times in one process.

Starting pprof takes ten times as long as most answers. So the packages that it is
made of are copied from Go's own sources, with ask.go as another main program. From
time to time pprof itself is asked as well, and must say the same.
"""
import base64
import json
import os
import pathlib
import shutil
import subprocess
import threading

HERE = pathlib.Path(__file__).resolve().parent
PACKAGES = ("github.com/google/pprof", "github.com/ianlancetaylor/demangle")

# What the packages lack: to forget the options of the question before.
AGAIN = {
    "internal/driver": "package driver\nfunc Again() { setCurrentConfig(defaultConfig()) }\n",
    "driver": 'package driver\nimport internal "github.com/google/pprof/internal/driver"\nfunc Again() { internal.Again() }\n',
}


def build(go, folder):
    """Returns: the path of the program, and why there is none"""
    root = subprocess.run([go, "env", "GOROOT"], capture_output=True, text=True, check=True).stdout.strip()
    sources = pathlib.Path(root, "src/cmd/vendor")
    work = folder / "src"
    for package in PACKAGES:
        if not (sources / package).is_dir():
            return None, f"there is no {sources / package}"
        shutil.copytree(sources / package, work / package)
    for package, text in AGAIN.items():
        (work / PACKAGES[0] / package / "again.go").write_text(text)
    (work / "ask").mkdir()
    shutil.copy(HERE / "ask.go", work / "ask")
    environment = os.environ | {
        "GO111MODULE": "off", "GOPATH": str(folder), "GOFLAGS": "", "GOCACHE": str(folder / "cache"),
    }
    done = subprocess.run([go, "build", "-o", str(folder / "program"), "."], cwd=work / "ask", env=environment,
                          capture_output=True, text=True)
    return (folder / "program", "") if done.returncode == 0 else (None, done.stderr)


class Asker:
    """One such process for each thread."""

    def __init__(self, program, here, environment, scratch, timeout):
        self.words = [str(program), str(scratch)]
        self.options = {"cwd": here, "env": environment}
        self.timeout = timeout
        self.own = threading.local()
        self.started, self.lock = [], threading.Lock()

    def start(self):
        self.own.child = subprocess.Popen(self.words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, **self.options)
        with self.lock:
            self.started.append(self.own.child)
        return self.own.child

    def ask(self, words):
        """Returns: status, output and messages; None where it gave no answer in time"""
        child = getattr(self.own, "child", None) or self.start()
        timer = threading.Timer(self.timeout, child.kill)
        timer.start()
        try:
            child.stdin.write(json.dumps({"words": words}).encode() + b"\n")
            child.stdin.flush()
            line = child.stdout.readline()
        except BrokenPipeError:
            line = b""
        timer.cancel()
        if not line:
            self.own.child = None
            return None
        answer = json.loads(line)
        return answer["status"], *(base64.b64decode(answer[part] or "") for part in ("out", "messages"))

    def end(self):
        for child in self.started:
            child.stdin.close()
            child.kill()
            child.wait()
