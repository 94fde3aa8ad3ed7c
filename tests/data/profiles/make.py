#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes constructed/ anew, the same bytes each time.

usage: make.py [FOLDER]

A function with the decorator @fixture is a file. Its comment says which rule of
the reports the file is there for.
"""
import pathlib
import random
import shutil
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from builder import Function, Line, Profile

CPU = "samples/count", "cpu/nanoseconds"
HEAP = "alloc_objects/count", "alloc_space/bytes", "inuse_objects/count", "inuse_space/bytes"
MS = 1000000
TIME = 1700000000000000000

fixtures = {}


def fixture(function):
    fixtures[function.__name__.replace("_", "-")] = function
    return function


def cpu(**head):
    head = {"period": "cpu/nanoseconds", "every": 10 * MS, "time": TIME, "duration": 1000 * MS, **head}
    return Profile(*CPU, **head)


def ticks(p, stack, n, **labels):
    """A sample of n times 10 ms."""
    p.sample(stack, n, n * 10 * MS, **labels)


# Recursion


@fixture
def recursion_direct():
    """A function that calls itself counts once per sample; no edge to itself."""
    p = cpu()
    ticks(p, "main;f:11;f:11;f:11;g", 1)
    ticks(p, "main;f:11;g;f:12", 2)
    ticks(p, "main", 3)
    ticks(p, "main;f:12", 1)
    return p


@fixture
def recursion_mutual():
    """Two and three functions that call each other, at several depths."""
    p = cpu()
    for depth in range(1, 7):
        ticks(p, ["main", *["even:20", "odd:30"] * depth], depth)
        ticks(p, ["main", *["sum:5", "product:6", "factor:7"] * depth, "digit:8"], 1)
    ticks(p, "main;even:20", 4)
    ticks(p, "odd:30;even:21", 2)
    return p


@fixture
def recursion_inlined():
    """A function inlined into itself is two lines of one location."""
    p = cpu()
    ticks(p, "main;f:3<f:4", 3)
    ticks(p, "main;f:3<f:4;f:3<f:4", 2)
    ticks(p, "main;f:3<f:4<f:5;g:9<f:4", 4)
    ticks(p, "main;g:9<f:4<g:8<f:3", 1)
    return p


@fixture
def cyclic_stack():
    """One location several times in a stack, next to itself and apart."""
    p = cpu()
    here, there = p.frame("loop:4"), p.frame("body:9<loop:5")
    ticks(p, ["main", here, here, here, there, here], 5)
    ticks(p, ["main", there, there, here, there], 7)
    ticks(p, [there], 1)
    return p


# Inlining


@fixture
def inline_partial():
    """Inlined by some callers and called by others: the marks of both kinds."""
    p = cpu()
    ticks(p, "main;a;get:7<a:3", 8)
    ticks(p, "main;b;get:7<b:3", 4)
    ticks(p, "main;c;get:7", 2)
    ticks(p, "main;a;set:8<a:4", 5)
    ticks(p, "main;b;set:8<get:9<b:6", 3)
    ticks(p, "set:8", 1)
    return p


@fixture
def inline_deep():
    """Six functions in one location, and leaves at each height of it."""
    p = cpu()
    names = ["one:1", "two:2", "three:3", "four:4", "five:5", "six:6"]
    for n in range(1, 7):
        ticks(p, ["main", "run", "<".join(reversed(names[:n]))], n)
        ticks(p, ["main", "<".join(reversed(names[:n])), "leaf", "<".join(reversed(names[n - 1 :]))], 7 - n)
    return p


@fixture
def inline_mark_of_dropped_callers():
    """Callers under the cut-off take a function's mark with them."""
    p = cpu()
    ticks(p, "main;work", 2000)
    for n in range(30):
        ticks(p, f"main;small{n}:2;tiny:5<small{n}:3", 9)
        ticks(p, f"main;small{n}:2;called:6", 8)
    ticks(p, "called:6", 30)
    ticks(p, "main;work;tiny:5", 1)
    return p


@fixture
def inline_hidden():
    """Whose name matches may be any line of a location, for show and hide."""
    p = cpu()
    ticks(p, "main;outer:1;runtime.copy:4<runtime.move:5<outer:2", 6)
    ticks(p, "main;outer:1;user:7<runtime.move:5", 5)
    ticks(p, "main;runtime.call:3;user:7<runtime.wrap:6<other:8", 4)
    ticks(p, "runtime.goexit;runtime.call:3", 3)
    ticks(p, "runtime.goexit;main;other:8", 2)
    return p


# Frames that say little


