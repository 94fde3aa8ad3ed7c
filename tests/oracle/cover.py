# SPDX-License-Identifier: LGPL-2.1-or-later
"""Few questions that ask together what all of them ask.

What a question is about: each of its profiles with its command; its command with
each two of its options; each of its profiles with each option. Chosen are questions
until nothing that any of them is about is left out, the one that brings most first;
and of the rest one of so many.
"""
import heapq
import itertools

REST = 16


def option_name(option):
    """A granularity is an option of its own."""
    name, value = option
    return f"{name}={value}" if name == "granularity" else name


def about(case):
    names = sorted({option_name(option) for option in case.options})
    for file in case.files:
        yield file, case.command
        yield from ((file, name) for name in names)
    yield from ((case.command, name) for name in names)
    yield from ((case.command, *two) for two in itertools.combinations(names, 2))


def covering(cases):
    """In the order they have."""
    parts = [set(about(case)) for case in cases]
    heap = [(-len(part), n) for n, part in enumerate(parts)]
    heapq.heapify(heap)
    seen, chosen = set(), set()
    while heap:
        size, n = heapq.heappop(heap)
        new = len(parts[n] - seen)
        if new and new < -size:
            heapq.heappush(heap, (-new, n))
        elif new:
            seen |= parts[n]
            chosen.add(n)
    rest = [n for n in range(len(cases)) if n not in chosen]
    chosen.update(rest[::REST])
    return [cases[n] for n in sorted(chosen)]
