#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""usage: test-readme.py PROF SOURCE_ROOT GO_FOLDER [FLAMBEAU]

Runs what README.md and its translations tell people to type: every line of every
block, every command in the text, the Go programs where there is Go, windows
where FLAMBEAU is given. Prints TAP."""

import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(1, str(pathlib.Path(__file__).resolve().parent.parent))
from commands import sections  # noqa: E402
from tap import attempt  # noqa: E402

PROF = os.path.abspath(sys.argv[1])
ROOT = pathlib.Path(sys.argv[2]).resolve()
GO_FOLDER = pathlib.Path(sys.argv[3]).resolve()
FLAMBEAU = os.path.abspath(sys.argv[4]) if len(sys.argv) > 4 else None
EXAMPLES = ROOT / "data/examples"
PAGES = ["README.md", "README.zh_CN.md"]
HAS_GO = shutil.which("go") is not None
PATIENCE = 300  # seconds for a section

# What the commands are about; other files come of commands before.
FIXTURES = {
    "cpu.prof": EXAMPLES / "server-cpu.prof",
    "mem.prof": EXAMPLES / "server-heap.prof",
    "old.prof": EXAMPLES / "regression-before.prof",
    "new.prof": EXAMPLES / "regression-after.prof",
    "perf.txt": ROOT / "tests/data/perf-script/good/busy.txt",
}

SHELL = """
program=
go_on () {
  status=$1
  shift
  echo "# $status: $*" >&2
  case " $* " in
    *--fail-over*) [ $status -eq 0 ] || [ $status -eq 3 ] ;;
    *) [ $status -eq 0 ] ;;
  esac || { echo "status $status of: $*"; exit 1; }
}
wait_for_port () {
  for try in $(seq 600); do
    (exec 3<>/dev/tcp/127.0.0.1/PORT) 2>/dev/null && return
    sleep 0.1
  done
  echo "nobody listens on PORT"
  exit 1
}
# A window is there: that is what the command is for.
flambeau () {
  [ -n "$FLAMBEAU" ] || return 0
  "$FLAMBEAU" "$@" &
  program=$!
  for try in $(seq 600); do
    kill -0 $program 2>/dev/null || { wait $program; echo "ended: $?"; return 1; }
    [ -z "$(xdotool search --onlyvisible --pid $program --name . 2>/dev/null)" ] || break
    sleep 0.1
  done
  kill $program
  wait $program 2>/dev/null
  [ $try -lt 600 ] || { echo "no window"; return 1; }
}
trap 'kill $(jobs -p) 2>/dev/null' EXIT
"""


def expect(condition, *what):
    """What is printed stays in lines."""
    if not condition:
        raise AssertionError(" ".join(str(w) for w in what))


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return str(server.getsockname()[1])


PORT = free_port()


def placed(text):
    """With a port that nobody else has."""
    return text.replace("6060", PORT)


def fake_perf():
    """Prints a recording, as "perf script" does."""
    program = pathlib.Path(SCRATCH.name, "perf")
    program.write_text(f"#!/bin/sh\nexec cat '{FIXTURES['perf.txt']}'\n")
    program.chmod(0o755)


def environment(folder):
    (GO_FOLDER / "bin").mkdir(parents=True, exist_ok=True)
    return dict(
        os.environ,
        PATH=f"{SCRATCH.name}:{os.path.dirname(PROF)}:{os.environ['PATH']}",
        HOME=str(folder),
        TZ="UTC",
        LC_ALL="C.UTF-8",
        FLAMBEAU=FLAMBEAU or "",
        GOCACHE=str(GO_FOLDER / "cache"),
        GOPATH=str(GO_FOLDER / "path"),
        GOFLAGS="-mod=mod",
        GOTOOLCHAIN="local",
        GOPROXY="off",
        CGO_ENABLED="0",
    )


def script(lines):
    out = [SHELL.replace("PORT", PORT)]
    for line in lines:
        out.append(line)
        out.append("go_on $? " + "'" + line.replace("'", "'\\''") + "'")
        if line.rstrip().endswith("&"):
            out.append("wait_for_port")
    return "\n".join(out) + "\nexit 0\n"


def run(folder, lines):
    result = subprocess.run(
        ["bash", "-c", script(map(placed, lines))],
        cwd=folder,
        env=environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=PATIENCE,
        text=True,
        errors="replace",
    )
    expect(result.returncode == 0, result.stdout[-800:])


# Commands about the tree itself: "install" covers meson's, "summary" what ./dev does.


def is_about_the_tree(line):
    if line.startswith("./dev "):
        known = subprocess.run(
            [ROOT / "dev", "help"], stdout=subprocess.PIPE, check=True, text=True
        ).stdout
        name = line.split()[1]
        expect(re.search(rf"^  {name} ", known, re.M), "there is no ./dev", name)
        return True
    return line.startswith(("meson setup build", "ninja -C build"))


def commands_of(section):
    for line in section.lines("sh"):
        if not is_about_the_tree(line):
            yield line


def spans_of(section):
    """Those that are whole, "prof top" alone is only a name, and our own."""
    for span in section.spans:
        words = span.split()
        if "flamegraph.pl" in words:
            continue
        if words[0] in ("perf", "prof", "flambeau") and len(words) > 2:
            yield span
        elif words[0] == "flambeau" and len(words) == 2:
            yield span


def has_program(section):
    return any(language == "go" for language, _ in section.blocks)


def run_blocks(section, common):
    if not has_program(section):
        run(common, commands_of(section))
        return
    folder = common / f"program-{abs(hash(section.title))}"
    folder.mkdir()
    [program] = [text for language, text in section.blocks if language == "go"]
    (folder / "main.go").write_text(placed(program), encoding="utf-8")
    run(folder, commands_of(section))


def run_transcripts(section, common):
    """Of "console": a command, and exactly what it prints."""
    for language, text in section.blocks:
        if language != "console":
            continue
        for part in re.split(r"^\$ ", text, flags=re.M)[1:]:
            line, _, expected = part.partition("\n")
            result = subprocess.run(
                ["bash", "-c", line],
                cwd=common,
                env=environment(common),
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                timeout=PATIENCE,
                text=True,
            )
            expect(result.stdout == expected, line, "prints\n" + result.stdout)


def service_of(page):
    """Go text of the program that listens."""
    for section in sections(page):
        for language, text in section.blocks:
            if language == "go" and "ListenAndServe" in text:
                return text
    raise AssertionError("no service")


def run_spans(page, common):
    spans = [s for section in sections(page) for s in spans_of(section)]
    expect(len(spans) > 20, "only", len(spans), "commands in the text")
    run(common, (s for s in spans if "6060" not in s))
    if not HAS_GO:
        return
    folder = common / "service"
    folder.mkdir()
    (folder / "main.go").write_text(placed(service_of(page)), encoding="utf-8")
    lines = ["cd service", "go mod init example.com/service", "go build -o service .",
             "./service &", "cd .."]
    run(common, [*lines, *(s for s in spans if "6060" in s)])


def check_links(page):
    text = page.read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text)
    expect(targets)
    for target in targets:
        expect((page.parent / target).exists(), "there is no", target)


def check_translations():
    """The same blocks in every language, but for what comments say."""

    def bare(path):
        found = []
        for section in sections(path):
            for language, text in section.blocks:
                text = re.sub(r"\s*(#|//) .*", "", text) if language != "console" else text
                found.append((language, text))
        return found

    first = bare(ROOT / PAGES[0])
    for name in PAGES[1:]:
        for ours, theirs in zip(bare(ROOT / name), first):
            expect(ours == theirs, name, "has", ours, "instead of", theirs)
        expect(len(bare(ROOT / name)) == len(first), name, "has other blocks")


def cases():
    yield "every-language-has-the-same-blocks", check_translations, ()
    for name in PAGES:
        page = ROOT / name
        fake_perf()
        folder = tempfile.mkdtemp(dir=SCRATCH.name)
        common = pathlib.Path(folder)
        for file, origin in FIXTURES.items():
            shutil.copy(origin, common / file)
        (common / "perf.data").write_bytes(b"PERFILE2" + bytes(96))
        for file in ("old", "new"):
            subprocess.run(
                [PROF, "convert", "-o", common / f"{file}.folded", common / f"{file}.prof"],
                check=True,
            )
        yield f"{name}/links-lead-somewhere", check_links, (page,)
        for number, section in enumerate(sections(page)):
            if has_program(section) and not HAS_GO:
                continue
            if list(section.lines("sh")):
                yield f"{name}/block-of-section-{number}", run_blocks, (section, common)
            if list(section.lines("console")):
                yield (f"{name}/transcript-of-section-{number}", run_transcripts,
                       (section, common))
        yield f"{name}/commands-in-the-text", run_spans, (page, common)


SCRATCH = tempfile.TemporaryDirectory()


def main():
    failed = number = 0
    for number, (name, function, arguments) in enumerate(cases(), 1):
        failed += not attempt(number, f"/readme/{name}", function, *arguments)
    print(f"1..{number}")
    SCRATCH.cleanup()
    return 1 if failed else 0


sys.exit(main())
