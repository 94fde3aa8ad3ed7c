# SPDX-License-Identifier: LGPL-2.1-or-later
"""Files as somebody unkind would write them, each with what must become of it.

    for case in cases():
        case.group, case.name, case.verdict, case.reason, case.content()

A verdict is ACCEPT, REFUSE, or EITHER where a reader of text may take a file or
leave it. What is large is made when it is asked for."""
import functools
import gzip
import json
import os
import pathlib
import random
import struct
import sys
import zlib

sys.dont_write_bytecode = True
DATA = pathlib.Path(__file__).resolve().parent.parent / "data"
sys.path[:0] = [str(DATA), str(DATA / "profiles")]

from builder import Function, Line, Profile
from wire import BYTES, FIXED32, FIXED64, VARINT, member, num, nums, packed, raw, tag, varint

ACCEPT, REFUSE, EITHER = "accept", "refuse", "either"
LEAST, MOST = -1 << 63, (1 << 63) - 1


class Case:
    def __init__(self, group, name, verdict, reason, content, same=None, says=None, picture=None, convert=None, plain=False):
        self.group, self.name, self.verdict, self.reason = group, name, verdict, reason
        self.made = content
        self.same = same  # content of which this must be another spelling
        self.says = says  # part of the message when it is refused
        self.picture = picture or verdict  # verdict of the PNG, which has limits of its own
        self.thumbnail = REFUSE if verdict == REFUSE else EITHER  # which is small, or not made
        self.convert = convert or verdict  # and of another file, where each sample has its whole stack
        self.plain = plain  # names are plain: "nan" would be a number

    def content(self):
        return self.made() if callable(self.made) else self.made


class Group:
    def __init__(self, name):
        self.name, self.cases = name, []

    def add(self, name, verdict, reason, content, **more):
        self.cases.append(Case(self.name, name, verdict, reason, content, **more))

    def accept(self, name, reason, content, **more):
        self.add(name, ACCEPT, reason, content, **more)

    def refuse(self, name, reason, content, **more):
        self.add(name, REFUSE, reason, content, **more)

    def either(self, name, reason, content, **more):
        self.add(name, EITHER, reason, content, **more)


# --- a profile of some sixty bytes, in pieces ---

NAMES = ["", "n", "u", "main", "f", "key"]
STRINGS = b"".join(raw(6, n) for n in NAMES)
TYPE = nums(_1=1, _2=2)
FUNCTION = nums(_1=1, _2=3, _4=4)
LINE = nums(_1=1, _2=7)
LOCATION = nums(_1=1, _2=1, _3=64) + raw(4, LINE)
MAPPING = nums(_1=1, _2=16, _3=96, _5=4)
LABEL = nums(_1=5, _3=9)
SAMPLE = packed(1, [1]) + packed(2, [5]) + raw(3, LABEL)


def tiny(type_=TYPE, sample=SAMPLE, mapping=MAPPING, location=LOCATION, function=FUNCTION, head=b"", strings=STRINGS):
    """The last string is named by the first sample's label: no prefix is whole."""
    return (raw(1, type_) + raw(2, sample) + raw(3, mapping) + raw(4, location) + raw(5, function) + head + strings)


TINY = tiny()
TINY_GZIP = member(TINY)

# Each level of messages: a profile whose message there has something added.
LEVELS = {
    "profile": lambda extra: TINY + extra,
    "type": lambda extra: tiny(type_=TYPE + extra),
    "sample": lambda extra: tiny(sample=SAMPLE + extra),
    "label": lambda extra: tiny(sample=packed(1, [1]) + packed(2, [5]) + raw(3, LABEL + extra)),
    "mapping": lambda extra: tiny(mapping=MAPPING + extra),
    "location": lambda extra: tiny(location=LOCATION + extra),
    "line": lambda extra: tiny(location=nums(_1=1, _2=1, _3=64) + raw(4, LINE + extra)),
    "function": lambda extra: tiny(function=FUNCTION + extra),
}


@functools.cache
def medium():
    """Some kilobytes, with all there is in a profile."""
    dice = random.Random(7)
    p = Profile("samples/count", "cpu/nanoseconds", period="cpu/nanoseconds", every=10000000, time=10**18)
    for _ in range(150):
        stack = ";".join(f"f{dice.randrange(40)}:{dice.randrange(90)}" for _ in range(dice.randrange(1, 12)))
        p.sample(stack, 1, dice.randrange(10**9), thread=f"t{dice.randrange(5)}")
    return p.encode()


