#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""usage: coverage.py BUILD FLOOR...

What tests have run of libprof's floors, such as "formats": lines and branches of each file, as gcov counts them in a
build made with -Db_coverage=true. Prints a table in Markdown, then each line that was never run."""
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def files(build, floor):
    """Each source file with its lines' counts and its branches' counts."""
    for notes in sorted(build.glob(f"libprof/{floor}/*.p/*.gcno")):
        done = subprocess.run(["gcov", "-b", "-j", "-t", notes], cwd=build, capture_output=True, check=True)
        for record in (json.loads(line) for line in done.stdout.splitlines() if line.strip()):
            for file in record["files"]:
                # Not what it includes, and nothing that was made by a program.
                if pathlib.Path(file["file"]).name != notes.name.removesuffix(".gcno") or ".pb-c." in file["file"]:
                    continue
                lines, branches = {}, []
                for line in file["lines"]:
                    number = line["line_number"]
                    lines[number] = max(lines.get(number, 0), line["count"])
                    branches += [branch["count"] for branch in line["branches"]]
                yield pathlib.Path(file["file"]).name, lines, branches


def share(counts):
    return 100 * sum(count > 0 for count in counts) / max(1, len(counts))


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    never, all_lines, all_branches = [], [], []
    print("| file | lines | run, % | branches | taken, % |\n| --- | ---: | ---: | ---: | ---: |")
    for floor in sys.argv[2:]:
        for name, lines, branches in files(build, floor):
            print(f"| {name} | {len(lines)} | {share(lines.values()):.1f} | {len(branches)} | {share(branches):.1f} |")
            all_lines += lines.values()
            all_branches += branches
            text = (ROOT / "libprof" / floor / name).read_text(encoding="utf-8").splitlines()
            never += [f"{name}:{n}: {text[n - 1].strip()}" for n, count in sorted(lines.items()) if count == 0]
    print(f"| all | {len(all_lines)} | {share(all_lines):.1f} | {len(all_branches)} | {share(all_branches):.1f} |\n")
    print("\n".join(never))


main()