@fixture
def empty_stacks():
    """Samples without a stack count in the total and are in no row."""
    p = cpu()
    ticks(p, "main;work", 3)
    ticks(p, "", 4)
    ticks(p, "", 1, kind="idle")
    ticks(p, "main", 2, kind="busy")
    return p


@fixture
def unsymbolized():
    """Frames without a function, of several mappings, of none, of one without
    a file; among frames that have one."""
    p = cpu()
    libc = p.map("/lib/x86_64-linux-gnu/libc.so.6", "c0ffee", 0x7F0000000000, 0x7F0000200000, 0x1000, ())
    nameless = p.map("", "", 0x900000, 0xA00000, 0, ())
    one, two = p.at(address=0x500010), p.at(address=0x500020)
    three, four = p.at(address=0x7F0000001234, mapping=libc), p.at(address=0x7F0000001300, mapping=libc)
    five, six = p.at(address=0x900100, mapping=nameless), p.at(address=0xDEAD0000, mapping=0)
    seven = p.at(address=0, mapping=0)
    ticks(p, ["main", one, two], 4)
    ticks(p, ["main", one, three], 3)
    ticks(p, ["main", "work", four, three], 2)
    ticks(p, ["main", five], 2)
    ticks(p, [six, "main", six], 5)
    ticks(p, [seven], 1)
    ticks(p, ["main", three, "callback"], 6)
    return p


@fixture
def unsymbolized_all():
    """Nothing but addresses, as a profiler without symbols writes them."""
    p = cpu(mapping=False)
    p.map("/opt/strip/bin/stripped", "0123456789abcdef0123456789abcdef01234567", flags=())
    p.map("/opt/strip/lib/plugin.so", "", 0x10000000, 0x10100000, 0, ())
    for n in range(12):
        stack = [p.at(address=0x400100), p.at(address=0x400100 + n * 64)]
        if n % 3 == 0:
            stack.append(p.at(address=0x10000000 + n, mapping=2))
        ticks(p, stack, 1 + n)
    return p


@fixture
def no_mapping():
    """No mapping at all: the header has no File."""
    p = cpu(mapping=False)
    ticks(p, "main;work;leaf<inner", 3)
    ticks(p, ["main", p.at(address=0x1234)], 2)
    ticks(p, ["main", p.at()], 2)
    return p


@fixture
def names_unknown():
    """Functions named "", "<unknown>" and " ", with a file and without, a line
    and none."""
    p = cpu()
    for n, name in enumerate(["", "<unknown>", " ", "[program]"]):
        for file in "", "/src/known.c":
            for line in 0, 7:
                ticks(p, ["main", p.at(Line(Function(name, file), line))], 1 + n)
    ticks(p, ["main", p.at(address=0x500000), p.at(Line(Function("", "/src/known.c", 3), 9))], 3)
    return p


# Names


@fixture
def names_cpp():
    """C++: templates, operators, anonymous namespaces, destructors; pprof
    shortens them in graphs and cuts them for drop_frames and prune_from."""
    p = cpu()
    names = [
        "std::vector<int, std::allocator<int> >::push_back(int const&)",
        "(anonymous namespace)::Walker::visit(Node*, unsigned long)",
        "foo::bar::Baz::operator()(int) const",
        "operator new(unsigned long)",
        "google::protobuf::internal::Arena::~Arena()",
        "<alloc::vec::Vec<T> as core::ops::drop::Drop>::drop",
        "cpp::name_space::Class::method<float, long, int>()",
        ".hidden(char**)",
        "std::function<void (int)>::operator()(int)",
    ]
    for n, name in enumerate(names):
        ticks(p, ["main", p.at(Line(Function(name, "/src/cpp/code.cc", 10 * n, f"_ZN{n}E"), 10 * n + 1))], 1 + n)
        ticks(p, ["main", p.at(Line(Function(names[0], "/usr/include/vector"), 3), Line(Function(name, "/src/cpp/code.cc"), 5))], 2)
    return p


@fixture
def names_java():
    """Java: classes, constructors, lambdas, inner classes."""
    p = Profile("cpu/nanoseconds")
    names = [
        "java.util.concurrent.ThreadPoolExecutor.runWorker",
        "java.lang.Thread.run",
        "com.example.shop.Cart.<init>(int)",
        "com.example.shop.Cart$Item.total",
        "com.example.shop.Cart.lambda$sum$0(com.example.shop.Cart$Item)",
        "com.example.shop.Cart.access$100",
        "java.bar.foo.FooBar.run(java.lang.Runnable)",
    ]
    for n in range(2, len(names) + 1):
        p.sample([p.at(Line(Function(x, "Cart.java"), 4 + n)) for x in names[:n]], n * 100 * MS)
    return p


