#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Asks prof and Go's pprof the same questions, and compares what they answer.

usage: compare.py [OPTION...] PROF

  --all            every question, not only as many as are about everything
  --only RE        only the reports whose command line matches
  --skip RE        not those
  --sample N       only N of them, spread evenly
  --verbose        say of each difference where it is, and count them by option
  --skip-unknown   count apart what prof refuses as wrong usage, where it is
                   not as far as pprof yet
  --list           print the command lines instead of running them
  --cache FOLDER   keep pprof's answers there, for the next run
  --jobs N         so many at once (2)
  --one-by-one     start pprof anew for each question

Text is compared byte by byte: the table, the header, the filters in force. dot
and callgrind files must say the same. Where one fails the other must. Messages
that a filter matched nothing must come from both. Where pprof's own answers to
a question differ, one of twelve must be ours. pprof answers in one process,
which is seen to say what a pprof says that is started anew.

Exit status: 0 no difference, 1 some, or too few reports to show anything, 77
there is no Go 1.19.
"""
import argparse
import collections
import concurrent.futures
import hashlib
import itertools
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import threading
import zlib
from dataclasses import dataclass

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "ready"))

from cases import every_case, profiles_of
from cover import covering
from forms import FORMS, settled, without_open_parts
from pprof import Asker, build
from ready import Ready

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
GO_VERSION = " go1.19"
TIMEOUT = 60  # s, for one report
RUNS = 12  # of pprof, where it does not agree with itself
SHOWN = 20  # differences, unless --verbose
CHECKED = 50  # one of so many questions is put to a pprof started anew as well
# What a whole run must have compared to mean something.
LEAST_REPORTS, LEAST_OF_ALL, LEAST_PROFILES = 2500, 10000, 100
LEAST_NOT_EMPTY, LEAST_REAL = 0.9, 0.3

PPROF_COMMAND = {"graph": "dot", "convert": "callgrind"}
SUFFIX = {"graph": ".dot", "convert": ".callgrind"}
NO_MATCH = re.compile(r"\b(\w+ expression matched no samples)\b")
# A line that is there only if there is something to report.
CONTENT = {
    "top": re.compile(rb"cum%\n."),
    "tree": re.compile(rb"\| "),
    "peek": re.compile(rb"\| "),
    "traces": re.compile(rb"\+-+\n."),
    "raw": re.compile(rb"\nSamples:\n.*\n *-?\d+"),
    "tags": re.compile(rb": Total"),
    "comments": re.compile(rb"."),
    "list": re.compile(rb"\nROUTINE|\nNo source"),
    "graph": re.compile(rb"\nN1 "),
    "convert": re.compile(rb"\nfn="),
}


@dataclass(frozen=True)
class Answer:
    status: int
    out: bytes
    messages: str

    def failed(self):
        return self.status != 0

    def is_empty(self, command):
        return self.failed() or not CONTENT[command].search(self.out)


@dataclass
class Verdict:
    case: object
    same: bool
    empty: bool = False
    wavering: bool = False  # pprof disagreed with itself
    unknown: bool = False  # to prof
    why: str = ""


def of_pprof(option):
    name, value = option
    if name == "granularity":
        return f"-{value}"
    return f"-{name}" if value is True else f"-{name}={value}"


def of_prof(option):
    name, value = option
    if option == ("trim", "false"):
        return "--no-trim"
    name = name.replace("_", "-")
    return f"--{name}" if value is True else f"--{name}={value}"


def pprof_arguments(case):
    command = f"-{PPROF_COMMAND.get(case.command, case.command)}"
    if case.pattern is not None:
        command += f"={case.pattern}"
    return ["-symbolize=none", command, *map(of_pprof, case.options), *map(str, case.files)]


def prof_arguments(case, output="FILE"):
    words = [case.command, *map(of_prof, case.options)]
    if case.command in SUFFIX:
        words += ["-o", output + SUFFIX[case.command]]
    if case.pattern is not None:
        words.append(case.pattern)
    return [*words, *map(str, case.files)]


def command_line(case):
    words = ["prof", *prof_arguments(case)]
    return shlex.join(word.replace(f"{ROOT}/", "") for word in words)


class Cache:
    """Answers by what was asked, in a folder; nothing if there is none."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder) if folder else None

    def path(self, key):
        return self.folder / key[:2] / key[2:]

    def load(self, key):
        if not self.folder:
            return None
        try:
            data = zlib.decompress(self.path(key).read_bytes())
        except (OSError, zlib.error):
            return None
        status, size, rest = data.split(b" ", 2)
        return Answer(int(status), rest[: int(size)], rest[int(size) :].decode(errors="replace"))

    def store(self, key, answer):
        if not self.folder:
            return
        path = self.path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        data = b"%d %d %s" % (answer.status, len(answer.out), answer.out + answer.messages.encode(errors="replace"))
        part = path.with_suffix(f".{threading.get_ident()}")
        part.write_bytes(zlib.compress(data, 1))
        part.replace(path)


