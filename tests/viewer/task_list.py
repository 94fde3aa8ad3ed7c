# SPDX-License-Identifier: LGPL-2.1-or-later
"""What people come to a profile for: 25 tasks, each on five profiles and more. See
tasks.py, which carries them out."""

import json
import os
import re

from task_window import Frame, Item, Key, Press, Row, Type, output

EXAMPLES = "data/examples/"
REAL = "tests/data/profiles/real/"
SERVER = EXAMPLES + "server-cpu.prof"
HEAP = EXAMPLES + "server-heap.prof"
QRCODE = EXAMPLES + "qrcode-cpu.prof"
MUTEX = EXAMPLES + "server-mutex.prof"
GOROUTINE = EXAMPLES + "server-goroutine.prof"
WEB = REAL + "web-cpu.prof"
SEARCH = REAL + "search-allocs.prof"
PIPELINE = REAL + "pipeline-goroutine.prof"
STAGES = REAL + "pipeline-cpu.prof"
MILL = REAL + "mill-cpu.prof"
PACK = REAL + "pack-cpu.prof"
ZOO = REAL + "zoo-cpu.prof"

# Of other kinds, for tasks that name nothing.
OTHERS = [SERVER, HEAP, WEB, SEARCH, PIPELINE, QRCODE, MUTEX]


class Case:
    """A task on one profile."""

    def __init__(self, profile, keys, mouse, done, about=""):
        self.profile = profile
        self.keys = keys
        self.mouse = mouse
        self.done = done  # asked of the window at the end
        self.about = about  # what is asked for there


class Task:
    def __init__(self, words, cases):
        self.words = words
        self.cases = cases  # the first is the task's own


def anywhere(own, keys, mouse, done, elsewhere=None):
    """A task that names nothing. `elsewhere`: where its end looks different there."""
    return [Case(own, keys, mouse, done)] + [
        Case(profile, keys, mouse, elsewhere or done) for profile in OTHERS if profile != own
    ]


def each(carry, named):
    """A task about something that every profile has of its own: `carry` makes keys, mouse and
    done of what `named` says of a profile."""
    return [
        Case(profile, *carry(*words), about=words[0]) for profile, words in named.items()
    ]


# --- Whether it is done ---


def selected(name):
    return lambda window: window.copied("copy-name") == name


def row_of(window, name=None):
    """A row of the table as the command prints it: the first, or a function's."""
    rows = json.loads(output(window.prof, "top", "--format=json", "--nodecount=-1",
                             window.profile))["rows"]
    return next(row for row in rows if name in (None, row["name"]))


def selects_first():
    return lambda window: window.copied("copy-name") == row_of(window)["name"]


def asks(*options):
    return lambda window: all(option in window.command() for option in options)


def shows(view, name=None):
    return lambda window: window.state("view") == view and (
        name is None or window.copied("copy-name") == name
    )


def holds(pattern):
    return lambda window: re.search(pattern, window.text()) is not None


def says_share_of(name):
    """What of all a function is, in percent."""
    def check(window):
        percent = 100 * row_of(window, name)["cum_share"]
        said = re.findall(r"([0-9]+\.?[0-9]*) ?%", "\n".join(window.texts()))
        return any(abs(float(number) - percent) < 0.06 for number in said)
    return check


def both(*checks):
    return lambda window: all(check(window) for check in checks)


def can(action):
    return lambda window: window.possible(action)


def is_set(action, state):
    return lambda window: window.state(action) == state


def details_are_open(window):
    found = output("xdotool", "search", "--onlyvisible", "--name", "^Profile Details$")
    return len(found.split()) == 1


# --- Tasks ---


def share(name, typed):
    return ([Key("slash"), Type(typed)], [Frame(name)], says_share_of(name))


def without_garbage(_):
    return (
        [Key("alt+v"), Key("t"), Key("g")],
        [Press("View Options"), Item("Filters"), Item("Without Garbage")],
        asks("--ignore="),
    )


