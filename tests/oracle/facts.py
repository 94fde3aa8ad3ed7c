# SPDX-License-Identifier: LGPL-2.1-or-later
"""What a profile has, so that options can be chosen that mean something to it.

A reader of its own, as small as will do: it trusts the file.
"""
import collections
import gzip


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, at


def fields(data):
    """Yields number and content of each field: an int or bytes."""
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        kind = key & 7
        if kind == 0:
            value, at = varint(data, at)
        elif kind == 2:
            size, at = varint(data, at)
            value, at = data[at : at + size], at + size
        else:
            size = 8 if kind == 1 else 4
            value, at = data[at : at + size], at + size
        yield key >> 3, value


def message(data):
    """The fields of a message, each with all its contents."""
    out = collections.defaultdict(list)
    for number, value in fields(data):
        out[number].append(value)
    return out


def one(row, number):
    return row[number][-1] if row[number] else 0


def integers(row, number):
    """A repeated field of numbers, packed or not, with their sign."""
    out = []
    for value in row[number]:
        if isinstance(value, int):
            out.append(value)
            continue
        at = 0
        while at < len(value):
            number_, at = varint(value, at)
            out.append(number_)
    return [v - (1 << 64) if v >> 63 else v for v in out]


class Facts:
    """types: pairs of name and unit; default: the index that counts.
    samples: (frames, value, labels, number labels); frames are (name, file,
    mapping's file), the leaf's first."""

    def __init__(self, path):
        data = path.read_bytes()
        if data[:2] == b"\x1f\x8b":
            data = gzip.decompress(data)
        top = message(data)
        self.strings = [s.decode(errors="replace") for s in top[6]] or [""]
        text = self.strings.__getitem__
        types = [message(m) for m in top[1]]
        self.types = [(text(one(t, 1)), text(one(t, 2))) for t in types]
        names = [name for name, _ in self.types]
        wanted = text(one(top, 14))
        self.default = names.index(wanted) if wanted and wanted in names else len(names) - 1
        self.comments = [text(c) for c in integers(top, 13)]
        self.read_locations(top)
        self.samples = [self.read_sample(message(s)) for s in top[2]]

    def read_locations(self, top):
        text = self.strings.__getitem__
        rows = [message(m) for m in top[3]]
        mappings = {one(m, 1): text(one(m, 5)) for m in rows}
        self.mappings = [text(one(m, 5)) for m in rows]
        functions = {}
        for row in map(message, top[5]):
            functions[one(row, 1)] = text(one(row, 2)), text(one(row, 4))
        self.locations = {}
        for row in map(message, top[4]):
            mapping = mappings.get(one(row, 2), "")
            lines = [functions[one(message(line), 1)] for line in row[4]] or [("", "")]
            self.locations[one(row, 1)] = [(name, file, mapping) for name, file in lines]

    def read_sample(self, row):
        text = self.strings.__getitem__
        frames = [f for i in integers(row, 1) for f in self.locations[i % (1 << 64)]]
        value = abs((integers(row, 2) or [0])[self.default])
        texts, numbers = [], []
        for label in map(message, row[3]):
            key = text(one(label, 1))
            if one(label, 2):
                texts.append((key, text(one(label, 2))))
            elif one(label, 3) or one(label, 4):
                numbers.append((key, integers(label, 3)[0] if label[3] else 0, text(one(label, 4))))
        return frames, value, texts, numbers

    def shares(self, part):
        """How much of the total has each name (part 0), file (1), path (2) in
        its stack. Returns: the names, the largest share first"""
        weights = collections.Counter()
        for frames, value, _, _ in self.samples:
            for name in {frame[part] for frame in frames} - {""}:
                weights[name] += value
        total = sum(sample[1] for sample in self.samples) or 1
        rows = sorted(weights.items(), key=lambda row: (-row[1], row[0]))
        return [(name, weight / total) for name, weight in rows if "\ufffd" not in name and "\0" not in name]

    def leaves(self):
        """The names at the end of stacks, the heaviest first."""
        weights = collections.Counter()
        for frames, value, _, _ in self.samples:
            if frames and frames[0][0]:
                weights[frames[0][0]] += value
        rows = sorted(weights.items(), key=lambda row: (-row[1], row[0]))
        return [name for name, _ in rows if "\ufffd" not in name]

    def labels(self, which):
        """The labels' keys, each with its values as often as samples have
        them: texts (2) or numbers (3)."""
        out = collections.defaultdict(collections.Counter)
        for sample in self.samples:
            for key, *value in sample[which]:
                out[key][tuple(value)] += 1
        return {key: [v for v, _ in sorted(c.items(), key=lambda r: (-r[1], r[0]))] for key, c in sorted(out.items())}
