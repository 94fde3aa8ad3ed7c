#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""usage: test-completions.py PROF SOURCE_ROOT

What bash, zsh and fish offer after "prof": the commands and options that prof
itself lists, words that it takes, the sample types of the file that is named.
zsh and fish where they are installed. Prints TAP."""

import os
import pathlib
import pty
import re
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import tap  # noqa: E402
from tap import expect, test  # noqa: E402

PROF = os.path.abspath(sys.argv[1])
ROOT = pathlib.Path(sys.argv[2]).resolve()
SCRIPTS = ROOT / "data/completions"
EXAMPLES = ROOT / "data/examples"
SMALL = str(ROOT / "tests/data/profiles/constructed/diff-new.pb")
HEAP = str(EXAMPLES / "server-heap.prof")
TYPES = ["alloc_objects", "alloc_space", "inuse_objects", "inuse_space"]
HOME = tempfile.TemporaryDirectory()
ENVIRONMENT = dict(
    os.environ,
    PATH=f"{os.path.dirname(PROF)}:{os.environ['PATH']}",
    LC_ALL="C.UTF-8",
    TERM="dumb",
    HOME=HOME.name,
    XDG_CONFIG_HOME=HOME.name,
    XDG_DATA_HOME=HOME.name,
)
PATIENCE = 60  # seconds for anything


def run(*command, status=None):
    result = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=ENVIRONMENT,
        timeout=PATIENCE,
        text=True,
    )
    expect(status in (None, result.returncode), command, result.stderr)
    return result


# What prof says there is


def commands():
    out = run(PROF, "--help", status=0).stdout
    return re.findall(r"^  ([a-z]+) +\w", out, re.M)


def options(command):
    """{"--output": "FILE", "-o": …}; None for a flag."""
    found = {}
    for line in run(PROF, command, "--help", status=0).stdout.splitlines():
        match = re.match(r"  (?:(-\w), )?(--[\w-]+)(?:=(\S+))? ", line)
        if match:
            letter, name, argument = match.groups()
            found[name] = argument
            if letter:
                found[letter] = argument
    return found


# The words that may follow options; how to see that prof takes one.
WORDS = [
    ("top", "--granularity", []),
    ("top", "--unit", []),
    ("top", "--format", []),
    ("raw", "--format", []),
    ("convert", "--format", ["-o", os.devnull]),
    ("flame", "--theme", []),
    ("flame", "--order", []),
    ("flame", "--width-of", ["--diff-base", SMALL]),
    ("flame", "--bgcolors", []),
    ("flame", "--colors", ["--diff-base", SMALL]),
    ("flame", "--paper", ["-o", f"{HOME.name}/x.pdf"]),
    ("torch", "--colors", ["-p"]),
]

# bash

BASH = """
source "$1"
shift
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1 - AFTER))
_prof prof
printf '%s\\n' "${COMPREPLY[@]}"
"""


def bash(*words, after=0):
    """@words as readline takes a line apart; the last but @after is completed."""
    result = run(
        "bash", "--norc", "-c", f"AFTER={after}\n{BASH}", "bash",
        str(SCRIPTS / "prof.bash"), *words, status=0,
    )
    expect(result.stderr == "", words, result.stderr)
    return [line for line in result.stdout.splitlines() if line]


@test
def bash_offers_the_commands_of_prof():
    found = bash("prof", "")
    expect(found == [*commands(), "--help", "--version"], found)
    expect(bash("prof", "to") == ["top", "torch"])


@test
def bash_offers_the_options_of_each_command():
    for command in commands():
        expected = {
            name + ("=" if argument and name.startswith("--") else "")
            for name, argument in options(command).items()
        }
        expect(expected or command == "thumbnail", command)
        found = bash("prof", command, "-")
        expect(set(found) == expected, command, set(found) ^ expected)


@test
def every_word_that_is_offered_is_taken():
    for command, option, others in WORDS:
        words = bash("prof", command, option, "=", "")
        expect(words, command, option)
        for word in words:
            run(PROF, command, *others, f"{option}={word}", SMALL, status=0)


@test
def every_word_that_prof_lists_is_offered():
    for command, option, others in WORDS:
        refused = run(PROF, command, *others, f"{option}=", SMALL).stderr
        refused = refused.split("not “”")[0].split("“prof ")[0]
        listed = re.split(r"(?:there (?:are|is)|is)[: ]", refused)[-1]
        listed = re.findall(r"(?<![-\w])[\w.]+(?![\w-])", listed)
        listed = set(listed) - {"or", "with", "without", "rrggbb", "and"}
        listed -= {"nanoGCU", "to", "petaGCU", "there", "no", "of", "it"}
        missing = listed - set(bash("prof", command, option, "=", ""))
        if command not in ("torch", "raw"):
            expect(listed, command, option, refused)
            expect(not missing, command, option, missing)


@test
def bash_offers_limits():
    text = run(PROF, "top", "--help", status=0).stdout.split("--limit, ")[1]
    limits = [f"{name}=" for name in re.findall(r"^  ([a-z-]*[a-z]) ", text, re.M)]
    expect(limits)
    expect(bash("prof", "top", "--limit", "=", "") == limits)
    expect(bash("prof", "top", "--limit", "=", "fi") == ["file="])


@test
def bash_offers_the_sample_types_of_the_file():
    for name in ("--sample-index", "--sample_index"):
        for words in (["=", ""], [""]):
            expect(bash("prof", "top", HEAP, name, *words) == TYPES, name, words)
    expect(bash("prof", "top", "--sample-index", "=", "inuse_s", HEAP, after=1)
           == ["inuse_space"])
    expect(bash("prof", "top", "--sample-index", "=", "") == [])


@test
def a_file_may_have_blanks_in_its_name():
    path = pathlib.Path(HOME.name, "my heap.prof")
    shutil.copy(HEAP, path)
    typed = str(path).replace(" ", "\\ ")
    expect(bash("prof", "top", typed, "--sample-index", "=", "") == TYPES)


@test
def completing_opens_no_address():
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        url = f"127.0.0.1:{server.getsockname()[1]}"
        expect(bash("prof", "top", url, "--sample-index", "=", "") == [])
        expect(bash("prof", "top", *url.partition(":"), "--unit", "") != [])
        try:
            server.accept()
            raise AssertionError("somebody has called")
        except BlockingIOError:
            pass


@test
def bash_offers_files():
    start = str(EXAMPLES / "regression-")
    files = [f"{start}{name}.prof" for name in ("after", "before")]
    for words in (
        ["top"],
        ["top", "-o"],
        ["flame", "--output", "="],
        ["top", "--diff-base"],
        ["torch", "--binaryinput", "="],
    ):
        expect(sorted(bash("prof", *words, start)) == files, words)
    folder = bash("prof", "list", "--source-path", "=", str(EXAMPLES / "qr"))
    expect(folder == [str(EXAMPLES / "qrcode")], folder)


@test
def bash_offers_nothing_where_anything_may_stand():
    expect(bash("prof", "top", "--focus", "=", "") == [])
    expect(bash("prof", "flame", "--title", "") == [])


# A shell with a terminal


class Terminal:
    def __init__(self, *command):
        self.process, self.file = pty.fork()
        if self.process == 0:
            os.execvpe(command[0], command, ENVIRONMENT)
        self.seen = ""

    def type(self, text):
        self.seen = ""
        os.write(self.file, text.encode())

    def wait_for(self, text):
        end = time.monotonic() + PATIENCE
        while text not in self.seen:
            left = end - time.monotonic()
            expect(left > 0, "not seen", text, self.seen)
            if select.select([self.file], [], [], left)[0]:
                self.seen += os.read(self.file, 65536).decode("utf-8", "replace")

    def close(self):
        os.close(self.file)
        os.waitpid(self.process, 0)


def completes(shell, typed, becomes):
    shell.type("\x15" + typed + "\t")
    shell.wait_for(becomes)


# In pieces, so that what is typed is not what is waited for.
READY = "echo REA''DY\n"


@test
def bash_completes_in_a_terminal():
    shell = Terminal("bash", "--norc", "--noprofile", "-i")
    shell.type(f"source '{SCRIPTS}/prof.bash'; cd '{EXAMPLES}'; {READY}")
    shell.wait_for("READY")
    completes(shell, "prof tra", "prof traces ")
    completes(shell, "prof top --granularity=filef", "--granularity=filefunctions ")
    completes(shell, "prof top --sample-i", "--sample-index=")
    completes(shell, "prof top server-h", "server-heap.prof ")
    completes(shell, "prof top server-heap.prof --sample-index=inuse_s",
              "--sample-index=inuse_space ")
    shell.close()


# zsh


def zsh_reads_its_script():
    run("zsh", "-n", str(SCRIPTS / "_prof"), status=0)


def zsh_completes_in_a_terminal():
    shell = Terminal("zsh", "-f")
    shell.type(
        f"fpath=('{SCRIPTS}' $fpath); autoload -U compinit; compinit -u -D; "
        f"PS1='> '; COLUMNS=400; cd '{EXAMPLES}'; {READY}"
    )
    shell.wait_for("READY")
    completes(shell, "prof tra", "prof traces ")
    completes(shell, "prof top --sampl", "--sample-index=")
    completes(shell, "prof top --granularity=filef", "--granularity=filefunctions ")
    completes(shell, "prof top --limit=infl", "--limit=inflated=")
    completes(shell, "prof flame --paper=legal-", "--paper=legal-landscape ")
    completes(shell, "prof convert --format=fold", "--format=folded ")
    completes(shell, "prof top -o server-h", "-o server-heap.prof ")
    completes(shell, "prof top server-heap.prof --sample-index inuse_s",
              "inuse_space ")
    shell.close()


# fish


def fish(line):
    script = f"source '{SCRIPTS}/prof.fish'; complete -C '{line}'"
    result = run("fish", "--no-config", "-c", script, status=0)
    expect(result.stderr == "", line, result.stderr)
    return [out.split("\t")[0] for out in result.stdout.splitlines()]


def fish_offers_commands_and_options():
    expect(set(fish("prof ")) == {*commands(), "--help", "--version"})
    for command in ("top", "flame", "torch"):
        expected = {
            name + ("=" if argument and name.startswith("--") else "")
            for name, argument in options(command).items()
        }
        found = {name for name in fish(f"prof {command} -") if name[0] == "-"}
        expect(found == expected, command, found ^ expected)


def fish_offers_what_bash_does():
    for command, option, _ in WORDS:
        words = bash("prof", command, option, "=", "")
        found = fish(f"prof {command} {option}=")
        expect(set(found) == {f"{option}={w}" for w in words}, option, found)
    found = fish("prof top --granularity ")
    expect(set(found) == set(bash("prof", "top", "--granularity", "")), found)
    limits = bash("prof", "top", "--limit", "=", "")
    expect(set(fish("prof top --limit ")) == set(limits))


def fish_offers_sample_types_and_files():
    expect(fish(f"prof top {HEAP} --sample-index ") == TYPES)
    expect(f"--base={HEAP}" in fish(f"prof top --base={HEAP[:-6]}"))
    expect(HEAP in fish(f"prof top {HEAP[:-6]}"))


if shutil.which("zsh"):
    tap.tests += [zsh_reads_its_script, zsh_completes_in_a_terminal]
if shutil.which("fish"):
    tap.tests += [
        fish_offers_commands_and_options,
        fish_offers_what_bash_does,
        fish_offers_sample_types_and_files,
    ]

tap.run("completions")
