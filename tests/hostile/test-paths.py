#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""usage: test-paths.py PROF WATCH

What is named in a profile is text: no file is opened, no program started and no socket made because of it.
WATCH, loaded in front of the C library, writes down each time that one is. Prints TAP."""
import os
import pathlib
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from tap import expect, run, test  # noqa: E402

import corpus  # noqa: E402

COMMANDS = {
    "info": ["info"], "top": ["top"], "tree": ["tree"], "traces": ["traces"], "tags": ["tags"], "raw": ["raw"],
    "comments": ["comments"], "json": ["top", "--format=json"], "csv": ["traces", "--format=csv"],
    "svg": ["flame", "-o", "out.svg"], "png": ["flame", "-o", "out.png"], "pdf": ["flame", "-o", "out.pdf"],
    "html": ["flame", "-o", "out.html"], "layout": ["flame", "-o", "out.json"], "dot": ["graph", "-o", "out.dot"],
    "profile": ["convert", "-o", "out.pb.gz"], "folded": ["convert", "-o", "out.folded"],
    "callgrind": ["convert", "-o", "out.callgrind"],
}
# Of fonts it depends on the letters which are opened; of what is written, the name until then is random.
ANYWAY = ("open /usr/share/fonts/", "open /usr/lib/", "open /proc/self/", "open FOLDER/.out.")


class Watched:
    def __init__(self, prof, watch, folder):
        self.prof, self.folder = os.path.abspath(prof), pathlib.Path(folder)
        self.environment = dict(os.environ, LD_PRELOAD=os.path.abspath(watch), PROF_WATCH=os.path.join(folder, "log"))

    def did(self, content, words):
        """Returns: what was opened and begun, as a set of lines."""
        (self.folder / "profile").write_bytes(content)
        (self.folder / "log").write_bytes(b"")
        result = subprocess.run([self.prof, *words, "profile"], cwd=self.folder, env=self.environment,
                                stdin=subprocess.DEVNULL, capture_output=True, timeout=120)
        expect(result.returncode in (0, 1), words, result.stderr)
        text = (self.folder / "log").read_text(errors="replace")
        lines = text.replace(str(self.folder), "FOLDER").splitlines()
        expect("open profile" in lines, "nothing was watched", lines)
        return {line for line in lines if not line.startswith(ANYWAY)}

    def compare(self, cases):
        usual = {}
        for command, words in COMMANDS.items():
            usual[command] = self.did(corpus.TINY, words) | self.did(corpus.medium(), words)
        for case in cases:
            for command, words in COMMANDS.items():
                new = self.did(case.content(), words) - usual[command]
                expect(not new, f"{case.group}/{case.name}: {command}:", sorted(new))
        left = {path.name for path in self.folder.iterdir()} - {"profile", "log"}
        expect(all(name.startswith("out.") for name in left), left)


def a_binary():
    """One that is there, without symbols in the profile, and an address where somebody would listen."""
    made = corpus.Profile("samples/count", comments=["http://127.0.0.1:1/"], doc_url="http://127.0.0.1:1/doc")
    made.map("/bin/sh", "0123456789abcdef")
    made.sample([made.at(address=0x401000, mapping=1)], 1)
    return corpus.Case("here", "a-binary", corpus.ACCEPT, "", made.encode())


@test
def names_are_not_followed(prof, watch):
    """Of functions, files, binaries, labels, comments, and of an address for more."""
    named = "traverse", "device", "shell", "entity", "javascript-url"
    cases = [case for case in corpus.names().cases if case.name in named]
    expect(len(cases) == len(named), cases)
    with tempfile.TemporaryDirectory() as folder:
        Watched(prof, watch, folder).compare([*cases, a_binary()])


@test
def source_is_looked_for_when_it_is_asked_for(prof, watch):
    """So that what the others do not see would have been seen."""
    with tempfile.TemporaryDirectory() as folder:
        did = Watched(prof, watch, folder).did(corpus.named("/dev/zero"), ["list", "."])
        expect("open /dev/zero" in did, sorted(did))


run("paths", *sys.argv[1:3])