def callers(name, typed):
    return (
        [Key("slash"), Type(typed), Key("Return"), Key("alt+3")],
        [Frame(name, "3"), Item("Show in Sandwich")],
        shows("sandwich", name),
    )


def by_label(key, letter):
    """`letter`: of the key in the menu."""
    return (
        [Key("alt+v"), Key("u"), Key(letter)],
        [Press("View Options"), Item("Group by Label"), Item(key)],
        asks(f"--tagroot={key}"),
    )


def closer(name, typed):
    return (
        [Key("slash"), Type(typed), Key("Down"), Key("Return")],
        [Frame(name, double=True)],
        both(can("zoom-home"), selected(name)),
    )


def this_path(name, typed):
    end = re.sub(r"[()*\[\]]", ".", name.split(".")[-1])
    return (
        [Key("slash"), Type(typed), Key("Down"), Key("F")],
        [Frame(name, "3"), Item("Focus on This Path")],
        lambda window: re.search(f"--focus-path=.*{end}'", window.command()) is not None,
    )


def hide_package(package, name, typed):
    pattern = package.replace(".", r"\.")
    return (
        [Key("slash"), Type(typed), Key("Down"), Key("Menu"), Key("p")],
        [Frame(name, "3"), Item("Hide Package")],
        asks(rf"--hide='^{pattern}\."),
    )


def begin_at(name, typed):
    return (
        [Key("slash"), Type(typed), Key("Down"), Key("r")],
        [Frame(name, "3"), Item("Show From Here")],
        asks("--show-from="),
    )


def no_filters(name, typed):
    return (
        [Key("slash"), Type(typed), Key("Down"), Key("f"), Key("ctrl+shift+x")],
        [Frame(name, "3"), Item("Focus on Function"), Press("Clear All")],
        lambda window: "--" not in window.command(),
    )


def as_command(name, file):
    stem, end = (re.escape(part) for part in os.path.splitext(file))
    return (
        [Key("Down"), Key("Down"), Key("Menu"), Key("m")],
        [Frame(name, "3"), Item("Copy as Command")],
        holds(rf"^prof flame -o {stem}\.svg .*{stem}{end}$"),
    )


def next_use(text, name, begin):
    return (
        [Key("slash"), Type(text), Key("Return"), Key("F3")],
        [Frame(name)],
        lambda window: window.copied("copy-name").startswith(begin),
    )


def lines(name, typed):
    end = re.sub(r".*[.)]", "", name)
    return (
        [Key("slash"), Type(typed), Key("Down"), Key("alt+6")],
        [Frame(name, "3"), Item("Open Source")],
        both(shows("source"), asks("prof list", end)),
    )


MATCH = "compress/flate.(*compressor).findMatch"
MALLOC = "runtime.mallocgc"
MARK = "runtime.gcBgMarkWorker"
DO = "runtime/pprof.Do"
MUX = "net/http.(*ServeMux).ServeHTTP"
SUMMARIZE = "example.com/server/stats.(*Recorder).Summarize"
RECORD = "example.com/server/stats.(*Recorder).Record"
NEW_WRITER = "compress/flate.NewWriter"
ONE_ROUTE = "example.com/programs/web/shop.(*Shop).search"
DISTANCE = "example.com/programs/search/text.Distance"
INDEX = "example.com/programs/search/text.Index"
PENALTY = "example.com/qrcode/qr.runPenalty"
MASK = "example.com/qrcode/qr.bestMask"

GARBAGE = {
    profile: (MARK, "gcBgMarkWorker") for profile in (SERVER, WEB, QRCODE, PACK, ZOO)
}
FIRST = {
    SERVER: (DO, "pprof.Do"),
    HEAP: (MUX, "ServeMux).ServeHTTP"),
    WEB: (MUX, "ServeMux).ServeHTTP"),
    SEARCH: (INDEX, "text.Index"),
    PIPELINE: ("main.start.func1", "main.start.func1"),
    QRCODE: ("main.makePNG", "main.makePNG"),
    MUTEX: ("net/http.serverHandler.ServeHTTP", "serverHandler.ServeHTTP"),
}

