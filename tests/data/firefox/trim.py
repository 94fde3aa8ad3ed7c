#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""usage: trim.py IN OUT

Makes a fixture of a profile that Firefox wrote: of the thread in which the page
is, and of the main thread, the samples that are of the page and the first twenty
others, with the rows and texts that they need; no markers, libraries, counters."""

import json
import sys

MOST_OTHERS = 20


def renumber(table, used):
    """The rows that are used, and their new numbers."""
    kept = sorted(used)
    return [table[row] for row in kept], {row: i for i, row in enumerate(kept)}


def with_column(rows, at, numbers):
    """Rows with the numbers in a column changed; short ones may lack it."""
    rows = [list(row) for row in rows]
    for row in rows:
        if len(row) > at and row[at] is not None:
            row[at] = numbers[row[at]]
    return rows


def frames_of(thread, stack):
    while stack is not None:
        yield stack
        stack = thread["stackTable"]["data"][stack][0]


def is_of_page(thread, stack):
    frames, texts = thread["frameTable"]["data"], thread["stringTable"]
    rows = thread["stackTable"]["data"]
    return any("busy-page" in texts[frames[rows[s][1]][0]] for s in frames_of(thread, stack))


def trim_thread(thread):
    samples = thread["samples"]["data"]
    page = [s for s in samples if is_of_page(thread, s[0])]
    others = [s for s in samples if not is_of_page(thread, s[0])][:MOST_OTHERS]
    kept = sorted(page + others, key=lambda s: s[1])
    stacks, new_stack = renumber(
        thread["stackTable"]["data"], {f for s in kept for f in frames_of(thread, s[0])}
    )
    frames, new_frame = renumber(thread["frameTable"]["data"], {s[1] for s in stacks})
    used = {f[at] for f in frames for at in (0, 3) if len(f) > at and f[at] is not None}
    texts, new_text = renumber(thread["stringTable"], used)
    thread["samples"]["data"] = with_column(kept, 0, new_stack)
    thread["stackTable"]["data"] = with_column(with_column(stacks, 0, new_stack), 1, new_frame)
    thread["frameTable"]["data"] = with_column(with_column(frames, 0, new_text), 3, new_text)
    thread["stringTable"] = texts
    thread["markers"]["data"] = []
    return bool(page) or thread["processType"] == "default"


def trim(profile):
    profile["threads"] = [t for t in profile["threads"] if trim_thread(t)]
    profile["processes"] = [p for p in profile["processes"] if trim(p)]
    for key in ("libs", "pages", "pausedRanges", "counters", "profilingLog"):
        if key in profile:
            profile[key] = type(profile[key])()
    profile["meta"]["markerSchema"] = []
    profile["meta"].pop("CPUName", None)
    return profile["threads"] or profile["processes"]


with open(sys.argv[1]) as file:
    whole = json.load(file)
trim(whole)
with open(sys.argv[2], "w") as file:
    json.dump(whole, file, separators=(",", ":"))
    file.write("\n")
