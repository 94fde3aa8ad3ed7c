# SPDX-License-Identifier: LGPL-2.1-or-later
"""Which reports are asked for: every fixture, under options that mean something
to it.

An option is a pair of pprof's name for it and a value, True for a switch; the
granularities are one option here. Names, files, labels and numbers are taken
from the profile; what is drawn is drawn by a generator with a fixed seed for
each profile, so that a new fixture changes no case of another.
"""
import itertools
import os
import random
import re
from dataclasses import dataclass

from facts import Facts

SEED = 1

GRAPHS = ("top", "tree", "peek", "graph")
ALL = (*GRAPHS, "traces", "raw", "tags", "list", "convert")
FILTERED = ("top", "tree", "peek", "graph", "traces", "raw", "tags", "convert", "list")

# For which commands an option can change anything.
MATTERS = {
    "cum": ("top", "tree", "peek", "graph"),
    "nodecount": ("top", "tree", "graph"),
    "nodefraction": ("top", "tree", "graph"),
    "edgefraction": ("top", "tree", "graph"),
    "trim": ("top", "tree", "graph"),
    "unit": ("top", "tree", "peek", "graph", "traces", "tags", "list", "convert"),
    "sample_index": ("top", "tree", "peek", "graph", "traces", "tags", "list", "convert"),
    "mean": ("top", "tree", "peek", "graph", "traces", "list", "convert"),
    "divide_by": ("top", "tree", "peek", "graph", "traces", "list"),
    "relative_percentages": FILTERED,
    "drop_negative": ("top", "tree", "peek", "graph", "convert"),
    "compact_labels": ("top", "tree", "peek", "graph"),
    "call_tree": ("top", "graph", "convert"),
    "granularity": ("top", "tree", "peek", "graph", "traces"),
    "noinlines": ("top", "tree", "peek", "graph", "traces", "list"),
    "trim_path": ("top", "tree", "graph", "list"),
    "source_path": ("top", "list"),
}

# Of a hundred cases, about so many are of this command.
WEIGHTS = {"top": 30, "tree": 20, "graph": 13, "traces": 10, "peek": 9, "convert": 6, "raw": 5, "tags": 4, "list": 3}


@dataclass(frozen=True)
class Case:
    command: str
    files: tuple  # of the profiles
    options: tuple = ()
    pattern: str = None  # of peek and list


def quoted(name):
    """A pattern for exactly this text, that means the same to RE2 and PCRE."""
    return re.sub(r"([\\.+*?()|\[\]{}^$])", r"\\\1", name)


def nearest(rows, share):
    """The name that is in about that share of the total, but not in all."""
    some = [row for row in rows if row[1] < 1] or rows
    return min(some, key=lambda row: (abs(row[1] - share), row[0]))[0]


