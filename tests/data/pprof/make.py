#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes good/ and bad/ anew, the same bytes each time.

usage: make.py [FOLDER]

A file of bad/ begins with its verdict: empty, unrecognized, malformed,
truncated or toolarge. A file of good/ that begins with "small-" must be read
as the same profile as good/small.pb.
"""
import pathlib
import shutil
import struct
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from wire import BYTES, FIXED32, FIXED64, GROUP, VARINT, member, num, nums, packed, raw, tag, varint


def sample(locations, values, labels=b""):
    return raw(2, packed(1, locations) + packed(2, values) + labels)


STRINGS = ["", "samples", "count", "main", "/src/main.c", "work", "prog", "key", "text", "bytes", "more\0", "\xff"]


def strings(names=STRINGS):
    return b"".join(raw(6, n.encode("latin-1") if isinstance(n, str) else n) for n in names)


TYPE = raw(1, nums(_1=1, _2=2))
MAPPING = raw(3, nums(_1=1, _2=0x1000, _3=0x9000, _4=0x100, _5=6, _6=8, _7=1))
LINE1 = raw(4, nums(_1=1, _2=10))
LINE2 = raw(4, nums(_1=2, _2=20, _3=5))
LOCATION1 = raw(4, nums(_1=1, _2=1, _3=0x1100) + LINE1)
LOCATION2 = raw(4, nums(_1=2, _2=1, _3=0x1200) + LINE1 + LINE2)
FUNCTION1 = raw(5, nums(_1=1, _2=3, _3=3, _4=4, _5=8))
FUNCTION2 = raw(5, nums(_1=2, _2=5, _4=4))
LABEL1 = raw(3, nums(_1=7, _2=8))
LABEL2 = raw(3, nums(_1=7, _3=300, _4=9))
SAMPLE1 = sample([2, 1], [3])
SAMPLE2 = sample([1], [-4], LABEL1 + LABEL2)
HEAD = nums(_9=1700000000000000000, _10=5000000000) + raw(11, nums(_1=1, _2=2)) + num(12, 100)
TABLES = MAPPING + LOCATION1 + LOCATION2 + FUNCTION1 + FUNCTION2
SMALL = TYPE + SAMPLE1 + SAMPLE2 + TABLES + HEAD + strings()

UNKNOWN = num(100, 5) + tag(101, FIXED64) + b"12345678" + raw(102, "unknown") + tag(103, FIXED32) + b"1234" + num(0, 0)


def drawn_out():
    """SMALL with each tag, length and number of its tables as long as may be."""

    def long(field, value):
        return tag(field, VARINT, 10) + varint(value, 10)

    def long_raw(field, content):
        return tag(field, BYTES, 10) + varint(len(content), 10) + content

    def longs(**fields):
        return b"".join(long(int(k[1:]), v) for k, v in fields.items())

    line1 = long_raw(4, longs(_1=1, _2=10))
    line2 = long_raw(4, longs(_1=2, _2=20, _3=5))
    return (
        long_raw(1, longs(_1=1, _2=2))
        + long_raw(2, long_raw(1, varint(2, 10) + varint(1, 10)) + long_raw(2, varint(3, 10)))
        + long_raw(
            2,
            long(1, 1)
            + long(2, -4)
            + long_raw(3, longs(_1=7, _2=8))
            + long_raw(3, longs(_1=7, _3=300, _4=9)),
        )
        # A bool is true for any number, and false for bits over 64.
        + long_raw(
            3,
            longs(_1=1, _2=0x1000, _3=0x9000, _4=0x100, _5=6, _6=8, _7=1 << 40)
            + tag(8, VARINT) + b"\x80" * 9 + b"\x02",
        )
        + long_raw(4, longs(_1=1, _2=1, _3=0x1100) + line1)
        + long_raw(4, longs(_1=2, _2=1, _3=0x1200) + line1 + line2)
        + long_raw(5, longs(_1=1, _2=3, _3=3, _4=4, _5=8))
        + long_raw(5, longs(_1=2, _2=5, _4=4))
        + HEAD
        + b"".join(long_raw(6, n.encode("latin-1")) for n in STRINGS)
    )


def with_unknown_fields():
    u = UNKNOWN
    return (
        u
        + raw(1, u + nums(_1=1) + u + nums(_2=2) + u)
        + raw(2, u + packed(1, [2, 1]) + u + packed(2, [3]) + u)
        + raw(2, packed(1, [1]) + packed(2, [-4]) + raw(3, u + nums(_1=7, _2=8) + u) + LABEL2)
        + raw(3, u + nums(_1=1, _2=0x1000, _3=0x9000, _4=0x100, _5=6, _6=8, _7=1) + u)
        + raw(4, u + nums(_1=1, _2=1, _3=0x1100) + raw(4, u + nums(_1=1, _2=10) + u))
        + LOCATION2
        + raw(5, nums(_1=1, _2=3, _3=3, _4=4, _5=8) + u)
        + FUNCTION2
        + u
        + HEAD
        + strings()
        + u
    )


def unpacked():
    return (
        TYPE
        + raw(2, num(1, 2) + num(2, 3) + num(1, 1))
        + raw(2, LABEL1 + num(2, -4) + packed(1, []) + LABEL2 + packed(1, [1]))
        + TABLES
        + HEAD
        + strings()
    )


def scalars_twice():
    """The last one counts; a period type replaces the one before."""
    return (
        TYPE
        + SAMPLE1
        + SAMPLE2
        + raw(3, nums(_1=9, _2=5, _7=0) + nums(_1=1, _2=0x1000, _3=0x9000, _4=0x100, _5=6, _6=8, _7=1))
        + LOCATION1
        + LOCATION2
        + FUNCTION1
        + FUNCTION2
        + num(12, 7)
        + raw(11, nums(_1=3))
        + num(9, 0)
        + HEAD
        + num(7, 3)
        + num(7, 0)
        + strings()
    )


GOOD = {
    "small.pb": SMALL,
    "small-strings-first.pb": strings() + HEAD + FUNCTION1 + FUNCTION2 + TYPE + LOCATION1 + SAMPLE1 + SAMPLE2
    + LOCATION2 + MAPPING,
    "small-drawn-out.pb": drawn_out(),
    "small-unknown-fields.pb": with_unknown_fields(),
    "small-unpacked.pb": unpacked(),
    "small-scalars-twice.pb": scalars_twice(),
    "small-zeros-behind.pb": SMALL + bytes(64),
    "small-gzip.pb.gz": member(SMALL),
    "small-gzip-stored.pb.gz": member(SMALL, level=0),
    "small-gzip-named.pb.gz": member(SMALL, name=b"cpu.prof", flags=4, extra=b"\x04\0more"),
    "small-gzip-members.pb.gz": member(SMALL[:50]) + member(b"") + member(SMALL[50:51]) + member(SMALL[51:]),
    "nothing-but-a-string-table.pb": strings([""]),
    "no-samples.pb": TYPE + TABLES + strings(),
    "no-types-and-no-samples.pb": TABLES + strings(),
    "empty-stack.pb": TYPE + raw(2, packed(2, [5])) + strings(),
    "unknown-mapping.pb": TYPE + sample([1], [1]) + raw(4, nums(_1=1, _2=77)) + strings(),
    "location-without-lines.pb": TYPE + sample([1], [1]) + raw(4, nums(_1=1, _3=0x4711)) + strings(),
    "huge-ids.pb": TYPE
    + sample([2**64 - 1, 2**63, 1], [1])
    + b"".join(raw(4, nums(_1=i) + raw(4, nums(_1=2**64 - 2))) for i in (2**64 - 1, 2**63, 1))
    + raw(5, nums(_1=2**64 - 2, _2=3))
    + strings(),
    "labels.pb": TYPE
    + sample(
        [],
        [1],
        raw(3, nums(_1=7, _2=8, _3=5))  # text wins
        + raw(3, nums(_1=7, _3=0, _4=9))  # a zero with a unit stays
        + raw(3, nums(_1=7, _3=0))  # one without goes
        + raw(3, nums(_1=7))
        + raw(3, nums(_1=0, _3=-1)),
    )
    + strings(),
    "comments.pb": TYPE + num(13, 3) + packed(13, [5, 8]) + num(13, 0) + strings(),
    "header.pb": TYPE + nums(_7=3, _8=5, _14=1, _15=4) + HEAD + strings(),
    "kernel.pb": TYPE + raw(3, nums(_1=1, _5=3)) + strings(["", "a", "b", "[kernel.kallsyms]_stext"]),
    "two-values.pb": raw(1, nums(_1=1, _2=2)) + raw(1, nums(_1=3, _2=9)) + sample([], [1, -(2**63)])
    + sample([], [0, 2**63 - 1]) + strings(),
    "strings-twice.pb": TYPE + strings(["", "a", "a", "", "a"]),
    "folded-location.pb": TYPE + raw(4, nums(_1=1, _5=1)) + strings(),
    "recursion.pb": TYPE + sample([1, 1, 1, 2, 1], [1]) + TABLES + strings(),
}

PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489")

BAD = {
    "empty.pb": b"",
    "empty-gzip.pb.gz": member(b""),
    "empty-gzip-members.pb.gz": member(b"") * 3,
    # Other things
    "unrecognized-png.prof": PNG,
    "unrecognized-png-in-gzip.prof": member(PNG),
    "unrecognized-gzip-twice.pb.gz": member(member(SMALL)),
    "unrecognized-elf.prof": b"\x7fELF\x02\x01\x01" + bytes(57),
    "perf-data.prof": b"PERFILE2" + struct.pack("<Q", 104) + bytes(88),
    "unsupported-zip.prof": b"PK\x03\x04" + bytes(26),
    "unrecognized-json.prof": b'{"name": "flambeau", "scripts": {"test": "./dev test"}}\n',
    "unrecognized-html.prof": b"\n<!DOCTYPE html>\n<html><body>404</body></html>\n",
    "unsupported-go-trace.prof": b"go 1.19 trace\0\0\0" + bytes(16),
    "unsupported-marshal.prof": b"{\xa9\x03z\x08<string>i\x01\0\0\0z\x06<main>0",
    "unrecognized-text.prof": b"no profile, only a line of text\n",
    "unrecognized-newline.prof": b"\n",
    "unrecognized-zeros.prof": bytes(1000),
    "unrecognized-random.prof": bytes((i * 167 + (i * i >> 3) * 89 + 0x83) & 0xFF for i in range(1000)),
    "unrecognized-other-protobuf.prof": b"".join(raw(1, raw(1, "name") + num(9, i)) for i in range(20)),
    "unrecognized-only-unknown-fields.pb": UNKNOWN * 5,
    "unrecognized-only-numbers.pb": nums(_9=5, _10=6, _12=7),
    "unrecognized-one-byte.pb": b"\xff",
    # The wire format
    "malformed-varint-of-11-bytes.pb": TYPE + tag(12, VARINT) + b"\x80" * 10 + b"\0" + strings(),
    "malformed-tag-of-11-bytes.pb": TYPE + b"\x80" * 10 + b"\0" + strings(),
    "malformed-group.pb": TYPE + tag(100, GROUP) + tag(100, 4) + strings(),
    "malformed-group-end.pb": TYPE + tag(100, 4) + strings(),
    "malformed-wire-type-6.pb": TYPE + tag(100, 6) + strings(),
    "malformed-wire-type-7.pb": TYPE + tag(100, 7) + strings(),
    "malformed-length-of-an-exbibyte.pb": TYPE + tag(2, BYTES) + varint(1 << 60) + strings(),
    "malformed-unknown-length-of-an-exbibyte.pb": TYPE + tag(99, BYTES) + varint(1 << 60) + strings(),
    "malformed-sample-as-number.pb": TYPE + num(2, 5) + strings(),
    "malformed-period-as-message.pb": TYPE + raw(12, b"") + strings(),
    "malformed-period-type-as-number.pb": TYPE + num(11, 1) + strings(),
    "malformed-comment-fixed.pb": TYPE + tag(13, FIXED64) + bytes(8) + strings(),
    "malformed-string-fixed.pb": TYPE + strings() + tag(6, FIXED32) + bytes(4),
    "malformed-location-ids-fixed.pb": TYPE + raw(2, tag(1, FIXED64) + bytes(8) + num(2, 1)) + strings(),
    "malformed-packed-cut.pb": TYPE + raw(2, raw(1, b"\x80") + num(2, 1)) + strings(),
    "malformed-packed-varint-of-11-bytes.pb": TYPE + raw(2, raw(2, b"\x80" * 10 + b"\0")) + strings(),
    "malformed-packed-comment-cut.pb": TYPE + raw(13, b"\x80") + strings(),
    "malformed-label-beyond-its-sample.pb": TYPE + raw(2, num(2, 1) + tag(3, BYTES) + varint(50)) + strings(),
    "malformed-label-as-number.pb": TYPE + raw(2, num(2, 1) + num(3, 1)) + strings(),
    "malformed-label-key-as-text.pb": TYPE + raw(2, num(2, 1) + raw(3, raw(1, "key"))) + strings(),
    "malformed-label-cut.pb": TYPE + raw(2, num(2, 1) + raw(3, tag(1, VARINT))) + strings(),
    "malformed-type-as-text.pb": TYPE + raw(1, raw(1, "cpu")) + strings(),
    "malformed-mapping-group.pb": TYPE + raw(3, num(1, 1) + tag(11, GROUP)) + strings(),
    "malformed-function-name-as-text.pb": TYPE + raw(5, num(1, 1) + raw(2, "main")) + strings(),
    "malformed-line-as-number.pb": TYPE + raw(4, num(1, 1) + num(4, 1)) + strings(),
    "malformed-line-number-fixed.pb": TYPE + raw(4, num(1, 1) + raw(4, tag(2, FIXED32) + bytes(4))) + strings(),
    "malformed-line-beyond-its-location.pb": TYPE + raw(4, num(1, 1) + tag(4, BYTES) + varint(9)) + strings(),
    "malformed-location-cut.pb": TYPE + raw(4, num(1, 1) + tag(3, VARINT) + b"\x80") + strings(),
    # Strings
    "malformed-first-string-not-empty.pb": TYPE + strings(["samples", "count"]),
    "malformed-no-string-table.pb": TYPE + SAMPLE1,
    "malformed-string-beyond-the-table.pb": TYPE + raw(5, nums(_1=1, _2=12)) + strings(),
    "malformed-string-negative.pb": TYPE + raw(5, nums(_1=1, _2=-1)) + strings(),
    "malformed-string-2-to-the-32.pb": TYPE + raw(5, nums(_1=1, _2=1 << 32)) + strings(),
    "malformed-type-name.pb": raw(1, nums(_1=99)) + strings(),
    "malformed-label-string.pb": TYPE + sample([], [1], raw(3, nums(_1=7, _2=99))) + strings(),
    "malformed-label-unit.pb": TYPE + sample([], [1], raw(3, nums(_1=7, _4=99))) + strings(),
    "malformed-dropped-label-key.pb": TYPE + sample([], [1], raw(3, nums(_1=99))) + strings(),
    "malformed-comment.pb": TYPE + num(13, 99) + strings(),
    "malformed-drop-frames.pb": TYPE + num(7, 99) + strings(),
    "malformed-mapping-file.pb": TYPE + raw(3, nums(_1=1, _5=99)) + strings(),
    "malformed-default-type.pb": TYPE + num(14, 99) + strings(),
    "malformed-doc-url.pb": TYPE + num(15, -1) + strings(),
    "malformed-period-type.pb": TYPE + raw(11, nums(_2=99)) + strings(),
    # References
    "malformed-location-0.pb": TYPE + raw(4, nums(_3=5)) + strings(),
    "malformed-function-0.pb": TYPE + raw(5, nums(_2=3)) + strings(),
    "malformed-mapping-0.pb": TYPE + raw(3, nums(_5=6)) + strings(),
    "malformed-location-twice.pb": TYPE + LOCATION1 + LOCATION1 + FUNCTION1 + strings(),
    "malformed-function-twice.pb": TYPE + FUNCTION1 + FUNCTION1 + strings(),
    "malformed-mapping-twice.pb": TYPE + MAPPING + MAPPING + strings(),
    "malformed-sample-with-location-0.pb": TYPE + sample([0], [1]) + strings(),
    "malformed-sample-with-unknown-location.pb": TYPE + sample([9], [1]) + TABLES + strings(),
    "malformed-line-without-function.pb": TYPE + raw(4, nums(_1=1) + raw(4, nums(_2=10))) + strings(),
    "malformed-line-with-unknown-function.pb": TYPE + raw(4, nums(_1=1) + raw(4, nums(_1=9))) + strings(),
    # Samples
    "malformed-too-few-values.pb": TYPE + sample([], []) + strings(),
    "malformed-too-many-values.pb": TYPE + sample([], [1, 2]) + strings(),
    "malformed-unequal-values.pb": TYPE + sample([], [1]) + sample([], [1, 2]) + strings(),
    "malformed-samples-without-types.pb": SAMPLE1 + TABLES + strings(),
    # Two files in one
    "malformed-concatenated.pb": SMALL + SMALL,
    "malformed-concatenated-gzip.pb.gz": member(SMALL) + member(SMALL),
    "malformed-concatenated-without-time.pb": SMALL.replace(HEAD, b"") * 2,
    # gzip
    "malformed-gzip-checksum.pb.gz": member(SMALL, crc=1),
    "malformed-gzip-length.pb.gz": member(SMALL, length=len(SMALL) + 1),
    "malformed-gzip-method.pb.gz": member(SMALL, method=7),
    "malformed-gzip-garbage-behind.pb.gz": member(SMALL) + b"garbage",
    "malformed-gzip-zeros-behind.pb.gz": member(SMALL) + bytes(8),
    "malformed-gzip-block-type.pb.gz": member(SMALL)[:10] + b"\x07" + member(SMALL)[11:],
    "truncated-gzip.pb.gz": member(SMALL)[:-1],
    "truncated-gzip-header.pb.gz": member(SMALL)[:5],
    "truncated-gzip-one-byte.pb.gz": b"\x1f",
    "truncated-gzip-second-member.pb.gz": member(SMALL) + member(SMALL)[:12],
    "truncated-inside-gzip.pb.gz": member(SMALL[:-1]),
    # Cut off
    "truncated-string.pb": SMALL[:-1],
    "truncated-first-message.pb": TYPE[:4],
    "truncated-sample.pb": TYPE + SAMPLE1[:-2],
    "truncated-tag.pb": SMALL + b"\x80",
    "truncated-length.pb": SMALL + b"\x0a",
    "truncated-number.pb": SMALL + b"\x60\xff",
    "truncated-unknown.pb": SMALL + raw(99, "unknown")[:-1],
    "truncated-fixed64.pb": SMALL + tag(99, FIXED64) + b"1234567",
    "truncated-fixed32.pb": SMALL + tag(99, FIXED32) + b"123",
    "toolarge-sample.pb": SMALL + tag(2, BYTES) + varint((64 << 20) + 1),
    "toolarge-string.pb": SMALL + tag(6, BYTES) + varint((64 << 20) + 1),
}


def main():
    here = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent)
    for folder, files in (("good", GOOD), ("bad", BAD)):
        path = here / folder
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir(parents=True)
        for name, content in files.items():
            (path / name).write_bytes(content)


main()