@fixture
def names_go():
    """Go: methods, closures, generics, versions of modules, names with dots."""
    p = cpu()
    names = [
        "runtime.goexit",
        "main.main.func1.2",
        "net/http.(*conn).serve",
        "github.com/foo/bar/v4.(*Foo).Bar",
        "github.com/foo/bar/v1.(*Foo).Bar",
        "github.com/BlahBlah/foo.Foo[...]",
        "github.com/x/y.Map[github.com/x/z.T]",
        "main.(*Tree[go.shape.int_0,go.shape.string_1]).Walk-fm",
        "gopkg.in/yaml%2ev3.(*parser).parse",
        "type..eq.example.com/a/b.T",
        "foo/xyz",
    ]
    for n in range(1, len(names) + 1):
        ticks(p, [p.at(Line(Function(x, f"example.com/go/{x.partition('.')[0]}.go"), n)) for x in names[:n]], n)
    return p


@fixture
def names_spaces_and_unicode():
    """Blanks, quotes, backslashes, accents, other scripts; a name of 200 letters."""
    p = cpu()
    names = [
        "two words", "quoted \"name\"", "back\\slash", "tab\tinside", "naïve café", "函数", "Ωμέγα", "🔥 flame",
        "a|b", "percent %s %d", "<b>bold</b>", "long" + "er" * 98, "e\u0301 combining", "ends in a blank ",
    ]
    for n, name in enumerate(names):
        ticks(p, ["main", p.at(Line(Function(name, f"/src/dir {n}/ü/file.c"), 3 * n))], 2 + n)
        ticks(p, ["main", p.at(Line(Function(name, f"/src/dir {n}/ü/file.c"), 3 * n)), "leaf"], 1, clé="valeur № 1")
    return p


@fixture
def names_not_utf8():
    """Names whose bytes are no UTF-8, two of them different only in those."""
    p = cpu()
    one, two = p.at(Line(Function(b"caf\xe9", b"/src/\xff.c", 0, b"s"), 4)), p.at(Line(Function(b"caf\xe8", b"/src/\xff.c", 0, b"s"), 4))
    ticks(p, ["main", one], 3)
    ticks(p, ["main", two, one], 2)
    ticks(p, ["main", "plain"], 1)
    return p


@fixture
def same_name():
    """One name in two files, with two start lines, with two system names, in
    two mappings: one row or several, by granularity."""
    p = cpu()
    other = p.map("/usr/local/lib/other.so", "feed", 0x10000000, 0x10010000)
    rows = [
        Function("init", "/src/a.c", 5), Function("init", "/src/b.c", 5), Function("init", "/src/b.c", 50),
        Function("init", "/src/b.c", 5, "_init_v2"), Function("init", ""),
    ]
    for n, function in enumerate(rows):
        ticks(p, ["main", p.at(Line(function, 9))], 1 + n)
        ticks(p, ["main", p.at(Line(function, 9), address=0x10000000 + n, mapping=other), "leaf"], 2)
    return p


# Files and lines


@fixture
def files_to_clean():
    """File names that are not in their shortest form."""
    p = cpu()
    files = [
        "/a/../b//c.go", "/b/c.go", "./x.c", "x.c", "a/./b/../d.c", "a/d.c", "/", "..", "../up.c", "/proc/self/cwd/pkg/y.cc",
        "/proc/self/cwd/./pkg/y.cc", "pkg/y.cc", "dir/", "C:\\src\\win.c", "//net/share.c", ".",
    ]
    for n, file in enumerate(files):
        ticks(p, ["main", p.at(Line(Function("work", file), 4))], 1 + n)
        ticks(p, ["main", p.at(Line(Function(f"f{n}", file), 5))], 2)
    return p


@fixture
def lines():
    """Several lines of a function, line 0, a line below 0, start lines."""
    p = cpu()
    work, other = Function("work", "/src/work.c", 20), Function("other", "/src/work.c")
    for n, line in enumerate([21, 25, 25, 30, 0, 21, -3, 2**31]):
        ticks(p, ["main", p.at(Line(work, line))], 1 + n)
        ticks(p, ["main", p.at(Line(other, line)), p.at(Line(work, 22), Line(other, line))], 1)
    return p


@fixture
def columns():
    """Calls of one line told apart by their columns, which pprof 1.19 skips."""
    p = cpu()
    for column in 0, 4, 17, 17, 31:
        ticks(p, ["main", p.at(Line("callee", 12), Line("caller", 8, column))], 1 + column)
        ticks(p, ["main", p.at(Line("caller", 8, column))], 2)
    return p


