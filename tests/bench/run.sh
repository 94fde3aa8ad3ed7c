#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# usage: run.sh [--targets|--flame|--draw|--window|--shapes] [--json] [--runs N] [--samples N] [--depth N] [PROF [GENERATE]]
#
# Times `prof top` on a large generated profile beside `go tool pprof -top`, if
# there is Go, and beside inflating alone. PROF and GENERATE are the built
# programs, by default those in the folder build at the top of the tree.
#
# With --flame it is `prof flame -o FILE.svg` beside `go tool pprof -raw`, which
# only begins what other tools need for a flame graph. Where the environment
# variable FLAMEGRAPH_PL names a flamegraph.pl with stackcollapse-go.pl beside it,
# all of that is timed too, up to the SVG.

# With --draw it is the window's picture: laid out and drawn in memory, on 2 million
# samples of 41 frames unless told otherwise.
#
# With --window it is how long the window of such a profile is held up while it is
# loaded, looked at, asked about and closed, and then one whose table of 50,000
# functions is sorted and searched; on a display of its own.
#
# With --targets it is all of that on profiles of five shapes, beside what it should
# take: the table of docs/performance.md. Other options are those of targets.py.
#
# With --shapes it is `prof top` and `prof flame` on profiles of odd shapes, of one
# size and of twice that.

set -eu

here=$(cd "$(dirname "$0")" && pwd)
build=$here/../../build
json=no
what=top
runs=9
samples=
depth=

if [ "${1:-}" = --targets ]; then
  shift
  exec python3 "$here/targets.py" "$@"
fi

while [ $# -gt 0 ]; do
  case $1 in
    --flame) what=flame ;;
    --draw) what=draw ;;
    --window) what=window ;;
    --shapes) what=shapes ;;
    --json) json=yes ;;
    --runs) runs=$2; shift ;;
    --samples) samples=$2; shift ;;
    --depth) depth=$2; shift ;;
    -*) sed -n 's/^# usage: /usage: /p' "$0" >&2; exit 2 ;;
    *) break ;;
  esac
  shift
done

prof=${1:-$build/cli/prof}
generate=${2:-$build/tests/bench/generate-profile}
for program in "$prof" "$generate"; do
  [ -x "$program" ] || { echo "run.sh: no program $program" >&2; exit 1; }
done

[ $what != shapes ] || exec python3 "$here/shapes.py" "$prof"

case $what in
  draw | window) : "${samples:=2000000}" "${depth:=41}" ;;
  *) : "${samples:=200000}" "${depth:=38}" ;;
esac
profile=$(dirname "$generate")/bench-$samples-$depth.pb.gz
"$generate" --samples "$samples" --depth "$depth" --types heap --seed 1 \
  -o "$profile"

if [ $what = draw ]; then
  draw=$(dirname "$generate")/draw
  "$draw" "$profile" 1920 1080
  exec "$draw" "$profile" 3840 2160
fi

if [ $what = window ]; then
  window=$(dirname "$generate")/window
  [ -x "$window" ] || { echo "run.sh: built without the window" >&2; exit 1; }
  folder=$(dirname "$(dirname "$(dirname "$generate")")")
  GSETTINGS_SCHEMA_DIR=$folder/data GTK_A11Y=none
  export GSETTINGS_SCHEMA_DIR GTK_A11Y
  "$here/../viewer/with-display.sh" "$window" "$profile"
  table=$(dirname "$generate")/bench-functions.folded
  awk 'BEGIN { for (i = 0; i < 50000; i++)
    print "main;example.com/p" i % 500 ".f" i, i * 7919 % 50021 + 1 }' >"$table"
  echo
  exec "$here/../viewer/with-display.sh" "$window" --table "$table"
fi

exec python3 - "$what" "$json" "$runs" "$profile" "$prof" <<'END'
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

what, as_json, runs, profile, prof = sys.argv[1:]
folder = tempfile.TemporaryDirectory()
pictures = {}


def svg(name):
    """Where a command writes its picture."""
    pictures[name] = os.path.join(folder.name, f"{len(pictures)}.svg")
    return pictures[name]