class Choices:
    """Options for one profile."""

    def __init__(self, path, source):
        self.facts = facts = Facts(path)
        self.source = source
        names, files, paths = (facts.shares(part) for part in range(3))
        leaves = facts.leaves()
        self.names = []
        self.patterns = []
        if names:
            self.common, self.middle, self.rare = names[0][0], nearest(names, 0.5), nearest(names, 0.05)
            self.leaf = leaves[0] if leaves else self.common
            self.names = list(dict.fromkeys([self.middle, self.leaf, self.rare, self.common]))
            self.spared = [name for name in self.names if dict(names)[name] < 1]
        self.files = [files[0][0], nearest(files, 0.4)] if files else []
        self.paths = [path for path, _ in paths]

    def filters(self):
        """Each way to narrow by names, most of which leave something."""
        out = []
        exact = [quoted(name) for name in self.names]
        if not exact:
            return [("focus", "main"), ("ignore", "nothing is called so"), ("show", ".")]
        middle, leaf = quoted(self.middle), quoted(self.leaf)
        word = re.search(r"[A-Za-z]{3,}", self.middle)
        loose = [f"(?i){word[0].upper()}", f"{word[0][:3]}[a-z]*"] if word else []
        file = [quoted(os.path.basename(f)) for f in self.files if os.path.basename(f)]
        both = f"{middle}|{leaf}"
        for name in exact[:3] + loose + file:
            out += [("focus", name), ("show", name), ("show_from", name)]
        for name in exact[:3] + loose[:1] + file[1:]:
            out += [("prune_from", name), ("hide", name)]
        out += [("ignore", quoted(name)) for name in self.spared]
        out += [("ignore", name) for name in file[1:]]
        out += [("focus", both), ("show", both), ("hide", both), ("prune_from", f"^{middle}$"), ("show_from", both)]
        out += [("hide", "^runtime"), ("ignore", "no such name"), ("hide", "no such name"), ("focus", "no such name")]
        out += [("show", "^(main|net)"), ("prune_from", "^main"), ("show_from", "^main"), ("show", "[a-z]")]
        for path in self.paths[:1] + self.paths[-1:]:
            out += [("focus", quoted(os.path.basename(path))), ("show", quoted(path)), ("show_from", quoted(path))]
        out += [("ignore", quoted(path)) for path in self.paths[-1:]] + [("hide", quoted(path)) for path in self.paths[-1:]]
        return list(dict.fromkeys(out))

    def labels(self):
        """Each way to narrow by labels and to show them."""
        texts, numbers = self.facts.labels(2), self.facts.labels(3)
        out = []
        for key, values in texts.items():
            (first,), (last,) = values[0], values[-1]
            out += [("tagfocus", f"{key}={quoted(first)}"), ("tagignore", f"{key}={quoted(last)}")]
            out += [("tagfocus", quoted(last)), ("tagignore", f"{quoted(key)}:{quoted(first)}")]
            out += [("tagfocus", f"{key}=^{quoted(first)}$,{quoted(last)}"), ("tagfocus", f"{quoted(key)},{quoted(first[:2])}")]
            out += [("tagshow", quoted(key)), ("taghide", f"^{quoted(key)[:2]}"), ("tagroot", key), ("tagleaf", key)]
        for key, values in numbers.items():
            low, high = sorted(v[0] for v in values)[:: max(1, len(values) - 1)][:2] * (2 if len(values) < 2 else 1)
            unit = next((v[1] for v in values if v[1]), key)
            out += [("tagfocus", f"{low}{unit}"), ("tagfocus", f"{key}={low}{unit}:"), ("tagignore", f":{low}{unit}")]
            out += [("tagfocus", f"{low}{unit}:{high}{unit}"), ("tagfocus", f"{key}=1b:3kb"), ("tagfocus", f"{low}")]
            out += [("tagignore", f"{key}=1kb:"), ("tagfocus", f"1{unit}:1mb"), ("tagignore", f"{high}{unit}")]
            out += [("tagshow", quoted(key)), ("taghide", quoted(key)), ("tagroot", key), ("tagleaf", key)]
        keys = [*texts, *numbers]
        if len(keys) > 1:
            out += [("tagroot", ",".join(keys)), ("tagleaf", ",".join(reversed(keys)))]
        if not keys:
            out += [("tagignore", "none=of,these"), ("tagroot", "none"), ("taghide", "none"), ("tagignore", "5kb:")]
        return list(dict.fromkeys(out))

    def numbers(self):
        """What to count, and in which unit."""
        types, out = self.facts.types, []
        for n, (name, _) in enumerate(types):
            out += [("sample_index", str(n)), ("sample_index", name)] if name else [("sample_index", str(n))]
            if name.startswith("inuse_"):
                out.append(("sample_index", name[6:]))
            else:
                out.append(("sample_index", f"inuse_{name}"))
        out += [("unit", unit) for unit in ("auto", "ns", "us", "ms", "seconds", "hrs", "b", "kB", "MB", "count", "sample", "gcu")]
        out += [("divide_by", text) for text in ("2", "0.5", "3.7", "1000")]
        out.append(("mean", True))
        return list(dict.fromkeys(out))

    def shapes(self):
        """How it is grouped, ordered and cut."""
        out = [("cum", True), ("noinlines", True), ("drop_negative", True), ("compact_labels", True)]
        out += [("relative_percentages", True), ("trim", "false"), ("call_tree", True), ("mean", True)]
        out += [("nodecount", str(n)) for n in (0, 1, 3, 8, 40)]
        out += [("nodefraction", text) for text in ("0", "0.02", "0.1", "0.4")]
        out += [("edgefraction", text) for text in ("0", "0.03", "0.3")]
        out += [("granularity", text) for text in ("functions", "filefunctions", "files", "lines", "addresses")]
        if self.files:
            out.append(("trim_path", os.path.dirname(self.files[0]) or "/src"))
        out.append(("source_path", self.source))
        return out

    def every(self):
        return self.filters() + self.labels() + self.numbers() + self.shapes()

    def pattern(self, generator, options):
        """For peek and list; names are not there where it is grouped by file."""
        if not self.names or ("granularity", "files") in options or generator.random() < 0.3:
            return "."
        word = re.match(r"[\w/]*\w", self.middle)
        choices = [quoted(name) for name in self.names] + ["^main", *([word[0]] if word else [])]
        return generator.choice(choices)


