# SPDX-License-Identifier: LGPL-2.1-or-later
"""Builds a profile from what it says, not from bytes.

    p = Profile("samples/count", "cpu/ns")
    p.sample("main;work:30;leaf<inner", 1, 10, key="text")

A stack is written from its root to its leaf; "leaf<inner" is a call of inner
in which leaf was inlined: one location with two lines. A frame is a function's
name and, behind the last colon, the number of a line. What this cannot say is
a Location from at(), and a stack may be a list of texts and locations.
"""
import sys

sys.dont_write_bytecode = True

from wire import nums, packed, raw

FIRST_ADDRESS = 0x401000


class Function:
    """A row of the table of functions, named by all that it says."""

    def __init__(self, name, file=None, start=0, system=None):
        self.name = name
        self.file = f"/src/{name}.c" if file is None else file
        self.start = start
        self.system = name if system is None else system

    def key(self):
        return self.name, self.file, self.start, self.system


class Line:
    def __init__(self, function, line=0, column=0):
        self.function = function if isinstance(function, Function) else Function(function)
        self.line = line
        self.column = column


class Profile:
    def __init__(self, *types, mapping=True, **head):
        """Types are "type/unit"; head has the fields default, time, duration,
        period ("type/unit"), every, comments, drop, keep, doc_url."""
        self.strings = {"": 0}
        self.types = types
        self.head = head
        self.mappings = []
        self.functions = {}
        self.locations = []
        self.plain = {}
        self.samples = []
        self.function_ids = iter(range(1, 1 << 30))
        self.location_ids = iter(range(1, 1 << 30))
        self.next_address = FIRST_ADDRESS
        if mapping:
            self.map("/usr/local/bin/program")

    def map(self, file="", build_id="", start=0x400000, limit=0x800000, offset=0, flags=(1, 1, 1, 1)):
        """Adds a mapping. Returns: its id"""
        text = [self.string(file), self.string(build_id)]
        row = nums(_1=len(self.mappings) + 1, _2=start, _3=limit, _4=offset, _5=text[0], _6=text[1])
        row += nums(**{f"_{7 + i}": 1 for i, on in enumerate(flags) if on})
        self.mappings.append(row)
        return len(self.mappings)

    def string(self, text):
        return self.strings.setdefault(text, len(self.strings))

    def function(self, function):
        key = function.key()
        if key not in self.functions:
            self.functions[key] = next(self.function_ids), function
        return self.functions[key][0]

    def at(self, *lines, address=None, mapping=None, folded=False):
        """Adds a location, its innermost line first. Returns: its id"""
        if address is None:
            address = self.next_address
            self.next_address += 0x10
        if mapping is None:
            mapping = min(1, len(self.mappings))
        lines = [line if isinstance(line, Line) else Line(line) for line in lines]
        ids = [self.function(line.function) for line in lines]
        number = next(self.location_ids)
        row = nums(_1=number, _2=mapping, _3=address)
        for line, function in zip(lines, ids):
            row += raw(4, nums(_1=function, _2=line.line) + (nums(_3=line.column) if line.column else b""))
        row += nums(_5=1) if folded else b""
        self.locations.append(row)
        return number

    def frame(self, text):
        """The location that a text stands for, the same one each time."""
        if text not in self.plain:
            lines = []
            for part in text.split("<"):
                name, colon, line = part.rpartition(":")
                if colon and line.isdigit():
                    lines.append(Line(name, int(line)))
                else:
                    lines.append(Line(part, 10))
            self.plain[text] = self.at(*lines)
        return self.plain[text]

    def label(self, key, value, unit=""):
        if isinstance(value, tuple):
            value, unit = value
        row = nums(_1=self.string(key))
        if isinstance(value, int):
            row += nums(_3=value) + (nums(_4=self.string(unit)) if unit else b"")
        else:
            row += nums(_2=self.string(value))
        return raw(3, row)

    def sample(self, stack, *values, labels=(), **more):
        """Adds a sample. A label is a pair of key and value, the value a text,
        a number, or a number with its unit; the keys' order stays."""
        if isinstance(stack, str):
            stack = stack.split(";") if stack else []
        ids = [f if isinstance(f, int) else self.frame(f) for f in stack]
        row = packed(1, reversed(ids)) + packed(2, values)
        for key, value in [*labels, *more.items()]:
            row += self.label(key, value)
        self.samples.append(raw(2, row))

    def type(self, text):
        name, _, unit = text.partition("/")
        return nums(_1=self.string(name), _2=self.string(unit))

    def function_row(self, number, function):
        return raw(5, nums(_1=number, _2=self.string(function.name), _3=self.string(function.system),
                           _4=self.string(function.file), _5=function.start))

    def encode(self):
        head, out = self.head, b"".join(raw(1, self.type(t)) for t in self.types)
        out += b"".join(self.samples)
        out += b"".join(raw(3, row) for row in self.mappings)
        out += b"".join(raw(4, row) for row in self.locations)
        out += b"".join(self.function_row(*row) for row in self.functions.values())
        if "period" in head:
            out += raw(11, self.type(head["period"]))
        out += packed(13, [self.string(c) for c in head["comments"]]) if "comments" in head else b""
        for field, key in (7, "drop"), (8, "keep"), (14, "default"), (15, "doc_url"):
            if key in head:
                out += nums(**{f"_{field}": self.string(head[key])})
        for field, key in (9, "time"), (10, "duration"), (12, "every"):
            if key in head:
                out += nums(**{f"_{field}": head[key]})
        texts = (t if isinstance(t, bytes) else t.encode() for t in self.strings)
        return out + b"".join(raw(6, t) for t in texts)