@fixture
def addresses():
    """A function at several addresses, 0, and at the upper end of the range."""
    p = cpu()
    p.map("[vdso]", "", 0xFFFFFFFFFF600000, 0xFFFFFFFFFF601000)
    for n, address in enumerate([0x401000, 0x401004, 0x401008, 0, 0x401004]):
        ticks(p, ["main", p.at(Line("work", 7 + n % 2), address=address)], 1 + n)
    ticks(p, ["main", p.at(Line("clock", 3), address=0xFFFFFFFFFF600A10, mapping=2)], 4)
    ticks(p, ["main", p.at(Line("edge"), address=2**64 - 1, mapping=0), "work:7"], 2)
    ticks(p, ["main", p.at(Line("inner", 2), Line("work", 9), address=0x401010)], 3)
    return p


@fixture
def sources():
    """Lines of the files in sources/, of one that is missing, of one beyond
    its end, with start lines and without."""
    p = cpu()
    parse, eat = Function("parse", "sources/parse.cc", 8), Function("eat", "sources/parse.cc")
    walk, late = Function("walk", "/home/builder/sources/deep/walk.cc"), Function("late", "sources/parse.cc", 3)
    gone, missing = Function("gone", ""), Function("missing", "sources/none.cc", 2)
    text = Function("文字", "sources/deep/text.cc", 1)
    for n, line in enumerate([9, 12, 12, 14]):
        ticks(p, ["main", p.at(Line(parse, line))], 1 + n)
        ticks(p, ["main", p.at(Line(parse, line)), p.at(Line(eat, 4), Line(parse, line))], 2)
    ticks(p, ["main", p.at(Line(walk, 5)), p.at(Line(walk, 6)), p.at(Line(eat, 5))], 5)
    ticks(p, [p.at(Line(late, 900))], 1)
    ticks(p, [p.at(Line(gone, 3)), p.at(Line(missing, 4))], 2)
    ticks(p, [p.at(Line(text, 2)), p.at(Line(text, 4))], 3)
    return p


# Labels


@fixture
def labels():
    """Texts: several keys, samples without, equal values under two keys."""
    p = cpu()
    ticks(p, "main;a", 1, color="red", shape="round")
    ticks(p, "main;a", 2, color="blue", shape="square")
    ticks(p, "main;b", 4, color="red", size="red")
    ticks(p, "main;b", 8)
    ticks(p, "main;c", 16, color="dark red, or so", shape="a=b:c")
    return p


@fixture
def labels_zero():
    """A number 0 is a label only with a unit; a text "" is none."""
    p = cpu()
    ticks(p, "main;a", 1, size=0)
    ticks(p, "main;a", 2, size=(0, "kb"))
    ticks(p, "main;b", 3, size=7, wait=(0, "ms"))
    ticks(p, "main;b", 4, labels=[("key", ""), ("key", "text")], wait=(5, "ms"))
    return p


@fixture
def labels_several_values():
    """Several values of a key stay in order; each counts the whole sample."""
    p = cpu()
    ticks(p, "main;a", 1, labels=[("tag", "x"), ("tag", "y"), ("tag", "x")])
    ticks(p, "main;a", 2, labels=[("tag", "z"), ("n", 3), ("n", 1), ("n", 2)])
    ticks(p, "main;b", 3, labels=[("n", (1, "ms")), ("n", 5), ("n", (2, "ms"))])
    ticks(p, "main;b", 4, labels=[("bytes", 512), ("bytes", 4096), ("tag", "y")])
    return p


@fixture
def labels_both_kinds():
    """One key with texts and numbers."""
    p = cpu()
    ticks(p, "main;a", 1, labels=[("id", "seven"), ("id", 7)])
    ticks(p, "main;a", 2, labels=[("id", 8)])
    ticks(p, "main;b", 3, labels=[("id", "7")])
    ticks(p, "main;b", 4, labels=[("id", (9, "kb")), ("id", "nine")])
    return p


@fixture
def labels_several_units():
    """The first unit of a key is used; a message names the others."""
    p = cpu()
    ticks(p, "main;a", 1, size=(4, "kb"), wait=(3, "ms"))
    ticks(p, "main;a", 2, size=(5, "mb"), wait=(200, "us"))
    ticks(p, "main;b", 3, size=6, wait=(1, "foo"))
    ticks(p, "main;b", 4, size=(7, "kb"))
    return p