def suits(command, options):
    """Whether a command heeds all of them, and no two contradict."""
    names = [name for name, _ in options]
    if len(set(names)) < len(names):
        return False
    if "trim" in names and {"nodecount", "nodefraction", "edgefraction"} & set(names):
        return False
    return all(command in MATTERS.get(name, FILTERED) for name in names)


def relative(option):
    return ("relative_percentages", True), option


def singles(choices):
    """Each option alone, and where it does nothing alone with a companion."""
    out = [(option,) for option in choices.every() if option[0] != "relative_percentages"]
    out += [relative(option) for option in choices.filters()[:4] + choices.labels()[:2]]
    out += [(("granularity", g), ("noinlines", True)) for g in ("files", "lines", "addresses")]
    return out


def pairs(choices, generator, n):
    """So many pairs and triples; of filters by names at most two."""
    pools = [choices.filters(), choices.labels(), choices.numbers(), choices.shapes(), choices.shapes()]
    out = []
    while len(out) < n:
        several = generator.sample(pools, 3 if generator.random() < 0.2 else 2)
        out.append(tuple(dict.fromkeys(generator.choice(pool) for pool in several)))
    return out


def of_command(command, choices, files, sets, generator, n):
    """So many cases of a command, of those sets of options that suit it."""
    fitting = [options for options in sets if suits(command, options)]
    for options in generator.sample(fitting, min(n, len(fitting))):
        pattern = choices.pattern(generator, options) if command in ("peek", "list") else None
        yield Case(command, files, options, pattern)