class Tools:
    """The two programs, in an empty folder and a plain environment."""

    def __init__(self, prof, pprof, folder, cache):
        self.prof, self.pprof, self.cache = Ready(prof), pprof, cache
        self.here = folder / "empty"
        self.home = folder / "home"
        self.outputs = folder / "outputs"
        for path in self.here, self.home, self.outputs:
            path.mkdir()
        self.environment = {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"), "TZ": "UTC", "LC_ALL": "C", "HOME": str(self.home),
            "PPROF_TMPDIR": str(self.home), "PPROF_BINARY_PATH": "/nonexistent",
        }
        self.environment |= {k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")}
        self.version = hashlib.sha256(pathlib.Path(pprof).read_bytes()).hexdigest()
        self.hashes = {}
        self.asker = None

    def ask_in_one_process(self, program, folder):
        folder.mkdir()
        self.asker = Asker(program, self.here, self.environment, folder, TIMEOUT)

    def run(self, start, *words):
        try:
            done = start(*words, cwd=self.here, env=self.environment, stdin=subprocess.DEVNULL,
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=TIMEOUT)
        except subprocess.TimeoutExpired:
            return Answer(124, b"", f"no answer in {TIMEOUT} s")
        return Answer(done.returncode, self.portable(done.stdout), self.portable(done.stderr).decode(errors="replace"))

    def portable(self, text):
        """Without the paths of this run and this tree."""
        return text.replace(os.fsencode(self.here), b"HERE").replace(os.fsencode(ROOT), b"ROOT")

    def hash(self, path):
        if path not in self.hashes:
            self.hashes[path] = hashlib.sha256(path.read_bytes()).hexdigest()
        return self.hashes[path]

    def key(self, case, turn):
        """What pprof's answer depends on, the sources aside."""
        files = [*case.files, *(v for _, v in case.options if isinstance(v, pathlib.Path))]
        words = [self.version, str(turn), *map(self.hash, files), *pprof_arguments(case)]
        return hashlib.sha256("\0".join(words).replace(str(ROOT), "ROOT").encode()).hexdigest()

    def ask_pprof(self, case, turn):
        key = self.key(case, turn)
        answer = self.cache.load(key) if case.command != "list" else None
        if answer is None:
            answer = self.ask_again(case) if self.asker else self.ask_anew(case)
            self.cache.store(key, answer)
        return answer

    def ask_anew(self, case):
        def start(*words, **options):
            return subprocess.run([self.pprof, *words], close_fds=False, **options)

        return self.run(start, *pprof_arguments(case))

    def ask_again(self, case):
        answer = self.asker.ask(pprof_arguments(case))
        if answer is None:
            return self.ask_anew(case)
        status, out, messages = answer
        return Answer(status, self.portable(out), self.portable(messages).decode(errors="replace"))

    def ask_prof(self, case):
        output = self.outputs / str(threading.get_ident())
        answer = self.run(self.prof.run, *prof_arguments(case, str(output)))
        written = output.with_name(output.name + SUFFIX.get(case.command, ""))
        if case.command in SUFFIX and not answer.failed():
            text = self.portable(written.read_bytes()) if written.exists() else b""
            answer = Answer(answer.status, text, answer.messages)
        written.unlink(missing_ok=True)
        return answer


def first_difference(one, other):
    ours, theirs = one.split(b"\n"), other.split(b"\n")
    for n, (a, b) in enumerate(itertools.zip_longest(ours, theirs), 1):
        if a != b:
            show = ["(no line)" if line is None else line.decode(errors="backslashreplace") for line in (a, b)]
            return f"line {n}\n    prof:  {show[0]}\n    pprof: {show[1]}"
    return "nothing"


def form(command, text):
    return FORMS[command](text.decode(errors="surrogateescape"))


def difference_of_forms(ours, theirs):
    for one, other in zip(ours, theirs):
        rows = [[row for row in a if row not in b] or ["(nothing)"] for a, b in ((one, other), (other, one))]
        if one != other:
            return f"first of {len(rows[0])} and {len(rows[1])}\n    prof:  {rows[0][0]}\n    pprof: {rows[1][0]}"
    return "number of parts"


def difference_of_text(command, ours, theirs, wavering):
    """Empty where they say the same."""
    if ours == theirs:
        return ""
    if command not in FORMS:
        if command in ("tree", "peek") and settled(ours) == settled(theirs):
            return ""
        return first_difference(ours, theirs)
    try:
        one, other = form(command, ours), form(command, theirs)
    except (AssertionError, KeyError, ValueError, IndexError) as problem:
        return f"cannot be read: {problem!r}; {first_difference(ours, theirs)}"
    if wavering and one.unnamed() == other.unnamed():
        return ""
    if one.meaning() == other.meaning():
        return ""
    views = without_open_parts(one, other) if command == "graph" else (one.meaning(), other.meaning())
    return "" if views[0] == views[1] else difference_of_forms(*views)


def difference(case, ours, theirs, wavering=False):
    """Why two answers are not the same, or an empty text."""
    if ours.status < 0:
        return f"prof was killed by signal {-ours.status}"
    if ours.failed() != theirs.failed():
        return f"status {ours.status}, of pprof {theirs.status}\n    prof:  {ours.messages}    pprof: {theirs.messages}"
    if ours.failed():
        return f"prof printed something and failed: {ours.messages}" if ours.out else ""
    said, expected = (sorted(set(NO_MATCH.findall(a.messages))) for a in (ours, theirs))
    if said != expected:
        return f"messages\n    prof:  {said}\n    pprof: {expected}"
    return difference_of_text(case.command, ours.out, theirs.out, wavering)


def judge(tools, case, skip_unknown):
    ours, theirs = tools.ask_prof(case), tools.ask_pprof(case, 0)
    empty = theirs.is_empty(case.command)
    if skip_unknown and ours.status == 2:
        return Verdict(case, True, unknown=True)
    why = difference(case, ours, theirs)
    if not why:
        return Verdict(case, True, empty)
    if ours.failed() or theirs.failed():
        return Verdict(case, False, empty, why=why)
    answers = [theirs] + [tools.ask_pprof(case, turn) for turn in range(1, RUNS)]
    wavering = any(a.out != theirs.out for a in answers[1:])
    if wavering and any(not difference(case, ours, a, True) for a in answers):
        return Verdict(case, True, empty, wavering=True)
    return Verdict(case, False, empty, wavering, why=why)


def is_the_same_pprof(tools, case):
    """Whether the process that is asked again says what a new one says."""
    new = [tools.ask_anew(case)]
    for turn in range(RUNS):
        if not difference(case, tools.ask_again(case), new[-1], turn > 0):
            return True
        new.append(tools.ask_anew(case))
    return False


def sum_is_kept(tools):
    """The one case where prof is right on purpose: adding up ms and ns loses
    no sample. Returns: what is wrong, or an empty text"""
    profiles, _ = profiles_of(ROOT)
    files = [str(profiles["lost-ms"]), str(profiles["lost-ns"])]
    for kind, total in ("samples", b"100% of 11ns total"), ("cpu", b"100% of 4000700ns total"):
        answer = tools.run(tools.prof.run, "top", f"--sample-index={kind}", "--unit=ns", *files)
        if total not in answer.out:
            return f"the sum of lost-ms and lost-ns has not {total.decode()}: {answer.out.decode()}{answer.messages}"
    return ""


def find_pprof():
    """Returns: the path of pprof, and why there is none"""
    go = shutil.which("go")
    if not go:
        return None, "there is no Go, and so no pprof to compare with"
    version = subprocess.run([go, "version"], capture_output=True, text=True, check=True).stdout
    if GO_VERSION not in version:
        return None, f"prof prints what the pprof of Go 1.19 prints, and this is {version.strip()}"
    return subprocess.run([go, "tool", "-n", "pprof"], capture_output=True, text=True, check=True).stdout.strip(), ""


def chosen(arguments):
    cases = every_case(ROOT)
    if arguments.only:
        cases = [case for case in cases if re.search(arguments.only, command_line(case))]
    if arguments.skip:
        cases = [case for case in cases if not re.search(arguments.skip, command_line(case))]
    if arguments.sample and arguments.sample < len(cases):
        return [cases[i * len(cases) // arguments.sample] for i in range(arguments.sample)]
    return cases if arguments.all or arguments.only else covering(cases)


def report_differences(differing, verbose):
    for verdict in differing if verbose else differing[:SHOWN]:
        print(f"differs: {command_line(verdict.case)}\n  {verdict.why}")
    if not verbose:
        if len(differing) > SHOWN:
            print(f"... and {len(differing) - SHOWN} more; see --verbose")
        return
    counts = collections.Counter()
    for verdict in differing:
        counts[f"prof {verdict.case.command}"] += 1
        counts.update(f"--{name}" for name, _ in verdict.case.options)
    for name, count in counts.most_common():
        print(f"{count:6} differ with {name}")


def print_counts(verdicts, least):
    """What was compared. Returns: whether that is enough for a whole run"""
    profiles, real = profiles_of(ROOT)
    used = {file for verdict in verdicts for file in verdict.case.files}
    full = sum(not verdict.empty for verdict in verdicts)
    share = full / max(1, len(verdicts))
    of_real = len(used & real) / max(1, len(used))
    print(f"{full} of {len(verdicts)} reports are not empty ({share:.1%})")
    print(f"{len(used & real)} of {len(used)} profiles are real ({of_real:.1%})")
    wavering = sum(verdict.wavering for verdict in verdicts)
    if wavering:
        print(f"{wavering} where pprof disagrees with itself")
    return (len(verdicts) >= least and len(used) >= LEAST_PROFILES
            and share >= LEAST_NOT_EMPTY and of_real >= LEAST_REAL)


def compare(arguments, tools):
    whole = not (arguments.only or arguments.skip or arguments.sample or arguments.skip_unknown)
    cases = chosen(arguments)
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        verdicts = list(pool.map(lambda case: judge(tools, case, arguments.skip_unknown), cases))
    unknown = sum(verdict.unknown for verdict in verdicts)
    verdicts = [verdict for verdict in verdicts if not verdict.unknown]
    differing = [verdict for verdict in verdicts if not verdict.same]
    report_differences(differing, arguments.verbose)
    wrong = sum_is_kept(tools) if whole else ""
    for case in cases[::CHECKED] if tools.asker else ():
        if not is_the_same_pprof(tools, case):
            wrong += f"another answer by pprof started anew: {command_line(case)}\n"
    if wrong:
        print(wrong)
    if unknown:
        print(f"{unknown} left out: prof does not know how")
    least = LEAST_OF_ALL if arguments.all else LEAST_REPORTS
    enough = print_counts(verdicts, least)
    if whole and not enough:
        print(f"a whole run has at least {least} reports on {LEAST_PROFILES} profiles, {LEAST_NOT_EMPTY:.0%} "
              f"of them not empty, {LEAST_REAL:.0%} of the profiles real")
    print(f"{len(verdicts)} reports compared, {len(differing)} differ")
    return bool(differing or wrong or (whole and not enough))


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("usage: ")[1].split("Text is")[0])
    for option in "--only", "--skip", "--cache":
        parser.add_argument(option)
    for option in "--all", "--verbose", "--skip-unknown", "--list", "--one-by-one":
        parser.add_argument(option, action="store_true")
    parser.add_argument("--sample", type=int)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("prof")
    arguments = parser.parse_args()
    if arguments.list:
        print("\n".join(map(command_line, chosen(arguments))))
        return 0
    pprof, problem = find_pprof()
    if not pprof:
        print(problem)
        return 77
    with tempfile.TemporaryDirectory(prefix="oracle-") as folder:
        folder = pathlib.Path(folder)
        tools = Tools(os.path.abspath(arguments.prof), pprof, folder, Cache(arguments.cache))
        if not arguments.one_by_one:
            program, problem = build(shutil.which("go"), folder / "go")
            if program:
                tools.ask_in_one_process(program, folder / "scratch")
            else:
                print(f"pprof is started for each question: {problem}")
        try:
            return compare(arguments, tools)
        finally:
            if tools.asker:
                tools.asker.end()


if __name__ == "__main__":
    sys.exit(main())