@fixture
def labels_bytes():
    """The numbers of allocations: bytes without unit, alignment, request; more
    sizes than a graph has boxes for."""
    p = Profile(*HEAP, period="space/bytes", every=524288)
    for n in range(14):
        size = 16 << n
        p.sample(f"main;make{n % 3};malloc", 3 + n, (3 + n) * size, n % 4, n % 4 * size, bytes=size)
    p.sample("main;make0;malloc", 2, 2048, 1, 1024, bytes=1024, alignment=64, request=1000)
    p.sample("main;make1;malloc", 2, 4096, 2, 4096, bytes=(2048, "bytes"), alignment=4096, request=2000)
    p.sample("main;make2", 1, 100, 1, 100, kind="raw", bytes=100)
    return p


@fixture
def labels_bytes_with_unit():
    """The key bytes in another unit than bytes."""
    p = Profile("allocations/count", "space/kilobytes")
    for n in range(8):
        p.sample("main;a;malloc" if n % 2 else "main;b;malloc", n + 1, 4 << n, bytes=(4 << n, "kilobytes"), kind=f"k{n % 3}")
    return p


@fixture
def labels_many():
    """More values than a graph shows, of many sizes, some on one node only."""
    p = cpu()
    for n in range(40):
        ticks(p, "main;serve;handle" if n % 3 else "main;serve;reject", 50 - n, user=f"user {n % 9}", route=f"/r{n % 4}", bytes=1 << n % 11)
    ticks(p, "main;serve", 5, user="root")
    return p


@fixture
def labels_of_base():
    """A difference that was saved: pprof::base is true for the samples before."""
    p = cpu()
    ticks(p, "main;a", 9)
    ticks(p, "main;b", 4, who="x")
    ticks(p, "main;a", -5, labels=[("pprof::base", "true")])
    ticks(p, "main;b", -4, labels=[("pprof::base", "true"), ("who", "x")])
    ticks(p, "main;c", -6, labels=[("pprof::base", "true")])
    ticks(p, "main;d", 2, labels=[("pprof::base", "false")])
    return p


# Types


@fixture
def default_type():
    """A default type that is not the last."""
    p = Profile(*HEAP, default="alloc_space", period="space/bytes", every=512)
    p.sample("main;a", 5, 5000, 2, 2000)
    p.sample("main;b", 7, 1500, 0, 0)
    p.sample("main;b;c", 1, 1000000, 1, 1000000)
    return p


@fixture
def default_type_unknown():
    """A default type that there is not: the last one counts."""
    p = Profile(*HEAP, default="nothing")
    p.sample("main;a", 5, 5000, 2, 2000)
    p.sample("main;b", 7, 1500, 1, 300)
    return p


@fixture
def duplicate_types():
    """Two types of one name, with different units."""
    p = Profile("a/count", "a/bytes", "b/milliseconds", default="a")
    p.sample("main;x", 3, 3000, 40)
    p.sample("main;y", 5, 200, 2)
    return p


@fixture
def inuse_alias():
    """A type "space" answers to inuse_space."""
    p = Profile("objects/count", "space/bytes", "inuse_wait/ms")
    p.sample("main;x", 3, 3000, 4)
    p.sample("main;y", 5, 200, 2)
    p.sample("main;y;z", 1, 70000, 9)
    return p


