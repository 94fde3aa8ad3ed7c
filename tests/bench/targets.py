#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""usage: targets.py [--json] [--runs N] [--shapes S,M,…] [--pprof SHAPES] PROF

Everything that is to be fast, beside what it should take, as a table. Profiles are generated once, into
the folder of the generator; all programs take turns on each, and medians count. Z is what zlib takes to
inflate the same file, measured in the same run: it goes up and down with the machine as all else does.

--shapes chooses among S, M, U, D, L and X, of 10 million samples, which is not among the usual ones.
--pprof names those on which `go tool pprof -top` is asked too (if there is Go), once on those that it needs
minutes for; usually S and M."""
import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

SHAPES = {
    "S": ["--samples", "10000", "--depth", "31"],
    "M": ["--samples", "200000", "--depth", "38", "--types", "heap"],
    "U": ["--samples", "300000", "--depth", "45", "--branch", "45"],
    "D": ["--samples", "50000", "--depth", "800"],
    "L": ["--samples", "2000000", "--depth", "41"],
    "X": ["--samples", "10000000", "--depth", "41"],
}
SLOW = "ULDX"  # pprof takes minutes
MIB = 1024  # KiB


def arguments():
    parser = argparse.ArgumentParser(add_help=True)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--shapes", default="S,M,U,D,L")
    parser.add_argument("--pprof", default="S,M")
    parser.add_argument("prof")
    parser.add_argument("generator", nargs="?")  # of run.sh
    return parser.parse_args()


ASKED = arguments()
PROF = os.path.abspath(ASKED.prof)
BUILT = pathlib.Path(PROF).parent.parent / "tests/bench"


def measured(command):
    answer = subprocess.run([BUILT / "measure", *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if answer.returncode != 0:
        sys.exit(f"targets.py: {' '.join(map(str, command))}: {answer.stderr.decode(errors='replace').strip()}")
    return json.loads(answer.stdout)


def medians(results):
    return {key: statistics.median(one[key] for one in results) for key in results[0]}


def profile_of(shape):
    path = BUILT / f"target-{shape}.pb.gz"
    if not path.exists():
        subprocess.run([BUILT / "generate-profile", *SHAPES[shape], "--seed", "1", "-o", path], check=True)
    return path


def take_turns(shape, folder):
    """Every program on one profile, by name: medians of what each run took."""
    profile = profile_of(shape)
    svg = folder / "out.svg"
    more = ["--limit=memory=16G"] if shape == "X" else []  # more than anybody has without asking
    runs = {
        "read": lambda: measured([BUILT / "floor", "read", profile]),
        "zlib": lambda: measured([BUILT / "floor", "inflate", profile]),
        "top": lambda: measured([PROF, "top", *more, profile]),
        "svg": lambda: (svg.unlink(missing_ok=True), measured([PROF, "flame", *more, "-o", svg, profile]))[1],
        "phases": lambda: json.loads(subprocess.check_output([BUILT / "phases", profile])),
    }
    if shape == "S":
        runs["nothing"] = lambda: measured(["true"])
    found = {name: [] for name in runs}
    n = ASKED.runs if shape in "SMUD" else min(ASKED.runs, 5)
    for turn in range(n + 1):
        for name, run in runs.items():
            result = run()
            if turn > 0:  # the first warms up
                found[name].append(result)
    answer = {name: medians(results) for name, results in found.items()}
    if shape in ASKED.pprof.split(",") and shutil.which("go"):
        command = ["go", "tool", "pprof", "-symbolize=none", "-top", profile]
        turns = 1 if shape in SLOW else 3
        answer["pprof"] = medians([measured(command) for _ in range(turns)])
    answer["gz_bytes"] = profile.stat().st_size
    return answer


class Table:
    """Rows of what was asked, what was found, and whether that will do."""

    def __init__(self):
        self.rows = []

    def add(self, number, what, shape, found, unit, most=None, least=None):
        verdict = "" if most is None and least is None else "yes" if (most is None or found <= most) and (least is None or found >= least) else "no"
        target = f"≤ {most:.4g}" if most is not None else f"≥ {least:.4g}" if least is not None else ""
        self.rows.append(
            {"target": number, "what": what, "shape": shape, "found": found, "unit": unit, "asked": target, "reached": verdict}
        )

    def show(self):
        head = f"{'':<5}{'':<46}{'':<4}{'found':>10} {'':<8}{'asked':>10}  reached"
        print(head)
        for row in self.rows:
            print(
                f"{row['target']:<5}{row['what']:<46}{row['shape']:<4}{row['found']:>10.4g} "
                f"{row['unit']:<8}{row['asked']:>10}  {row['reached']}"
            )


def judge(table, shape, found):
    z = found["zlib"]["wall_ms"]
    phases = found["phases"]
    large = shape != "S"
    raw = phases["raw_bytes"]
    samples = phases["samples"]
    if large:
        table.add("P1", "load until the profile is ready", shape, phases["load_ms"] / z, "Z", most=1.8)
        table.add("P2", "prof top", shape, found["top"]["wall_ms"] / z, "Z", most=2.0)
        table.add("P3", "… its time on processors", shape, found["top"]["cpu_ms"] / found["zlib"]["cpu_ms"], "Z", most=3)
    if "pprof" in found:
        least = {"S": 30, "L": 150}.get(shape, 80)
        ratio = found["pprof"]["wall_ms"] / found["top"]["wall_ms"]
        table.add("P4", "… against pprof -top", shape, ratio, "times", least=least)
    if not large:
        table.add("P5", "prof top, from start to exit", shape, found["top"]["wall_ms"], "ms", most=12)
        table.add("", "… a program that does nothing", shape, found["nothing"]["wall_ms"], "ms")
    peak = found["top"]["peak_kib"]
    table.add("P6", "peak of prof top", shape, peak / MIB, "MiB", most=16 + 1.6 * raw / 2**20)
    if shape == "L":
        table.add("", "… for a sample", shape, peak * 1024 / samples, "bytes", most=150)
    if "pprof" in found and large:
        table.add("P7", "… pprof's against it", shape, found["pprof"]["peak_kib"] / peak, "times", least=20)
    if large:
        table.add("P8", "prof flame -o x.svg", shape, found["svg"]["wall_ms"] / z, "Z", most=3)
        first = phases["load_ms"] + phases["first_frame_ms"]
        table.add("P9", "file to first frame: what is wide", shape, first / z, "Z", most=2.5)
        whole = phases["load_ms"] + phases["whole_frame_ms"]
        table.add("", "… to the whole tree and its frame", shape, whole / z, "Z")
    model = 16 * 2**20 + 32 * phases["stacks"] + (24 + 8 * phases["types"]) * samples + phases["name_bytes"]
    table.add("P10", "peak with the whole tree", shape, phases["model_peak_kib"] / MIB, "MiB", most=model / 2**20)
    if large:
        table.add("P11", "60 rows of a view, median of 1,000", shape, phases["window_cpu_ms"], "ms", most=0.5)
        table.add("", "… the worst", shape, phases["worst_window_cpu_ms"], "ms", most=2)
        table.add("", "… all rows of a view, median", shape, phases["view_cpu_ms"], "ms")
        table.add("", "… the worst", shape, phases["worst_view_cpu_ms"], "ms")
        table.add("P12", "first frame, once totals are there", shape, phases["frame_ms"], "ms", most=20)
        table.add("", "… names and totals before it", shape, phases["totals_ms"], "ms")
        table.add("P13", "another sample type: what is wide", shape, phases["other_type_ms"], "ms", most=150)
        table.add("", "… the whole tree and its frame", shape, phases["other_type_whole_ms"], "ms")
        table.add("P14", "adding stacks, a frame", shape, phases["insert_ns_a_frame"], "ns", most=15)
        table.add("P15", "decoding samples, a frame", shape, phases["decode_ns_a_frame"], "ns", most=6)


def growth(table, shape, opens):
    found = json.loads(subprocess.check_output([BUILT / "phases", profile_of(shape), str(opens)]))
    table.add("", f"memory more after {opens} opens than after {opens // 10}", shape, (found["late_kib"] - found["early_kib"]) / MIB, "MiB", most=4)
    return found


def main():
    table = Table()
    everything = {}
    with tempfile.TemporaryDirectory() as folder:
        for shape in ASKED.shapes.split(","):
            found = everything[shape] = take_turns(shape, pathlib.Path(folder))
            print(f"{shape} is measured", file=sys.stderr)
            judge(table, shape, found)
            if shape == "S":
                found["growth"] = growth(table, shape, 100)
    if ASKED.json:
        print(json.dumps({"measured": everything, "targets": table.rows}, indent=2))
        return
    table.show()
    print()
    print(f"{'':<4}{'gz MB':>8}{'raw MB':>8}{'samples':>10}{'stacks':>10}{'nodes':>10}{'read ms':>9}{'Z ms':>8}{'top ms':>8}{'CPU':>8}{'SVG ms':>8}{'load ms':>9}{'top MiB':>9}")
    for shape, found in everything.items():
        p = found["phases"]
        print(
            f"{shape:<4}{found['gz_bytes'] / 1e6:>8.1f}{p['raw_bytes'] / 1e6:>8.1f}{p['samples']:>10.0f}{p['stacks']:>10.0f}"
            f"{p['nodes']:>10.0f}{found['read']['wall_ms']:>9.1f}{found['zlib']['wall_ms']:>8.1f}{found['top']['wall_ms']:>8.1f}{found['top']['cpu_ms']:>8.1f}"
            f"{found['svg']['wall_ms']:>8.1f}{p['load_ms']:>9.1f}{found['top']['peak_kib'] / MIB:>9.1f}"
        )


main()