TASKS = [
    Task("Which function takes most by itself?", anywhere(
        SERVER,
        [Key("alt+2"), Key("Down")],
        [Press("Top"), Row(1)],
        selected(MATCH), selects_first())),
    Task("Copy the stack of the widest leaf", anywhere(
        SERVER,
        [Key("alt+2"), Key("Down"), Key("ctrl+shift+c")],
        [Press("Top"), Row(1, "3"), Item("Copy Stack")],
        holds(r"queue\)\.work\n(.*\n)*.*findMatch\n$"), holds(r"\S"))),
    Task("How much of the time is GC?", each(share, GARBAGE)),
    Task("Leave garbage collection out", each(
        without_garbage, {profile: ("garbage collection",) for profile in GARBAGE})),
    Task("Who calls the allocator?", each(callers, {
        SERVER: (MALLOC, MALLOC),
        WEB: (MALLOC, MALLOC),
        QRCODE: (MALLOC, MALLOC),
        PACK: (MALLOC, MALLOC),
        HEAP: (NEW_WRITER, NEW_WRITER),
        MUTEX: ("sync.(*Mutex).Unlock", "Mutex).Unlock"),
    })),
    Task("How is the time divided among the handlers?", each(by_label, {
        SERVER: ("handler", "h"),
        GOROUTINE: ("handler", "h"),
        WEB: ("route", "r"),
        MILL: ("role", "r"),
        STAGES: ("stage", "t"),
    })),
    Task("Look closer at the regular expressions", each(closer, {
        SERVER: ("regexp.(*Regexp).MatchString", "MatchString"),
        HEAP: (NEW_WRITER, NEW_WRITER),
        WEB: (ONE_ROUTE, "Shop).search"),
        SEARCH: (DISTANCE, "text.Distance"),
        PIPELINE: ("main.sum", "main.sum"),
        QRCODE: (MASK, "qr.bestMask"),
        MUTEX: (SUMMARIZE, "Summarize"),
    })),
    Task("Only this way to the compressor", each(this_path, {
        SERVER: ("compress/flate.(*compressor).deflate", "compressor).deflate"),
        HEAP: (NEW_WRITER, NEW_WRITER),
        WEB: (ONE_ROUTE, "Shop).search"),
        SEARCH: (DISTANCE, "text.Distance"),
        PIPELINE: ("main.sum", "main.sum"),
        QRCODE: (PENALTY, "qr.runPenalty"),
        MUTEX: (RECORD, "Recorder).Record"),
    })),
    Task("Hide the runtime, whose values go to their callers", each(hide_package, {
        SERVER: ("runtime", MALLOC, MALLOC),
        HEAP: ("compress/flate", NEW_WRITER, NEW_WRITER),
        WEB: ("text/template", "text/template.(*state).evalCommand", "evalCommand"),
        SEARCH: ("strings", "strings.Title", "strings.Title"),
        PIPELINE: ("time", "time.Sleep", "time.Sleep"),
        QRCODE: ("image/png", "image/png.(*encoder).writeIDATs", "writeIDATs"),
        MUTEX: ("sync", "sync.(*Mutex).Unlock", "Mutex).Unlock"),
    })),
    Task("Begin all stacks at the handler", each(begin_at, FIRST)),
    Task("Take all filters away again", each(no_filters, FIRST)),
    Task("Which leaves hold most, and who calls them?", anywhere(
        HEAP,
        [Key("alt+v"), Key("b")],
        [Press("View Options"), Item("Bottom-Up")],
        asks("--reverse"))),
    Task("Packages instead of functions", anywhere(
        HEAP,
        [Key("alt+v"), Key("g"), Key("p")],
        [Press("View Options"), Item("Granularity"), Item("Packages")],
        asks("--granularity=packages"))),
    Task("Lines instead of functions", anywhere(
        WEB,
        [Key("alt+v"), Key("g"), Key("l")],
        [Press("View Options"), Item("Granularity"), Item("Lines")],
        asks("--granularity=lines"))),
    Task("Where is the time itself, by colour?", anywhere(
        WEB,
        [Key("alt+v"), Key("c"), Key("s")],
        [Press("View Options"), Item("Color"), Item("By Self Value")],
        is_set("color-by", "self"))),
    Task("The same as a command, for a script", each(as_command, {
        WEB: ("reflect.Value.call", "web-cpu.prof"),
        SERVER: (DO, "server-cpu.prof"),
        HEAP: (NEW_WRITER, "server-heap.prof"),
        SEARCH: (INDEX, "search-allocs.prof"),
        PIPELINE: ("main.sum", "pipeline-goroutine.prof"),
        QRCODE: (MASK, "qrcode-cpu.prof"),
        MUTEX: (SUMMARIZE, "server-mutex.prof"),
    })),
    Task("From one use of reflection to the next", each(next_use, {
        WEB: ("reflect", "reflect.Value.call", "reflect."),
        SERVER: ("regexp.", "regexp.(*Regexp).MatchString", "regexp."),
        HEAP: ("compress/flate", NEW_WRITER, "compress/flate."),
        SEARCH: ("strings.", "strings.Title", "strings."),
        PIPELINE: ("runtime.chan", "runtime.chansend1", "runtime.chan"),
        QRCODE: ("compress/flate", "compress/flate.(*compressor).deflate", "compress/flate."),
        MUTEX: ("stats.", SUMMARIZE, "example.com/server/stats."),
    })),
    Task("Open the tree below the first call", anywhere(
        SEARCH,
        [Key("alt+5"), Key("Down"), Key("asterisk")],
        [Press("Tree"), Row(1, "3"), Item("Expand All")],
        both(shows("tree"), can("copy-rows")))),
    Task("Copy the whole table", anywhere(
        SEARCH,
        [Key("alt+2"), Key("ctrl+c")],
        [Press("Top"), Row(1, "3"), Item("Copy Table")],
        holds(r"(.*\t.*\n){20}"), holds(r"\t.*\n.*\t"))),
    Task("What is the profile, and since when?", anywhere(
        PIPELINE,
        [Key("ctrl+i")],
        [Press("Main Menu"), Item("Profile Details")],
        details_are_open)),
    Task("What do all these goroutines wait for?", anywhere(
        PIPELINE,
        [Key("alt+2"), Key("Down"), Key("alt+3")],
        [Press("Top"), Row(1, "3"), Item("Show in Sandwich")],
        shows("sandwich", "runtime.gopark"), both(shows("sandwich"), selects_first()))),
    Task("How many goroutines are in each stage?", each(by_label, {
        PIPELINE: ("stage", "t"),
        SERVER: ("tenant", "t"),
        GOROUTINE: ("tenant", "t"),
        WEB: ("method", "m"),
        STAGES: ("shard", "s"),
        MILL: ("role", "r"),
    })),
    Task("Make room for the graph", anywhere(
        PIPELINE,
        [Key("F9")],
        [Press("Side Panel")],
        is_set("side-panel", "false"))),
    Task("Which lines of the matcher cost most?", each(lines, {
        SERVER: (MATCH, "findMatch"),
        HEAP: ("example.com/server/tree.Grow", "tree.Grow"),
        WEB: (ONE_ROUTE, "Shop).search"),
        SEARCH: (DISTANCE, "text.Distance"),
        PIPELINE: ("main.sum", "main.sum"),
        QRCODE: (PENALTY, "qr.runPenalty"),
        MUTEX: (RECORD, "Recorder).Record"),
    })),
    Task("Copy the costliest line of the costliest function", anywhere(
        SERVER,
        [Key("alt+6"), Key("ctrl+c")],
        [Press("Source"), Row(1, "3"), Item("Copy Row")],
        holds(r"^Line\tFlat\tCum\tSource\n\d+\t"), holds(r"^Line\t"))),
]
