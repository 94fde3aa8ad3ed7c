#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Asks GIO which type files have once our MIME package is installed.

usage: check-mime.py PACKAGE.xml DESKTOP THUMBNAILER METAINFO

The three others have to name the types of the package, each of them. The package goes into a data directory of its own, which is put before the
system's. Skipped (77) without gio, update-mime-database or the system's types.
"""

import gzip
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

PPROF = "application/x-pprof"
GZIP = "application/gzip"
TEXT = "text/x-pprof"
FOLDED = "text/x-folded-stacks"
V8_CPU = "application/x-v8-cpuprofile"
V8_HEAP = "application/x-v8-heapprofile"
SPEEDSCOPE = "application/x-speedscope"
CALLGRIND = "application/x-callgrind"
FIREFOX = "application/x-firefox-profiler"
PERF = "application/x-linux-perf-data"
OURS = PPROF, TEXT, FOLDED, V8_CPU, V8_HEAP, SPEEDSCOPE, CALLGRIND, FIREFOX, PERF
# perf is not started for a picture of a file.
WITHOUT_THUMBNAIL = {PERF}
ICON = "application-x-pprof"

# sample_type {type: 1 unit: 2}, default_sample_type: 1, string_table "" "cpu" "ns"
PLAIN = b"\x0a\x04\x08\x01\x10\x02\x70\x01\x32\x00\x32\x03cpu\x32\x02ns"
# The same, with the string table first: legal, and without the magic.
STRINGS_FIRST = b"\x32\x00\x32\x03cpu\x32\x02ns\x0a\x04\x08\x01\x10\x02\x70\x01"
PACKED = gzip.compress(PLAIN, mtime=0)

CASES = [
    ("cpu.prof", PACKED, PPROF),
    ("x.pprof", PACKED, PPROF),
    ("x.pb.gz", PACKED, PPROF),
    ("pprof.server.samples.cpu.001.pb.gz", PACKED, PPROF),
    ("x.pprof.gz", PACKED, PPROF),
    ("x.prof.gz", PACKED, PPROF),
    ("plain.prof", PLAIN, PPROF),
    ("plain.pprof", PLAIN, PPROF),
    ("strings-first.prof", STRINGS_FIRST, PPROF),
    ("plain", PLAIN, PPROF),
    ("heap", b"heap profile: 1: 2 [3: 4] @ heap/1048576\n", TEXT),
    ("heap.0001.heap", b"heap profile:    1:    2 [   3:   4] @ heapprofile\n", TEXT),
    ("goroutine", b"goroutine profile: total 5\n", TEXT),
    ("mutex", b"--- mutex:\ncycles/second=2096008876\n", TEXT),
    ("x.folded", b"main;work 17\n", FOLDED),
    ("x.collapsed", b"main;work 17\n", FOLDED),
    ("x.cpuprofile", b'{"nodes":[]}\n', V8_CPU),
    ("x.heapprofile", b'{"head":{}}\n', V8_HEAP),
    ("x.speedscope.json", b'{"shared":{}}\n', SPEEDSCOPE),
    ("callgrind.out.17", b"# callgrind format\nevents: Ir\n", CALLGRIND),
    ("x.callgrind", b"events: Ir\n", CALLGRIND),
    ("cachegrind.out.18", b"version: 1\ncreator: xdebug 3.2.0 (PHP 8.2.36)\n", CALLGRIND),
    ("from-go", b"positions: instr line\nevents: cpu(ms)\n", CALLGRIND),
    ("cpu-profile", bytes(8) + b"\3" + bytes(15) + b"\x10\x27" + bytes(14), PPROF),
    ("jeprof.1.heap", b"heap_v2/524288\n", TEXT),
    ("threads", b"--- threadz 1 ---\n", TEXT),
    ("heapz", b"--- heapz 1 ---\n", TEXT),
    ("Firefox 2026-11-30 03.10 profile.json.gz", PACKED, FIREFOX),
    ("Firefox 2026-11-30 03.10 profile.json", b"{}\n", FIREFOX),
    ("perf.data", b"PERFILE2" + bytes(96), PERF),
    ("server.perf", b"PERFILE2" + bytes(96), PERF),
    # Not ours: a name without a suffix says nothing, other archives stay archives.
    ("profile", PACKED, GZIP),
    ("other.gz", PACKED, GZIP),
    ("letter.txt", b"Dear profile,\n", "text/plain"),
    ("heap.txt", b"heap profile: 1: 2 [3: 4] @ heap/1048576\n", "text/plain"),
]


def same_types(package, *others):
    """Whether all name the same types, which are those that have cases."""
    same = True
    expected = set(re.findall(r'<mime-type type="([^"]+)"', package.read_text()))
    if expected != set(OURS):
        print(f"without a case: {expected ^ set(OURS)}")
        same = False
    for path in others:
        text = path.read_text()
        listed = re.findall(r"<mediatype>([^<]+)<", text)
        for line in re.findall(r"^MimeType=(.*)$", text, re.M):
            listed += line.rstrip(";").split(";")
        wanted = expected - WITHOUT_THUMBNAIL if "thumbnailer" in path.name else expected
        if sorted(listed) != sorted(wanted):
            print(f"{path.name}: names {sorted(listed)}")
            same = False
    return same


def main():
    if len(sys.argv) != 5:
        sys.exit("usage: check-mime.py PACKAGE.xml DESKTOP THUMBNAILER METAINFO")
    package = pathlib.Path(sys.argv[1])
    if not same_types(package, *map(pathlib.Path, sys.argv[2:])):
        return 1
    if not (shutil.which("gio") and shutil.which("update-mime-database")):
        print("gio or update-mime-database is missing")
        return 77
    if not pathlib.Path("/usr/share/mime/globs2").exists():
        print("shared-mime-info is missing")
        return 77

    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        packages = root / "data" / "mime" / "packages"
        packages.mkdir(parents=True)
        shutil.copy(package, packages)
        environment = {
            **os.environ,
            "LC_ALL": "C.UTF-8",
            "HOME": folder,
            "XDG_DATA_HOME": str(root / "data"),
            "XDG_DATA_DIRS": "/usr/local/share:/usr/share",
        }
        subprocess.run(
            ["update-mime-database", root / "data" / "mime"],
            env=environment,
            check=True,
        )
        for name, content, expected in CASES:
            path = root / name
            path.write_bytes(content)
            out = subprocess.run(
                ["gio", "info", "-a", "standard::content-type,standard::icon", path],
                env=environment,
                check=True,
                stdout=subprocess.PIPE,
                text=True,
            ).stdout
            found = re.search(r"standard::content-type: (.*)", out)[1]
            icons = re.search(r"standard::icon: (.*)", out)[1].split(", ")
            if found != expected:
                print(f"{name}: {found}, not {expected}")
                bad += 1
            if found in OURS and icons[0] != ICON:
                print(f"{name}: the icon is {icons[0]}, not {ICON}")
                bad += 1
    print(f"{len(CASES)} names, {bad} wrong")
    return 1 if bad else 0


sys.exit(main())