@fixture
def units_of_time():
    """ns, us, ms, s and hours, in the ways they are written."""
    p = Profile("a/ns", "b/microseconds", "c/ms", "d/seconds", "e/hours", "f/us", "g/sec")
    for n, (name, value) in enumerate([("w", 1), ("x", 59999), ("y", 3600), ("z", 1234567)]):
        p.sample(f"main;{name}", value, value * 10, value // 3 + 1, value % 10000 + 59, n + 1, 999 * n + 1, 86400 * n + 1)
    return p


@fixture
def units_of_memory():
    """bytes up to petabytes, in the ways they are written."""
    p = Profile("a/bytes", "b/kB", "c/megabytes", "d/GB", "e/TB", "f/pb", "g/byte", "h/kib")
    for n, (name, value) in enumerate([("w", 1), ("x", 1023), ("y", 1048575), ("z", 987654321)]):
        p.sample(f"main;{name}", value, value % 4096 + 1, value % 999 + 1, n + 1, n + 2, n + 3, value * 5, value % 77 + 2)
    return p


@fixture
def units_others():
    """GCU, units that nobody knows, none, and those that stay unnamed."""
    p = Profile("a/GCU", "b/nGCU", "c/foo", "d/", "e/count", "f/samples", "g/widgets", "h/minutes", "i/Seconds", "j/M*GCU")
    for n, name in enumerate("wxyz"):
        p.sample(f"main;{name}", *[(n + 1) * 7 ** (i % 5) + i for i in range(10)])
    return p


# Values


@fixture
def values_negative():
    """Values below 0: sorted by size, summed with their sign."""
    p = cpu()
    for n, value in enumerate([50, -30, 20, -45, 5, -5]):
        ticks(p, f"main;f{n}", value)
        ticks(p, f"main;g{n % 2};f{n}", -value // 2)
    ticks(p, "main", -1)
    return p


@fixture
def values_big():
    """Near the end of 64 bits, without a sum beyond it."""
    p = Profile("samples/count", "wide/nanoseconds", "heavy/bytes")
    p.sample("main;a", 2**53 + 1, 2**62, 2**61 + 3)
    p.sample("main;b", 2**40, 2**60 + 1, 2**60)
    p.sample("main;b;c", 3, 2**61 - 7, 2**62)
    p.sample("main;d", 1, 1, 1)
    return p


@fixture
def values_tiny():
    """So few that the cut-offs are 0."""
    p = Profile("samples/count", "cpu/nanoseconds")
    for n in range(1, 8):
        p.sample(f"main;f{n}", 1, n)
        p.sample(f"main;f{n};g", 0, 1)
    return p


@fixture
def values_zero():
    """Samples that are 0 in one column, in the other, in both."""
    p = cpu()
    p.sample("main;a", 0, 10 * MS)
    p.sample("main;b", 3, 0)
    p.sample("main;c", 0, 0)
    p.sample("main;d", 1, 10 * MS)
    p.sample("main;d", 0, 0, key="text")
    return p


@fixture
def values_all_zero():
    """A total of 0, which makes 0 % of everything."""
    p = cpu()
    p.sample("main;a", 1, 0)
    p.sample("main;b", 2, 0)
    return p


@fixture
def values_cancel():
    """A function whose samples add up to 0 is not there."""
    p = cpu()
    ticks(p, "main;gone", 6)
    ticks(p, "main;x;gone", -6)
    ticks(p, "main;y", 4)
    ticks(p, "main;half", 3)
    ticks(p, "half", -3)
    return p


@fixture
def mean():
    """Sums that a count does not divide, counts of 0, times of 0."""
    p = Profile("contentions/count", "delay/nanoseconds", "bytes/bytes")
    p.sample("main;lock", 3, 1000, 7)
    p.sample("main;lock;wait", 7, 99999, 1)
    p.sample("main;wait", 0, 5000, 40)
    p.sample("main;free", 4, 0, 0)
    p.sample("main;odd", 2, -7, 3)
    return p


@fixture
def duplicate_samples():
    """Equal stacks with equal labels, with others, through equal locations."""
    p = cpu()
    for n in 1, 2, 4:
        ticks(p, "main;a;b", n)
        ticks(p, "main;a;b", n, key="text")
        ticks(p, "main;a;c", n, bytes=n)
        ticks(p, ["main", p.at(Line("a", 10), address=0x401500)], n)
    return p


# Trimming


@fixture
def trimmed():
    """Two hundred functions of falling weights, called along several ways."""
    p = cpu()
    numbers = random.Random(3)
    for n in range(200):
        weight = 3000 // (n + 1) + 1
        ticks(p, f"main;group{n % 7};step{n % 23};f{n}", weight)
        ticks(p, f"main;other{n % 5};f{n};step{numbers.randrange(23)}", weight // 3 + 1)
    return p


@fixture
def trimmed_chain():
    """Long ways through light functions, which leave residual edges."""
    p = cpu()
    for n in range(30):
        ticks(p, ["main", *[f"link{(n * k) % 41}" for k in range(1, 9)], f"end{n % 4}"], 1 + n % 6)
    ticks(p, "main;end0", 3000)
    ticks(p, "main;link1;end1", 2000)
    return p


@fixture
def wide():
    """More functions than a graph has, with many callers and many callees."""
    p = cpu()
    numbers = random.Random(5)
    for n in range(300):
        a, b = numbers.randrange(40), numbers.randrange(70)
        ticks(p, f"main;caller{a};hub{n % 3};callee{b}" if n % 2 else f"main;caller{a};callee{b};hub{n % 3}", numbers.randrange(1, 90), key=f"v{n % 6}")
    return p


@fixture
def ties():
    """Equal weights everywhere: names decide the order."""
    p = cpu()
    for a in "zebra", "ant", "Bee", "_x":
        for b in "10", "9", "a", "B":
            ticks(p, f"main;{a};{b}fn", 2)
            ticks(p, f"main;{b}fn;{a}", 2)
    return p


# What belongs to the whole profile


@fixture
def drop_frames():
    """What matches drop_frames as a whole is cut off with all it calls."""
    p = cpu(drop="malloc|operator new|.*::allocate|runtime\\..*|main\\.")
    ticks(p, "main;work;malloc;arena", 4)
    ticks(p, "main;work;malloc;brk<malloc_slow<arena", 2)
    ticks(p, "malloc;main;free", 3)
    ticks(p, "main;malloc_usable_size", 1)
    ticks(p, ["main", p.at(Line("operator new(unsigned long)")), "arena"], 5)
    ticks(p, ["main", p.at(Line("(anonymous namespace)::Pool::allocate(int)")), "arena"], 6)
    ticks(p, ["main", p.at(Line("main.(*T).Alloc")), "runtime.mallocgc"], 7)
    ticks(p, "main;runtime.mallocgc<work:3", 8)
    ticks(p, "runtime.goexit;runtime.main", 2)
    return p


@fixture
def drop_and_keep_frames():
    """What matches keep_frames too stays."""
    p = cpu(drop=".*alloc.*", keep=".*_aligned|calloc")
    ticks(p, "main;malloc;arena", 4)
    ticks(p, "main;calloc;malloc", 5)
    ticks(p, "main;malloc_aligned;xalloc<calloc;leaf", 6)
    ticks(p, "main;realloc<grow;leaf", 3)
    return p


@fixture
def drop_frames_broken():
    """A pattern that is none is passed over."""
    p = cpu(drop="(malloc")
    ticks(p, "main;malloc;arena", 4)
    ticks(p, "main;free", 5)
    return p


@fixture
def comments():
    """Those that begin with # are not in the header."""
    p = cpu(comments=["built by hand", "#hidden: yes", "", "  # shown", "zweite Zeile: größer", "two\nlines"])
    ticks(p, "main;work", 4)
    return p


@fixture
def doc_url():
    """A help link, which pprof 1.19 does not know."""
    p = cpu(doc_url="https://example.com/profiles/help")
    ticks(p, "main;work", 4)
    ticks(p, "main", 1)
    return p


@fixture
def header():
    """A build id, a duration over an hour, a period, a time before 1970."""
    p = Profile("samples/count", "cpu/milliseconds", mapping=False, time=-86400 * 10**9, duration=5000 * 10**9,
                period="cpu/milliseconds", every=7)
    p.map("/opt/service/bin/service-1.2.3", "8a7f4c0d")
    p.map("/opt/service/lib/libmore.so", "ffff", 0x900000, 0xA00000)
    p.sample("main;work", 100, 700)
    p.sample("main;wait", 20, 140000)
    return p


@fixture
def paths_that_match():
    """A mapping's path counts as a name when filters are matched."""
    p = cpu(mapping=False)
    main = p.map("/srv/work/bin/main")
    lib = p.map("/srv/lib/libhash.so", "", 0x900000, 0xA00000)
    ticks(p, [p.at(Line("start"), mapping=main), p.at(Line("hash"), mapping=lib)], 5)
    ticks(p, [p.at(Line("start"), mapping=main), p.at(Line("work"), mapping=main)], 4)
    ticks(p, [p.at(Line("start"), mapping=main), p.at(address=0x900010, mapping=lib)], 3)
    ticks(p, [p.at(Line("start"), mapping=0), p.at(Line("none"), mapping=0)], 2)
    ticks(p, [p.at(Line("inner"), Line("outer"), mapping=lib), p.at(mapping=0)], 1)
    return p


@fixture
def kernel():
    """The kernel's mapping has a symbol behind its name."""
    p = cpu()
    kernel = p.map("[kernel.kallsyms]_stext", "", 0xFFFFFFFF81000000, 0xFFFFFFFF82000000, 0, (1,))
    ticks(p, ["main", p.at(Line(Function("do_syscall_64", "")), address=0xFFFFFFFF81000123, mapping=kernel)], 3)
    ticks(p, ["main", p.at(address=0xFFFFFFFF81004567, mapping=kernel)], 2)
    ticks(p, ["main", "read"], 1)
    return p


@fixture
def folded_locations():
    """Locations that stand for several of the same code."""
    p = cpu()
    ticks(p, ["main", p.at(Line("same", 3), address=0x402000, folded=True)], 3)
    ticks(p, ["main", p.at(Line("same", 3), address=0x402000)], 2)
    ticks(p, ["main", p.at(Line("inner", 1), Line("same", 3), folded=True), "leaf"], 4)
    return p


@fixture
def ids_huge():
    """Numbers of locations and functions that are not 1, 2, 3."""
    p = cpu()
    p.location_ids = iter([2**63 + 5, 7, 2**64 - 1, 1000000007, 2**32])
    p.function_ids = iter([99, 2**64 - 2, 2**40, 3, 12])
    ticks(p, "main;a;b<c", 3)
    ticks(p, "main;d", 2)
    return p


@fixture
def no_samples():
    """A run too short for any."""
    p = cpu()
    p.frame("main")
    return p


# Differences and sums; the names before the last word belong together.


def work(p, factor, *parts):
    for n, part in enumerate(parts):
        ticks(p, f"main;{part};leaf{n % 3}", (n + 2) * factor)
        ticks(p, f"main;{part}", n + 1)


@fixture
def diff_old():
    """Before: some of it goes, some stays, some grows."""
    p = cpu()
    work(p, 3, "stays", "shrinks", "goes")
    ticks(p, "main;shrinks", 50)
    ticks(p, "main;stays", 2, key="text")
    return p


@fixture
def diff_new():
    """After; the same locations where the functions are the same."""
    p = cpu(duration=2500 * MS)
    work(p, 3, "stays", "shrinks")
    ticks(p, "main;comes;leaf0", 9)
    ticks(p, "main;shrinks", 20)
    ticks(p, "main;stays", 3, key="text")
    return p


@fixture
def diff_moved_new():
    """After, built anew: every function at another address and line."""
    p = cpu()
    p.next_address += 0x5678
    for n, part in enumerate(["stays", "shrinks", "comes"]):
        ticks(p, [f"main:{20 + n}", f"{part}:99", f"leaf{n % 3}:7"], (n + 2) * 3)
        ticks(p, [f"main:{20 + n}", f"{part}:98"], n + 1)
    return p


@fixture
def diff_heap_old():
    """Before, of four types with labels."""
    p = Profile(*HEAP, period="space/bytes", every=1024)
    for n in range(6):
        p.sample(f"main;make{n};malloc", n + 1, 64 << n, n, n * 64, bytes=64 << n % 3)
    return p


@fixture
def diff_heap_new():
    """After, of four types with labels."""
    p = Profile(*HEAP, period="space/bytes", every=4096)
    for n in range(2, 9):
        p.sample(f"main;make{n};malloc", n + 4, 70 << n, 5, n * 50, bytes=64 << n % 3)
    return p


def scaled(unit, factor):
    p = Profile("samples/count", f"cpu/{unit}", period=f"cpu/{unit}", every=10)
    for n, name in enumerate(["a", "b", "a;c", "d;a"]):
        p.sample(f"main;{name}", n + 1, (n + 1) * factor + n * n % 7)
    return p


@fixture
def sum_seconds():
    """To be added to the next two, which have the same in other units."""
    return scaled("seconds", 2)


@fixture
def sum_ms():
    """Milliseconds, under the same names."""
    return scaled("milliseconds", 1500)


@fixture
def sum_us():
    """Microseconds, in short."""
    return scaled("us", 70000)


@fixture
def lost_ms():
    """Added to the next one, pprof loses the sample of 0 ms; we keep it."""
    p = Profile("samples/count", "cpu/milliseconds")
    p.sample("main;a", 3, 4)
    p.sample("main;b", 5, 0)
    return p


@fixture
def lost_ns():
    """Nanoseconds for the one before."""
    p = Profile("samples/count", "cpu/nanoseconds")
    p.sample("main;a", 2, 700)
    p.sample("main;b", 1, 0)
    return p


@fixture
def sum_labels_one():
    """Equal stacks, labels in another order, and a comment of its own."""
    p = cpu(comments=["one", "both"], time=TIME + 5 * 10**9, every=20 * MS)
    ticks(p, "main;a", 1, labels=[("x", "1"), ("y", "2"), ("n", 5)])
    ticks(p, "main;b", 2, labels=[("n", (5, "kb")), ("x", "1")])
    ticks(p, "main;c", 3)
    return p


@fixture
def sum_labels_two():
    """The same labels in another order; a stack cancels."""
    p = cpu(comments=["both", "#two"], default="samples")
    ticks(p, "main;a", 10, labels=[("y", "2"), ("n", 5), ("x", "1")])
    ticks(p, "main;b", 20, labels=[("x", "1"), ("n", (5, "mb"))])
    ticks(p, "main;c", -3)
    return p


def main():
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent / "constructed")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, make in fixtures.items():
        (folder / f"{name}.pb").write_bytes(make().encode())


main()