def of_profile(choices, files, generator, n):
    """About n cases; first of all those without any option."""
    labelled = choices.facts.labels(2) or choices.facts.labels(3)
    for command in ("top", "tree", "traces", "raw", "graph", "convert", *(["tags"] if labelled else [])):
        yield Case(command, files)
    if choices.facts.comments:
        yield Case("comments", files)
    for name in choices.names[:2]:
        yield Case("peek", files, (), quoted(name))
        yield Case("list", files, (), quoted(name))
        yield Case("list", files, (("source_path", choices.source),), quoted(name))
    one_by_one = singles(choices)
    together = pairs(choices, generator, 4 * n)
    for command, weight in WEIGHTS.items():
        if command == "tags" and not labelled:
            continue
        share = n * weight // 100
        yield from of_command(command, choices, files, one_by_one, generator, share * 3 // 5)
        yield from of_command(command, choices, files, together, generator, share * 2 // 5)


# What is added up, and what is subtracted from what (the older one second).
SUMS = [
    "sum-seconds sum-ms", "sum-ms sum-us", "sum-us sum-seconds sum-ms", "sum-labels-one sum-labels-two",
    "sum-labels-two sum-labels-one", "diff-old diff-new", "diff-new diff-moved-new diff-old", "labels lines",
    "recursion-direct recursion-direct", "drop-frames inline-partial", "comments sum-labels-one", "same-name names-go",
    "labels-of-base diff-old", "default-type labels-bytes", "unsymbolized kernel", "values-cancel values-negative",
    "columns folded-locations", "pipeline-cpu web-cpu", "zoo-heap search-heap", "pipeline-cpu solver-cpu labels",
    "mill-block pack-block", "pack-goroutine mill-goroutine", "server-cpu web-cpu", "diff-heap-old diff-heap-new zoo-heap",
]
DIFFERENCES = [
    "diff-new diff-old", "diff-moved-new diff-old", "diff-heap-new diff-heap-old", "sum-ms sum-us", "sum-labels-one sum-labels-two",
    "values-cancel values-negative", "recursion-direct recursion-mutual", "inline-deep inline-partial", "same-name names-go",
    "labels-several-values labels", "trimmed wide", "ties recursion-direct", "unsymbolized unsymbolized-all",
    "addresses lines", "default-type diff-heap-old", "columns lines", "empty-stacks diff-old", "labels-of-base diff-old",
    "zoo-heap pipeline-heap", "web-cpu pipeline-cpu", "search-heap search-allocs", "mill-block pack-block", "mill-mutex web-mutex",
    "zoo-allocs zoo-heap", "solver-cpu search-cpu", "server-heap server-allocs", "qrcode-cpu web-cpu", "web-goroutine mill-goroutine",
]


def of_sums(choices, profiles, generator, n):
    for names in SUMS:
        files = tuple(profiles[name] for name in names.split())
        several = choices[files[0]]
        yield Case("comments", files)
        yield from of_profile(several, files, generator, n)


def of_differences(choices, profiles, generator, n):
    for names in DIFFERENCES:
        new, old = (profiles[name] for name in names.split())
        for kind, normalize in itertools.product(("base", "diff_base"), (False, True)):
            extra = ((kind, old), *([("normalize", True)] if normalize else []))
            for case in of_profile(choices[new], (new,), generator, n):
                options = tuple(o for o in case.options if o[0] != kind)
                yield Case(case.command, case.files, extra + options, case.pattern)


def of_failures(profiles):
    """What neither of the two does; and bases from several files."""
    wrong = [("focus", "("), ("show", "[a"), ("tagfocus", "key=("), ("sample_index", "nothing"), ("sample_index", "17"),
             ("divide_by", "0"), ("prune_from", "*"), ("tagshow", "(?")]
    yield Case("tags", (profiles["lines"],))
    for name in ("labels", "zoo-heap"):
        for option in wrong:
            yield Case("top", (profiles[name],), (option,))
        yield Case("peek", (profiles[name],), (), "no such name")
        yield Case("list", (profiles[name],), (), "no such name")
        yield Case("peek", (profiles[name],), (), "(")
        yield Case("top", (profiles[name],), (("normalize", True),))
        yield Case("top", (profiles[name],), (("base", profiles[name]), ("diff_base", profiles[name])))
        yield Case("top", (profiles["labels"], profiles["zoo-heap"]))
        yield Case("top", (profiles[name],), (("base", profiles["inuse-alias"]),))


def profiles_of(root):
    """The fixtures by their names. Returns: theirs, and which are real"""
    folders = [root / "tests/data/profiles/real", root / "data/examples"]
    real = {p.stem: p for folder in folders for p in sorted(folder.glob("*.prof"))}
    made = {p.stem: p for p in sorted((root / "tests/data/profiles/constructed").glob("*.pb"))}
    return {**real, **made}, set(real.values())


def source_of(path, root):
    """Where the sources of a profile are."""
    program = path.stem.split("-")[0]
    if path.parent.name == "examples":
        return str(root / "data/examples" / program)
    if path.parent.name == "real":
        return str(root / "tests/data/profiles/programs")
    return str(root / "tests/data/profiles/sources")


# Whose reports are mostly empty, whatever is asked.
SAY_LITTLE = "no-samples", "values-all-zero", "server-threadcreate"


def every_case(root):
    profiles, _ = profiles_of(root)
    choices = {path: Choices(path, source_of(path, root)) for path in profiles.values()}
    cases = []
    for name, path in profiles.items():
        n = 10 if name in SAY_LITTLE else 90
        cases += of_profile(choices[path], (path,), random.Random(f"{SEED} {name}"), n)
    cases += of_sums(choices, profiles, random.Random(f"{SEED} sums"), 30)
    cases += of_differences(choices, profiles, random.Random(f"{SEED} differences"), 20)
    cases += of_failures(profiles)
    # What pprof loses in the sum of these two, prof keeps.
    lost = {profiles["lost-ms"], profiles["lost-ns"]}
    # Twice the largest numbers do not fit: prof stops there, pprof's answer is
    # the processor's.
    big, doubled = profiles["values-big"], ("divide_by", "0.5")
    return [
        case
        for case in dict.fromkeys(cases)
        if not lost <= set(case.files) and not (big in case.files and doubled in case.options)
    ]