def truncate():
    group = Group("truncate")
    for n in range(len(TINY)):
        group.refuse(f"plain-{n:03}", f"cut at byte {n} of {len(TINY)}", TINY[:n])
    for n in range(len(TINY_GZIP)):
        group.refuse(f"gzip-{n:03}", f"gzip cut at byte {n} of {len(TINY_GZIP)}", TINY_GZIP[:n])
    for percent in 1, 10, 25, 40, 50, 75, 90, 99:
        for kind, content in ("plain", medium()), ("gzip", member(medium())):
            group.refuse(f"medium-{kind}-{percent}", f"cut at {percent} %", content[: len(content) * percent // 100])
    return group


# --- bits ---


def flipped(content, at, bit):
    return content[:at] + bytes([content[at] ^ 1 << bit]) + content[at + 1 :]


def places(content, level="profile", at=0):
    """Yields (role, offset) of each byte of a message: tag, length, text, other."""
    inner = {"profile": {1: "type", 2: "sample", 3: "mapping", 4: "location", 5: "function"}, "sample": {3: "label"},
             "location": {4: "line"}}
    i = 0
    while i < len(content):
        number, kind = content[i] >> 3, content[i] & 7
        yield "tag", at + i
        if kind == VARINT:
            yield "number", at + i + 1
            i += 2
            continue
        length = content[i + 1]
        yield "length", at + i + 1
        body = content[i + 2 : i + 2 + length]
        if number in inner.get(level, {}):
            yield from places(body, inner[level][number], at + i + 2)
        elif level == "profile":
            yield from (("text", at + i + 2 + k) for k in range(length))
        elif number == 2:
            yield from (("value", at + i + 2 + k) for k in range(length))
        i += 2 + length


def flips():
    group = Group("flips")
    silent = {*range(3, 10), len(TINY_GZIP) - 9}  # time and the like, and bits behind the last block
    for at in range(len(TINY_GZIP)):
        if at in silent:
            content = flipped(TINY_GZIP, at, 0 if at == 3 else 6)
            group.accept(f"gzip-{at:03}", "says nothing", content, same=TINY)
        else:
            group.refuse(f"gzip-{at:03}", "checksum, length or structure are wrong", flipped(TINY_GZIP, at, at % 8))
    for role, at in places(TINY):
        if role == "tag":
            group.refuse(f"plain-tag-{at:03}", "a known field of another wire type, or a group", flipped(TINY, at, 0))
        elif role == "length":
            group.refuse(f"plain-length-{at:03}", "longer than what is left", flipped(TINY, at, 7))
        elif role in ("text", "value"):
            group.accept(f"plain-{role}-{at:03}", "another name or number", flipped(TINY, at, 1))
    dice = random.Random(11)
    for n in range(16):
        group.either(f"random-{n:02}", "eight bits of a real one", functools.reduce(
            lambda content, _: flipped(content, dice.randrange(len(content)), dice.randrange(8)), range(8), medium()))
    return group


def gzips():
    group = Group("gzip")
    half = len(TINY) // 2
    good = {
        "two-members": member(TINY[:half]) + member(TINY[half:]),
        "empty-members-around": member(b"") + TINY_GZIP + member(b""),
        "a-member-a-byte": b"".join(member(TINY[i : i + 1]) for i in range(len(TINY))),
        "a-thousand-empty-members": member(b"") * 1000 + TINY_GZIP,
        "stored": member(TINY, level=0),
        "name": member(TINY, name=b"cpu.pb"),
        "name-of-100-kilobytes": member(TINY, name=b"n" * 100000),
        "extra-field": member(TINY, flags=4, extra=struct.pack("<H", 4) + b"abcd"),
        "extra-field-of-65535": member(TINY, flags=4, extra=struct.pack("<H", 65535) + b"x" * 65535),
        "comment": member(TINY, flags=16, extra=b"comment\0"),
        "text-flag": member(TINY, flags=1),
    }
    for name, content in good.items():
        group.accept(name, "gzip as RFC 1952 has it", content, same=TINY)
    head = b"\x1f\x8b\x08\x02\0\0\0\0\0\xff"
    body = TINY_GZIP[10:]
    group.accept("header-checksum", "the header has a checksum", head + struct.pack("<H", zlib.crc32(head) & 0xFFFF) + body,
                 same=TINY)
    bad = {
        "header-checksum-wrong": head + struct.pack("<H", zlib.crc32(head) & 0xFFFF ^ 1) + body,
        "reserved-flag": b"\x1f\x8b\x08\x20" + TINY_GZIP[4:],
        "reserved-flags": b"\x1f\x8b\x08\xe0" + TINY_GZIP[4:],
        "method-7": member(TINY, method=7),
        "checksum": member(TINY, crc=1),
        "length": member(TINY, length=1),
        "length-of-4-GiB": member(TINY, length=0xFFFFFFFF),
        "garbage-behind": TINY_GZIP + b"garbage",
        "zeros-behind": TINY_GZIP + b"\0" * 512,
        "profile-behind": TINY_GZIP + TINY,
        "one-byte-behind": TINY_GZIP + b"\x1f",
        "twice": member(TINY_GZIP),
        "thrice": member(member(TINY_GZIP)),
        "empty": member(b""),
        "only-header": TINY_GZIP[:10],
        "zlib": zlib.compress(TINY),
        "raw-deflate": TINY_GZIP[10:-8],
        "block-type-3": TINY_GZIP[:10] + b"\x07" + TINY_GZIP[11:],
        "distance-too-far": TINY_GZIP[:10] + b"\x03\x02\x00" + b"\0" * 8,
        "stored-length-wrong": TINY_GZIP[:10] + b"\x01\x05\x00\xff\xff" + b"hello" + b"\0" * 8,
        "name-without-end": b"\x1f\x8b\x08\x08\0\0\0\0\0\xff" + b"n" * 5000,
        "extra-field-too-long": b"\x1f\x8b\x08\x04\0\0\0\0\0\xff\xff\xff" + TINY_GZIP[10:],
        "second-member-cut": TINY_GZIP + TINY_GZIP[:20],
        "second-member-damaged": TINY_GZIP + member(TINY, crc=1),
        "same-profile-twice": TINY_GZIP * 2,
    }
    for name, content in bad.items():
        group.refuse(name, "not gzip, damaged, or with something behind it", content)
    return group


def wires():
    group = Group("wire")
    for level, put in LEVELS.items():
        for kind in 3, 4, 6, 7:
            group.refuse(f"type-{kind}-in-{level}", "groups are refused, 6 and 7 do not exist", put(tag(90, kind)))
        group.refuse(f"varint-of-11-in-{level}", "longer than 64 bits", put(tag(90, VARINT) + b"\xff" * 10 + b"\1"))
        group.refuse(f"cut-tag-in-{level}", "ends in a tag", put(b"\x80"))
        group.refuse(f"cut-fixed64-in-{level}", "ends in a number", put(tag(90, FIXED64) + b"1234"))
        group.accept(f"tag-of-10-in-{level}", "drawn out as far as may be", put(tag(90, VARINT, 10) + varint(1, 10)),
                     same=TINY)
    group.accept("unpacked", "numbers one by one", tiny(sample=num(1, 1) + num(2, 5) + raw(3, LABEL)), same=TINY)
    group.accept("packed-in-parts", "packed and not, mixed", tiny(sample=raw(3, LABEL) + packed(1, []) + packed(2, [5])
                                                                  + num(1, 1) + packed(2, [])), same=TINY)
    group.accept("strings-first", "any order", STRINGS + tiny(strings=b""), same=TINY)
    group.accept("last-number-counts", "a number twice", tiny(function=nums(_1=9) + FUNCTION), same=TINY)
    group.accept("zeros-behind", "fields of number 0", TINY + b"\0" * 64, same=TINY)
    group.refuse("a-zero-behind", "half a field", TINY + b"\0")
    group.refuse("period-as-bytes", "a known field of the wrong type", TINY + raw(12, b"x"))
    group.refuse("sample-as-number", "a known field of the wrong type", TINY + num(2, 5))
    group.refuse("label-as-number", "a known field of the wrong type", tiny(sample=SAMPLE + num(3, 5)))
    group.refuse("line-as-number", "a known field of the wrong type", tiny(location=LOCATION + num(4, 5)))
    group.refuse("values-fixed", "a known field of the wrong type", tiny(sample=SAMPLE + tag(2, FIXED32) + b"1234"))
    return group


def unknown():
    group = Group("unknown")
    fields = {
        "varint": num(90, 5),
        "fixed64": tag(90, FIXED64) + b"12345678",
        "bytes": raw(90, "unknown"),
        "fixed32": tag(90, FIXED32) + b"1234",
        "number-2-to-the-60": tag((1 << 60) - 1, VARINT) + varint(7),
    }
    for level, put in LEVELS.items():
        for name, field in fields.items():
            group.accept(f"{name}-in-{level}", "of a later version of the format", put(field), same=TINY)
    return group


def ids():
    group = Group("ids")
    rows = {"mapping": (MAPPING, 3), "location": (LOCATION, 4), "function": (FUNCTION, 5)}
    for name, (row, number) in rows.items():
        group.refuse(f"{name}-0", "0 means none", tiny(**{name: num(1, 0) + row[2:]}))
        group.refuse(f"{name}-without", "no id is 0", tiny(**{name: row[2:]}))
        group.refuse(f"{name}-twice", "which is it?", TINY + raw(number, row))
    group.accept("mapping-unknown", "is as none", tiny(mapping=num(1, 2) + MAPPING[2:]))
    group.refuse("location-unknown", "a stack of nothing", tiny(sample=packed(1, [2]) + packed(2, [5])))
    group.refuse("location-0-in-sample", "0 means none", tiny(sample=packed(1, [0]) + packed(2, [5])))
    group.refuse("function-unknown", "a line of nothing", tiny(location=LOCATION[:6] + raw(4, nums(_1=2))))
    group.refuse("line-without-function", "0 means none", tiny(location=LOCATION[:6] + raw(4, nums(_2=2))))
    for value in (1 << 32) + 1, (1 << 44) + 1, 1 << 63, (1 << 64) - 1:
        group.accept(f"location-{value:x}", "any 64 bits", tiny(sample=packed(1, [value]) + SAMPLE[3:],
                                                                 location=num(1, value) + LOCATION[2:]))
    inverse = pow(0x9E3779B97F4A7C15, -1, 1 << 64)
    for name, number in (("agree-in-32-bits", lambda i: i << 32), ("agree-in-44-bits", lambda i: i << 44),
                         ("multiples-of-a-hash", lambda i: (i << 50) * inverse % (1 << 64)),
                         ("falling", lambda i: (1 << 40) - i)):
        group.accept(name, "10,000 that a table may look for in one place", functools.partial(many_locations, number))
    group.accept("10000-mappings", "each location has its own", many_mappings)
    return group


def many_locations(number, n=10000):
    dense = [number(i) for i in range(1, n + 1)]
    body = b"".join(raw(2, packed(1, [i]) + packed(2, [1])) for i in dense)
    body += b"".join(raw(4, nums(_1=i) + raw(4, LINE)) for i in dense)
    return raw(1, TYPE) + body + raw(5, FUNCTION) + STRINGS


def many_mappings(n=10000):
    body = b"".join(raw(2, packed(1, [i]) + packed(2, [1])) for i in range(1, n + 1))
    body += b"".join(raw(3, nums(_1=i, _2=i << 12, _3=(i << 12) + 4096, _5=4)) for i in range(1, n + 1))
    body += b"".join(raw(4, nums(_1=i, _2=i, _3=i << 12)) for i in range(1, n + 1))
    return raw(1, TYPE) + body + STRINGS


def strings():
    group = Group("strings")
    places_ = {
        "type": lambda s: tiny(type_=nums(_1=s, _2=2)),
        "unit": lambda s: tiny(type_=nums(_1=1, _2=s)),
        "label-key": lambda s: tiny(sample=SAMPLE[:6] + raw(3, nums(_1=s, _3=9))),
        "label-text": lambda s: tiny(sample=SAMPLE[:6] + raw(3, nums(_1=5, _2=s))),
        "label-unit": lambda s: tiny(sample=SAMPLE[:6] + raw(3, nums(_1=5, _3=9, _4=s))),
        "mapping-file": lambda s: tiny(mapping=nums(_1=1, _5=s)),
        "build-id": lambda s: tiny(mapping=nums(_1=1, _6=s)),
        "function-name": lambda s: tiny(function=nums(_1=1, _2=s)),
        "system-name": lambda s: tiny(function=nums(_1=1, _3=s)),
        "function-file": lambda s: tiny(function=nums(_1=1, _4=s)),
        "comment": lambda s: tiny(head=num(13, s)),
        "default-type": lambda s: tiny(head=num(14, s)),
        "doc-url": lambda s: tiny(head=num(15, s)),
        "drop-frames": lambda s: tiny(head=num(7, s)),
        "keep-frames": lambda s: tiny(head=num(8, s)),
        "period-type": lambda s: tiny(head=raw(11, nums(_1=s))),
    }
    for name, put in places_.items():
        group.refuse(f"{name}-beyond", "one more than there are", put(len(NAMES)))
        group.refuse(f"{name}-negative", "no position", put(-1))
    for value in 1 << 31, 1 << 32, (1 << 32) + 3, 1 << 63:
        group.refuse(f"function-name-{value:x}", "in no table", places_["function-name"](value))
    group.refuse("no-table", "every name is missing", tiny(strings=b""))
    group.refuse("first-not-empty", "the first is the empty string", tiny(strings=raw(6, "x") + STRINGS))
    group.accept("empty-ones", "10,000 empty strings", TINY + raw(6, b"") * 10000, same=TINY)
    group.accept("the-same-often", "10,000 equal strings", TINY + raw(6, b"main") * 10000, same=TINY)
    group.accept("only-a-table", "nothing was measured", raw(6, b""))
    return group


def lengths():
    group = Group("lengths")
    for length in 1 << 10, 1 << 20, (1 << 31) - 1, 1 << 31, 1 << 32, 1 << 62, (1 << 64) - 1:
        for number, what in (1, "type"), (2, "sample"), (4, "location"), (6, "string"), (90, "unknown"):
            group.refuse(f"{what}-{length:x}", "longer than the file", TINY + tag(number, BYTES) + varint(length) + b"\0" * 8)
        group.refuse(f"packed-{length:x}", "longer than its sample", tiny(sample=SAMPLE + tag(2, BYTES) + varint(length)))
    return group


# --- shapes ---


def one_stack(n, names=1):
    """A stack of so many frames, of so many functions in turn."""
    numbers = [varint(i) for i in range(1, names + 1)]
    turns = b"".join(numbers) * (n // names) + b"".join(numbers[: n % names])
    rows = b"".join(raw(4, num(1, i) + raw(4, num(1, i))) + raw(5, nums(_1=i, _2=3 + i)) for i in range(1, names + 1))
    texts_ = b"".join(raw(6, f"f{i}") for i in range(1, names + 1))
    return raw(1, TYPE) + raw(2, raw(1, turns) + packed(2, [1])) + rows + b"".join(raw(6, t) for t in NAMES[:4]) + texts_


def inline_chain(n):
    return tiny(location=nums(_1=1, _2=1, _3=64) + raw(4, LINE) * n)


def wide(n):
    p = Profile("samples/count")
    for i in range(n):
        p.sample(f"main;f{i}", 1)
    return p.encode()


def triangle(n):
    p = Profile("samples/count")
    f = p.at("f")
    for i in range(1, n):
        p.sample([f] * i, 1)
    return p.encode()


def depth():
    group = Group("depth")
    for n in 1000, 10000, 100000:
        group.accept(f"recursion-{n}", "nothing recurses over a stack", functools.partial(one_stack, n), picture=EITHER)
    group.either("recursion-1000000", "pictures have limits", functools.partial(one_stack, 1000000))
    group.accept("ten-in-turn-100000", "mutual recursion", functools.partial(one_stack, 100000, 10), picture=EITHER)
    group.accept("different-20000", "as many functions as frames", functools.partial(one_stack, 20000, 20000),
                 picture=EITHER)
    group.refuse("1048577-frames", "over the limit", functools.partial(one_stack, 1048577), says="limit")
    group.accept("inlined-100000", "a chain in one location", functools.partial(inline_chain, 100000), picture=EITHER)
    group.accept("wide-10000", "children of one node", functools.partial(wide, 10000))
    group.accept("triangle-1000", "each stack one deeper", functools.partial(triangle, 1000), picture=EITHER)
    return group


def repeated_member(block, times):
    return member(block) * times


def bombs():
    group = Group("bombs")
    zeros = functools.partial(repeated_member, b"\0" * (64 << 20), 160)
    group.refuse("zeros-10-gigabytes", "10 MB that inflate to 10 GB", zeros)
    unknown_ = b"".join(raw(90, b"\0" * 60000) for _ in range(1000))
    group.refuse("unknown-of-10-gigabytes", "fields of no meaning", lambda: repeated_member(unknown_, 170))
    group.refuse("strings-of-10-gigabytes", "one long name after the other",
                 lambda: member(raw(6, b"")) + repeated_member(raw(6, b"x" * (32 << 20)), 300))
    group.refuse("samples-without-types", "4 million that are empty", lambda: member(b"\x12\0" * (4 << 20)))
    group.refuse("empty-locations", "all have id 0", lambda: member(b"\x22\0" * (4 << 20)))
    group.refuse("types-65537", "more than the limit", lambda: b"\x0a\0" * 65537 + STRINGS, says="65536")
    group.refuse("comments-1048577", "more than the limit", lambda: raw(13, b"\0" * 1048577) + STRINGS, says="1048576")
    group.refuse("zeros-2-megabytes", "valid protobuf, and nothing", b"\0" * (2 << 20))
    group.refuse("string-over-64-MiB", "longer than the limit",
                 lambda: member(TINY + raw(6, b"x" * ((64 << 20) + 1))), says="string")
    group.accept("empty-strings-a-million", "two bytes each", lambda: member(TINY + raw(6, b"") * 1000000))
    group.accept("empty-lines-100000", "two bytes each", lambda: tiny(location=LOCATION + raw(4, LINE) * 100000),
                 picture=EITHER)
    group.accept("labels-100000", "of one sample", lambda: tiny(sample=SAMPLE + raw(3, LABEL) * 100000))
    group.accept("label-keys-10000", "all different", label_keys)
    return group


def label_keys():
    p = Profile("samples/count")
    p.sample("main", 1, labels=[(f"k{i}", f"v{i}") for i in range(10000)])
    return p.encode()


def valued(*rows, types=("samples/count",), **head):
    def make():
        p = Profile(*types, **head)
        for row in rows:
            p.sample(row[0], *row[1:])
        return p.encode()

    return make


def values():
    group = Group("values")
    rows = {
        "least": [("main;f", LEAST)],
        "most": [("main;f", MOST)],
        "most-twice": [("main;f", MOST), ("main;g", MOST)],
        "least-twice": [("main;f", LEAST), ("main;g", LEAST)],
        "least-and-most": [("main;f", LEAST), ("main;g", MOST)],
        "most-and-least-one-stack": [("main;f", MOST), ("main;f", LEAST)],
        "all-zero": [("main;f", 0), ("main;g", 0)],
        "cancel": [("main;f", 5), ("main;g", -5)],
        "cancel-one-stack": [("main;f", 5), ("main;f", -5)],
        "negative": [("main;f", -5), ("main;g", -7)],
        "mixed": [("main;f", -5), ("main;g", 7), ("main;f;h", 3)],
        "negative-root": [("main", -100), ("main;f", 7)],
        "empty-stack": [("", 5)],
        "empty-stack-least": [("", LEAST)],
        "overflow-of-100": [("main;f", MOST // 100 + 1)] * 200,
        "overflow-of-2-to-the-62": [(f"main;f{i}", 1 << 62) for i in range(64)],
    }
    for name, stacks in rows.items():
        group.accept(name, "sums saturate, signs stay, nothing is divided by 0", valued(*stacks), plain=True)
        group.accept(f"{name}-ns", "the same as time", valued(*stacks, types=("cpu/nanoseconds",)), plain=True)
    group.accept("no-samples", "a quiet server", valued(), plain=True)
    group.accept("no-types", "nothing was measured", raw(6, b""), plain=True)
    group.refuse("too-few", "one value for two types", tiny(type_=TYPE) + raw(1, TYPE))
    group.refuse("too-many", "two values for one type", tiny(sample=packed(1, [1]) + packed(2, [1, 2])))
    group.refuse("unequal", "each sample has others", TINY + raw(2, packed(1, [1]) + packed(2, [1, 2])))
    group.accept("500-types", "each of them has a total",
                 lambda: tiny(type_=TYPE, sample=packed(1, [1]) + packed(2, [5] * 500)) + raw(1, TYPE) * 499, plain=True)
    group.accept("label-number-least", "a number of a label",
                 tiny(sample=SAMPLE[:6] + raw(3, nums(_1=5, _3=LEAST, _4=2))), plain=True)
    group.accept("line-numbers", "least and most", tiny(location=LOCATION[:6] + raw(4, nums(_1=1, _2=LEAST, _3=MOST))))
    group.accept("addresses", "to the end of memory", tiny(
        mapping=nums(_1=1, _2=(1 << 64) - 4096, _3=(1 << 64) - 1, _4=(1 << 64) - 1), location=nums(_1=1, _2=1, _3=(1 << 64) - 1)))
    group.accept("mapping-backwards", "ends before it begins", tiny(mapping=nums(_1=1, _2=9000, _3=10, _5=4)))
    return group


HOSTILE_NAMES = {
    "markup": "<b>&amp;</b><script>alert(1)</script>",
    "closing-script": "</script></style></title><script>alert(1)//",
    "cdata": "]]><x/><![CDATA[",
    "comment": "--><!--",
    "attribute": "\" onload=\"alert(1)\" x='",
    "entity": "&lt;&#0;&#x1b;&nosuch;<!ENTITY x SYSTEM 'file:///etc/passwd'>",
    "javascript-url": "javascript:alert(1)",
    "terminal-title": "\x1b]0;owned\x07\x1b[31m\x1b[2J",
    "terminal-c1": "\x9b31m\x85\x90",
    "bell-and-backspace": "\a\b\b\brm -rf",
    "delete": "\x7f\x7f",
    "nul": "before\0after",
    "newline": "main\n   99%  99%  fake",
    "carriage-return": "main\rfake",
    "tab": "a\tb\tc",
    "line-separators": "a\u2028b\u2029c\u0085d",
    "bidi-override": "\u202efdp.exe\u202c",
    "bidi-isolate": "\u2066\u2067\u2068abc\u2069\u061c\u200f",
    "zero-width": "a\u200b\u200c\u200d\u2060\ufeffb",
    "zalgo": "a" + "\u0301" * 5000,
    "emoji-joined": "\U0001f468\u200d\U0001f469" * 2000,
    "noncharacters": "\ufffe\uffff\ufdd0\U0010ffff",
    "private-use": "\ue000\U000f0000",
    "formula": "=cmd|'/C calc'!A0",
    "formula-at": "@SUM(1+1)*cmd",
    "formula-plus": "+1-1",
    "delimiters": "a;b,c\"d'e\\f|g",
    "format": "%s%n%d%1$s%-9999999d",
    "shell": "$(touch FLPWN)`touch FLPWN`;touch FLPWN|sh",
    "dot": "a\"]; evil [label=\"b\\",
    "traverse": "../../../../../../etc/passwd",
    "device": "/dev/zero",
    "json": "\"},{\"x\":\"\\u0000\\",
    "callgrind": "(1) x\nfn=(2) y\ncalls=1 1",
    "path-long": "/" + "d/" * 3000 + "f.c",
    "spaces": "   ",
    "nan": "NaN inf -nan(0x1)",
    "go-generic": "main.F[...][" + "[" * 3000,
    "cpp-nested": "a<" * 5000 + "int" + ">" * 5000,
    "cpp-unclosed": "operator<(" + "((((" * 3000,
    "mangled": "_ZN" + "9" * 400 + "x",
    "mangled-nested": "_Z" + "N3abc" * 500,
    "rust-hash": "a::b::h0123456789abcdef",
}


def named(name):
    p = Profile("samples/count", comments=[name], doc_url=name)
    p.map(name, name)
    p.sample([p.at(Line(Function("main"), 1)), p.at(Line(Function(name, file=name), 2)),
              p.at(address=0x500000, mapping=2)], 3, labels=[(name, name), (name, (7, name))])
    return p.encode()


def all_bytes():
    p = Profile("samples/count")
    for byte in range(256):
        p.sample([p.at(Line(Function(bytes([byte]) * 3)))], 1 + byte)
    return p.encode()


def unit_named(name):
    p = Profile(name + "/" + name, default=name, period=name + "/" + name, every=3)
    p.sample("main", 5)
    return p.encode()


EVIL_PATTERNS = {
    "parentheses": "(" * 50000 + ")" * 50000,
    "repeated": "(((a{1,99}){1,99}){1,99}){1,99}",
    "backtracking": "^(a+)+$",
    "backtracking-alternatives": "(x|x|x|x|x|x|x|x)*y",
    "unclosed": "(abc",
    "long": "a" * 70000,
    "many-words": "|".join(f"word{i}" for i in range(5000)),
    "classes": "[[:alpha:]]" * 5000,
    "unicode-class": "\\pL*" * 200,
    "word-borders": "\\b" * 20000,
}


def pattern(text):
    p = Profile("samples/count", drop=text, keep="nothing")
    p.sample(";".join("a" * n + "!" for n in range(20, 40)), 1)
    return p.encode()


def names():
    group = Group("names")
    for name, text in HOSTILE_NAMES.items():
        group.accept(name, "a name of functions, files, binaries, labels, comments", functools.partial(named, text))
    for name, text in {"latin-1": b"caf\xe9", "overlong": b"\xc0\xaf\xe0\x80\xaf", "surrogates": b"\xed\xa0\x80\xed\xb0\x80",
                       "cut-character": b"abc\xe2\x82", "continuation": b"\x80\x81\xbf", "beyond": b"\xf4\x90\x80\x80",
                       "fe-ff": b"\xfe\xff"}.items():
        group.accept(f"not-utf-8-{name}", "shown as something that is valid", functools.partial(named, text))
    group.accept("every-byte", "names of each byte", all_bytes)
    group.accept("1-MB", "long names are shortened", lambda: named("x" * 1000000))
    group.accept("1-MB-combining", "Pango would take minutes", lambda: named("a" + "\u0301" * 500000))
    group.accept("1-MB-right-to-left", "another direction", lambda: named("\u05d0" * 500000))
    group.accept("1-MB-no-spaces-cpp", "shortened without recursion", lambda: named("a<b::" * 200000))
    group.accept("empty", "has no name", functools.partial(named, "x"))
    for name in "markup", "terminal-title", "newline", "formula", "bidi-override", "format":
        group.accept(f"unit-{name}", "the name of a unit", functools.partial(unit_named, HOSTILE_NAMES[name]))
    for name, text in EVIL_PATTERNS.items():
        group.accept(f"drop-{name}", "a pattern in the file ends, or is left out", functools.partial(pattern, text))
    return group


def times():
    group = Group("times")
    for name, number in {"least": LEAST, "most": MOST, "minus-one": -1, "zero": 0, "one": 1, "year-3000": 32503680000 * 10**9,
                         "before-1970": -(10**18)}.items():
        for field, key in ("time", "time"), ("duration", "duration"), ("period", "every"):
            group.accept(f"{field}-{name}", "printed or left out",
                         valued(("main", 1), types=("cpu/nanoseconds",), period="cpu/nanoseconds", **{key: number}), plain=True)
    group.accept("all-least", "all of them", valued(("main", LEAST), types=("cpu/nanoseconds",), period="cpu/nanoseconds",
                                                    time=LEAST, duration=LEAST, every=LEAST), plain=True)
    group.refuse("two-times", "two profiles in one file", TINY + num(9, 5) + num(9, 6), says="two profiles")
    return group


def controls():
    group = Group("controls")
    group.accept("tiny", "a good profile", TINY, same=TINY)
    group.accept("tiny-gzip", "a good profile", TINY_GZIP, same=TINY)
    group.accept("medium", "a good profile", medium)
    group.accept("medium-gzip", "a good profile", lambda: gzip.compress(medium()))
    for path in sorted((DATA / "pprof" / "good").glob("*")):
        group.accept(path.stem, "a good profile", path.read_bytes())
    return group


# --- other formats ---

GO_HEAP = """heap profile: 2: 96 [4: 192] @ heap/1048576
1: 32 [2: 64] @ 0x4a1b2c 0x4a1b3d
#\t0x4a1b2b\tmain.work+0x1b\t/src/main.go:10

1: 64 [2: 128] @ 0x4a1c2c

# runtime.MemStats
# Alloc = 12345
"""
GO_GOROUTINE = """goroutine profile: total 3
2 @ 0x43a0e0 0x44a0f0
#\t0x43a0df\tmain.main+0x1f\t/src/main.go:9

1 @ 0x43a0e0
"""
MUTEX = """--- mutex:
cycles/second=2599989371
sampling period=1
48000 12 @ 0x4a1b2c 0x4a1b3d
"""
CONTENTION = "--- contentionz 1 ---\ncycles/second = 3201000000\nsampling period = 100\nms since reset = 16502830\n" \
             "discarded samples = 0\n19490304 27 @ 0xbccc97 0xc61202\n"
PERF = """prog 1234 [001] 100.000001: 250000 cycles:
\tffffffff81000000 native_write_msr+0x4 ([kernel.kallsyms])
\t55d0c0de1234 main+0x24 (/usr/bin/prog)

prog 1234 100.000002: cycles:
\t55d0c0de1234 main+0x24 (/usr/bin/prog)

"""
FOLDED = "main;work;inner 17\nmain;work 3\nmain 1\n"
JAVA = "--- heapz 1 ---\nformat = java\nresolution = bytes\n  7048 1 @ 0x3 0x4\n 16384 4 @ 0x5 0x4\n" \
       "0x3 p.Pool.take (Pool.java:128)\n0x4 main (Main.java:12)\n0x5 memcpy (/lib/c.so)\n"
MAPS = "MAPPED_LIBRARIES:\n00400000-00600000 r-xp 00000000 08:01 123 /usr/bin/prog\n"
SPEEDSCOPE = '{"$schema":"https://www.speedscope.app/file-format-schema.json","shared":{"frames":[{"name":"main"}]},' \
             '"profiles":[{"type":"sampled","name":"x","unit":"none","startValue":0,"endValue":1,"samples":[[0]],"weights":[1]}]}'
CHROME = '{"nodes":[{"id":1,"callFrame":{"functionName":"(root)","scriptId":"0","url":"","lineNumber":-1,"columnNumber":-1},' \
         '"hitCount":0,"children":[]}],"startTime":1,"endTime":2,"samples":[1],"timeDeltas":[1]}'
CALLGRIND = "# callgrind format\nversion: 1\nevents: Cycles\n\nfl=(1) a.c\nfn=(1) main\n10 5\ncfn=(2) f\ncalls=1 20\n10 7\n"


def gperftools(*rows, word="Q", order="<", head=(0, 3, 0, 10000, 0), tail=(0, 1, 0), maps=b""):
    words = [*head, *(w for row in rows for w in row), *tail]
    return struct.pack(f"{order}{len(words)}{word}", *words) + maps


def texts():
    group = Group("text")
    whole = {"go-heap": GO_HEAP, "go-goroutine": GO_GOROUTINE, "go-mutex": MUTEX, "contention": CONTENTION,
             "perf-script": PERF, "folded": FOLDED, "speedscope": SPEEDSCOPE, "chrome": CHROME, "callgrind": CALLGRIND,
             "java": JAVA, "heap-and-maps": GO_HEAP + MAPS}
    for name, text in whole.items():
        content = text.encode()
        group.either(name, "whole", content)
        for percent in 30, 70, 95:
            group.either(f"{name}-cut-{percent}", "cut", content[: len(content) * percent // 100])
        group.either(f"{name}-crlf", "lines end in CR LF", content.replace(b"\n", b"\r\n"))
        group.either(f"{name}-nul", "a NUL in it", content[: len(content) // 2] + b"\0" + content[len(content) // 2 :])
        group.either(f"{name}-not-utf-8", "bytes that are no text", content.replace(b"main", b"\xe9\xff\x1b[31m"))
        group.either(f"{name}-numbers", "numbers as long as a line", content.replace(b"1", b"9" * 400))
        group.either(f"{name}-negative", "numbers below 0", content.replace(b" 1", b" -1").replace(b":1", b":-1"))
    group.either("folded-long-line", "a line of 4 MB", lambda: b"a;" * 2000000 + b"b 1\n")
    group.either("folded-million-frames", "deep", lambda: b";".join([b"f"] * 1000000) + b" 1\n")
    group.either("folded-most", "sums too large", b"a;b 9223372036854775807\na;c 9223372036854775807\n")
    group.either("json-nested", "arrays in arrays", b"[" * 1000000)
    group.either("json-nested-objects", "objects in objects", b'{"a":' * 300000)
    group.either("speedscope-indexes", "frames that are not there", SPEEDSCOPE.replace("[[0]]", "[[5,-1,1e99]]").encode())
    group.either("chrome-cycle", "a node is its own child", CHROME.replace('"children":[]', '"children":[1]').encode())
    head = "# callgrind format\nevents: A\n"
    group.accept("callgrind-doubling", "2^60 paths", (head + "".join(
        f"fn=f{i}\n1 1\n" + f"cfn=f{i + 1}\ncalls=1 1\n2 {60 - i}\n" * 2 for i in range(60))).encode())
    group.accept("callgrind-circle", "each calls the other", (
        head + "fn=a\n1 5\ncfn=b\ncalls=1 1\n2 9\nfn=b\n3 7\ncfn=a\ncalls=1 1\n4 9\n").encode())
    group.accept("callgrind-chain", "100,000 functions deep", lambda: (head + "".join(
        f"fn=f{i}\n1 1\ncfn=f{i + 1}\ncalls=1 1\n2 {100000 - i}\n" for i in range(100000))).encode(), picture=EITHER, convert=EITHER)
    group.accept("callgrind-mesh", "300 functions, each calls each", lambda: (head + "".join(
        f"fn=f{i}\n1 1\n" + "".join(f"cfn=f{k}\ncalls=1 1\n2 {1 + (i + k) % 7}\n" for k in range(300))
        for i in range(300))).encode(), picture=EITHER)
    group.refuse("callgrind-sums", "sums too large", (head + f"fn=f\n1 {MOST}\n1 {MOST}\n").encode(), says="64 bits")
    group.refuse("callgrind-version", "another version", b"version: 2\nevents: A\nfn=f\n1 2\n", says="version")
    group.either("java-parentheses", "a place of parentheses only", lambda: JAVA.encode() + b"0x3 f" + b" (" * 2000000 + b")\n")
    group.either("java-colons", "a place of colons only", lambda: JAVA.encode() + b"0x3 f (" + b":" * 4000000 + b"1)\n")
    group.refuse("java-without-objects", "bytes of no object", JAVA.replace("7048 1", "7048 0").encode(), says="no object")
    group.either("perf-without-frames", "heads only", b"prog 1 1.0: cycles:\n\n" * 1000)
    group.either("perf-unknown", "no symbols", PERF.replace("main+0x24", "[unknown]").encode())
    stack = (5, 3, 0x400010, 0x400020, 0x400030)
    for word, bits in ("Q", 64), ("I", 32):
        for order, end in ("<", "little"), (">", "big"):
            group.either(f"gperftools-{bits}-{end}", "whole", gperftools(stack, word=word, order=order, maps=MAPS.encode()))
    group.either("gperftools-depth-huge", "a depth of 2^40", gperftools((5, 1 << 40, 1)))
    group.either("gperftools-depth-most", "a depth of 2^64-1", gperftools((5, (1 << 64) - 1, 1)))
    group.either("gperftools-depth-0", "a stack of nothing", gperftools((5, 0)))
    group.either("gperftools-counts", "sums too large", gperftools(*[((1 << 63) - 1, 1, 0x10)] * 3))
    group.either("gperftools-without-end", "no last record", gperftools(stack, tail=()))
    group.either("gperftools-cut", "cut", gperftools(stack)[:-5])
    group.either("gperftools-java", "words and names", gperftools(stack, head=(0, 3, 1, 10000, 0),
                 maps=b"0x400010 p.Pool.take (Pool.java:128)\n0x400020 " + b"(" * 100000 + b"\n"))
    group.either("gperftools-version", "another version", gperftools(stack, head=(0, 3, 99, 10000, 0)))
    return group


def v8_nodes(nodes, rest=""):
    rows = (f'{{"id":{i},"callFrame":{{"functionName":"f{i % 9}"}},"hitCount":1,"children":{kids}}}' for i, kids in nodes)
    return f'{{"nodes":[{",".join(rows)}]{rest}}}'.encode()


def v8_heap(depth):
    head = '{"callFrame":{"functionName":"f"},"selfSize":8,"children":['
    return ('{"head":' + head * depth + "]}" * depth + "}").encode()


def speedscope_of(profile, frames='{"name":"f"}'):
    return f'{{"shared":{{"frames":[{frames}]}},"profiles":[{profile}]}}'.encode()


def firefox_of(stacks, prefixes, weights="null"):
    n = len(prefixes)
    return (f'{{"meta":{{"preprocessedProfileVersion":56}},"shared":{{"stringArray":["f"]}},"threads":[{{"samples":{{'
            f'"stack":{stacks},"weight":{weights}}},"stackTable":{{"prefix":{json.dumps(prefixes)},"frame":{[0] * n}}},'
            f'"frameTable":{{"func":[0]}},"funcTable":{{"name":[0]}}}}]}}').encode()


def events(kind, n, first=0):
    return ",".join(f'{{"type":"{kind}","frame":0,"at":{first + i}}}' for i in range(n))


def jsons():
    group = Group("json")
    n = 100000
    chain = lambda: v8_nodes((i, [i + 1] if i < n else []) for i in range(1, n + 1))
    group.accept("chain-100000", "each node calls the next, all were hit", chain, picture=EITHER, convert=REFUSE)
    group.accept("wide-100000", "one node calls all others", lambda: v8_nodes(
        [(1, list(range(2, n + 1)))] + [(i, []) for i in range(2, n + 1)]))
    group.refuse("circle", "two nodes above each other", v8_nodes([(1, [2]), (2, [1])]), says="above itself")
    group.refuse("circle-of-one", "a node above itself", v8_nodes([(1, [1])]), says="above itself")
    group.refuse("two-parents", "a child of two nodes", v8_nodes([(1, [3]), (2, [3]), (3, [])]), says="child of two")
    group.refuse("child-unknown", "a child that is not there", v8_nodes([(1, [9])]), says="not in the file")
    group.refuse("id-twice", "which is it?", v8_nodes([(1, []), (1, [])]), says="id 1")
    group.refuse("id-negative", "no id", v8_nodes([(-1, [])]))
    group.accept("id-most", "any 63 bits", v8_nodes([(MOST, [])]))
    group.accept("ids-far-apart", "a table for them would be huge", lambda: v8_nodes((i << 40, []) for i in range(10000)))
    group.accept("times-most", "the clock stops at the end of time", v8_nodes(
        [(1, [])], f',"startTime":0,"endTime":{MOST},"samples":[1,1,1],"timeDeltas":[{MOST},{MOST},{MOST}]'))
    group.refuse("times-too-long", "longer than 64 bits", v8_nodes(
        [(1, [])], f',"startTime":{LEAST},"endTime":{MOST},"samples":[1],"timeDeltas":[0]'), says="64 bits")
    group.refuse("samples-unequal", "fewer times", v8_nodes([(1, [])], ',"samples":[1,1],"timeDeltas":[1]'))
    group.accept("ticks-10000", "lines of one node", v8_nodes([(1, [])]).replace(
        b'"hitCount"', b'"positionTicks":[' + b",".join(b'{"line":%d,"ticks":1}' % i for i in range(10000)) + b'],"hitCount"'))
    group.accept("heap-2000-deep", "a tree in a tree", lambda: v8_heap(2000), picture=EITHER)
    group.accept("heap-30000-deep", "nothing recurses", lambda: v8_heap(30000), picture=EITHER, convert=EITHER)
    group.refuse("heap-40000-deep", "over the limit", lambda: v8_heap(40000), says="65536 levels")
    group.refuse("heap-below-0", "no number of bytes", v8_heap(1).replace(b"8", b"-8"))
    group.accept("events-100000-deep", "frames inside each other", lambda: speedscope_of(
        f'{{"events":[{events("O", n)},{events("C", n, n)}]}}'), picture=EITHER, convert=EITHER)
    group.accept("events-open", "never closed", lambda: speedscope_of(f'{{"endValue":{n},"events":[{events("O", n)}]}}'),
                 picture=EITHER, convert=EITHER)
    group.refuse("events-close", "nothing is open", speedscope_of(f'{{"events":[{events("C", 1)}]}}'), says="none is open")
    group.refuse("1048577-frames", "over the limit", lambda: speedscope_of(
        '{"samples":[[' + "0," * 1048576 + '0]],"weights":[1]}'), says="limit")
    group.accept("profiles-10000", "each has a label", lambda: speedscope_of(
        ",".join(f'{{"name":"p{i}","samples":[[0]],"weights":[1]}}' for i in range(10000))))
    group.refuse("units-257", "more than the limit", lambda: speedscope_of(
        ",".join(f'{{"unit":"u{i}","samples":[[0]],"weights":[1]}}' for i in range(257))), says="256 units")
    chunk = '{{"ph":"P","name":"ProfileChunk","pid":{0},"tid":{0},"id":"1","args":{{"data":{{"cpuProfile":{{"nodes":[{1}],' \
            '"samples":[2,2]}},"timeDeltas":[1,2]}}}}}}'
    node = '{"id":2,"callFrame":{"functionName":"f"}}'
    group.accept("trace-threads-10000", "each has a label", lambda: (
        "[" + ",".join(chunk.format(i, node) for i in range(10000)) + "]").encode())
    group.accept("trace-chain", "each node calls the next", lambda: ("[" + chunk.format(1, ",".join(
        f'{{"id":{i},"parent":{i - 1},"callFrame":{{}}}}' if i > 2 else node for i in range(2, n))) + "]").encode(), picture=EITHER)
    group.refuse("trace-nodes-twice", "which is it?", ("[" + chunk.format(1, node) + "," + chunk.format(1, node) + "]").encode(),
                 says="id 2")
    group.refuse("trace-without-profile", "spans of time", b'[{"ph":"X","ts":1,"dur":2}]', says="no CPU profile")
    group.accept("firefox-deep", "each stack is on the one before", lambda: firefox_of(
        list(range(n)), [None, *range(n - 1)]), picture=EITHER, convert=EITHER)
    group.accept("firefox-upside-down", "each stack is on the one behind", lambda: firefox_of(
        list(range(n)), [*range(1, n), None]), picture=EITHER, convert=EITHER)
    group.refuse("firefox-circle", "stacks on each other", firefox_of([0], [1, 0]), says="above itself")
    group.refuse("firefox-stack-unknown", "a row that is not there", firefox_of([7], [None]), says="row 7")
    group.refuse("firefox-prefix-unknown", "a row that is not there", firefox_of([0], [7]), says="row 7")
    group.refuse("firefox-weight", "out of range", firefox_of([0], [None], "[1e30]"), says="out of range")
    for name, number in {"1e400": "1e400", "most": "1e19", "nan": "NaN", "hex": "0x10", "null": "null"}.items():
        group.refuse(f"weight-{name}", "no value", speedscope_of(f'{{"samples":[[0]],"weights":[{number}]}}'))
    for name, frame in {"fraction": "0.5", "negative": "-1", "far": "4294967296", "text": '"0"', "none": "1"}.items():
        group.refuse(f"frame-{name}", "no frame", speedscope_of(f'{{"samples":[[{frame}]],"weights":[1]}}'))
    for name, text in HOSTILE_NAMES.items():
        quoted = json.dumps(text)
        if len(quoted) < 1 << 20:
            group.accept(f"name-{name}", "a name of functions, files, profiles", speedscope_of(
                f'{{"name":{quoted},"samples":[[0],[1]],"weights":[1,2]}},{{"samples":[],"weights":[]}}',
                f'{{"name":{quoted},"file":{quoted}}},{{"name":"f"}}'))
    group.refuse("name-half-a-character", "a surrogate alone", speedscope_of(
        '{"samples":[[0]],"weights":[1]}', '{"name":"\\ud800"}'), says="half of a character")
    group.refuse("name-not-utf-8", "bytes that are no text", speedscope_of('{"samples":[[0]],"weights":[1]}').replace(
        b'"f"', b'"\xff"'), says="UTF-8")
    group.refuse("name-over-1-MiB", "over the limit", lambda: speedscope_of(
        '{"samples":[[0]],"weights":[1]}', '{"name":"' + "x" * ((1 << 20) + 1) + '"}'), says="1048576 bytes")
    group.accept("skipped-8-MB", "what is not wanted may be long", lambda: speedscope_of(
        '{"samples":[[0]],"weights":[1],"x":"' + "x" * (8 << 20) + '"}'))
    group.refuse("deep-and-skipped", "over the limit", lambda: speedscope_of(
        '{"samples":[[0]],"weights":[1],"x":' + "[" * 100000 + "]" * 100000 + "}"), says="65536 levels")
    return group


def odds():
    group = Group("odd")
    group.refuse("empty", "nothing in it", b"", says="empty")
    group.refuse("one-byte", "a byte", b"\x0a")
    group.refuse("one-zero", "a byte", b"\0")
    group.refuse("newline", "an empty line", b"\n")
    group.refuse("random", "noise", bytes(random.Random(3).randrange(256) for _ in range(5000)))
    group.refuse("ff", "bits", b"\xff" * 4096)
    heads = {"png": b"\x89PNG\r\n\x1a\n", "elf": b"\x7fELF\x02\x01\x01", "zip": b"PK\3\4", "xz": b"\xfd7zXZ\0",
             "zstd": b"\x28\xb5\x2f\xfd", "perf-data": b"PERFILE2", "pdf": b"%PDF-1.7\n", "jpeg": b"\xff\xd8\xff\xe0",
             "sqlite": b"SQLite format 3\0", "html": b"<!DOCTYPE html><html><body>404</body></html>",
             "xml": b"<?xml version='1.0'?><a/>", "svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
             "script": b"#!/bin/sh\nrm -rf /\n", "go-trace": b"go 1.19 trace\0\0\0", "utf-16": b"\xff\xfea\0b\0"}
    for name, head in heads.items():
        content = head + (b"\n" if head[:1] in b"<#" else b"\0") * 64
        # It is given to perf, which there may be or not.
        says = "perf" if name == "perf-data" else "this is "
        group.refuse(name, "another kind of file", content, says=says)
        group.refuse(f"{name}-gzip", "another kind of file in gzip", member(content), says="gzip")
    return group


def cases():
    makers = (truncate, flips, gzips, wires, unknown, ids, strings, lengths, depth, bombs, values, names, times, controls,
              texts, jsons, odds)
    return [case for make in makers for case in make().cases]


def write(folder):
    """Writes all of them, and a list of verdicts."""
    folder = pathlib.Path(folder)
    with open(folder / "verdicts.txt", "w", encoding="utf-8") as verdicts:
        for case in cases():
            path = folder / case.group / f"{case.name}.pb"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(case.content())
            verdicts.write(f"{case.verdict}\t{path.relative_to(folder)}\t{case.reason}\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: corpus.py FOLDER")
    os.makedirs(sys.argv[1], exist_ok=True)
    write(sys.argv[1])