def pipeline(script, *arguments):
    """Commands of a shell, of which none may fail."""
    return ["bash", "-c", "set -o pipefail; " + script, "bench", *arguments]


pprof = ["go", "tool", "pprof", "-symbolize=none"]
if what == "top":
    commands = {
        "gzip -dc": ["gzip", "-dc", profile],
        "prof top": [prof, "top", profile],
    }
    if shutil.which("go"):
        commands["pprof -top"] = [*pprof, "-top", profile]
else:
    commands = {"prof flame": [prof, "flame", "-o", svg("prof flame"), profile]}
    if shutil.which("go"):
        commands["pprof -raw"] = [*pprof, "-raw", profile]
    script = os.environ.get("FLAMEGRAPH_PL")
    if script and shutil.which("go"):
        collapse = os.path.join(os.path.dirname(script), "stackcollapse-go.pl")
        for program in script, collapse:
            if not os.path.exists(program):
                sys.exit(f"run.sh: no program {program}")
        name = "flamegraph.pl"
        commands[name] = pipeline(
            'go tool pprof -symbolize=none -raw "$1" | perl "$2" | perl "$3" >"$4"',
            profile,
            collapse,
            script,
            svg(name),
        )
ours_name = f"prof {what}"


def measure(command):
    """Seconds of one run: by the clock, and of CPU time. Pictures are new files: what is replaced
    is waited for until it is on the disk."""
    for path in pictures.values():
        if path in command and os.path.exists(path):
            os.remove(path)
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    message = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    elapsed = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"run.sh: {' '.join(command)}: {message.decode(errors='replace').strip()}")
    return elapsed, usage.ru_utime + usage.ru_stime


def peak_kib(command):
    """Not wait4's: a child of Python starts with Python's own peak."""
    timer = "/usr/bin/time"
    if not os.access(timer, os.X_OK):
        return None
    with tempfile.NamedTemporaryFile("r") as answer:
        subprocess.run(
            [timer, "-f", "%M", "-o", answer.name, *command],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
        )
        return int(answer.read())


times = {name: [] for name in commands}
for command in commands.values():
    measure(command)  # warms the page cache
for _ in range(int(runs)):
    for name, command in commands.items():
        times[name].append(measure(command))

results = {
    name: {
        "wall_ms": 1000 * statistics.median(wall for wall, _ in times[name]),
        "fastest_ms": 1000 * min(wall for wall, _ in times[name]),
        "cpu_ms": 1000 * statistics.median(cpu for _, cpu in times[name]),
        "peak_rss_kib": peak_kib(command),
        "svg_bytes": os.path.getsize(pictures[name]) if name in pictures else None,
    }
    for name, command in commands.items()
}
ours = results[ours_name]["wall_ms"]
for result in results.values():
    result["times_prof"] = result["wall_ms"] / ours

if as_json == "yes":
    print(
        json.dumps(
            {
                "profile": os.path.basename(profile),
                "bytes": os.path.getsize(profile),
                "runs": int(runs),
                "results": results,
            },
            indent=2,
        )
    )
    sys.exit()

print(f"{os.path.basename(profile)}, {os.path.getsize(profile) / 1e6:.1f} MB, medians of {runs} runs")
head = f"{'':<14}{'wall ms':>10}{'fastest':>10}{'CPU ms':>10}{'peak MiB':>10}{'/ prof':>10}"
print(head + (f"{'SVG MB':>10}" if pictures else ""))
for name, r in results.items():
    peak = f"{r['peak_rss_kib'] / 1024:.1f}" if r["peak_rss_kib"] else "?"
    size = f"{r['svg_bytes'] / 1e6:>10.2f}" if r["svg_bytes"] is not None else ""
    print(
        f"{name:<14}{r['wall_ms']:>10.1f}{r['fastest_ms']:>10.1f}{r['cpu_ms']:>10.1f}"
        f"{peak:>10}{r['times_prof']:>10.2f}{size}"
    )
END
