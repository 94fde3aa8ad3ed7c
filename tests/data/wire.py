# SPDX-License-Identifier: LGPL-2.1-or-later
"""The wire format of protocol buffers, and gzip, for what makes test files."""
import struct
import zlib

VARINT, FIXED64, BYTES, GROUP, FIXED32 = 0, 1, 2, 3, 5


def varint(value, length=0):
    """A varint, drawn out to a length if one is given."""
    value &= (1 << 64) - 1
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    while len(out) < length:
        out[-1] |= 0x80
        out.append(0)
    return bytes(out)


def tag(field, kind, length=0):
    return varint(field << 3 | kind, length)


def num(field, value):
    return tag(field, VARINT) + varint(value)


def raw(field, content):
    if isinstance(content, str):
        content = content.encode()
    return tag(field, BYTES) + varint(len(content)) + content


def packed(field, values):
    return raw(field, b"".join(varint(v) for v in values))


def nums(**fields):
    """A message of numbers: nums(_1=5, _3=7)."""
    return b"".join(num(int(k[1:]), v) for k, v in fields.items())


def member(content, level=9, name=b"", flags=0, extra=b"", crc=None, length=None, method=8):
    """A member of a gzip file; the options are what can be wrong with one."""
    deflate = zlib.compressobj(level, zlib.DEFLATED, -15)
    body = deflate.compress(content) + deflate.flush()
    if name:
        flags |= 8
    crc = zlib.crc32(content) if crc is None else crc
    length = len(content) if length is None else length
    head = b"\x1f\x8b" + bytes([method, flags]) + b"\0\0\0\0\0\xff" + extra + (name + b"\0" if name else b"")
    return head + body + struct.pack("<II", crc, length & 0xFFFFFFFF)
