# SPDX-License-Identifier: LGPL-2.1-or-later
"""What a dot or callgrind file says, however it is written down."""
import collections
import itertools
import re

STATEMENT = re.compile(r'^(N\w+)(?: -> (N\w+))? \[(.*)\]$')
ATTRIBUTE = re.compile(r'(\w+) ?= ?("(?:[^"\\]|\\.)*"|\S+)')
LEGEND = re.compile(r'^subgraph cluster_L \{ ("(?:[^"\\]|\\.)*") \[(.*)\] \}$')


def attributes(text):
    return tuple(sorted(ATTRIBUTE.findall(text)))


def is_nodelet(name):
    """Whether it is a box of labels, which are called N3_1 or NN3_1."""
    return "_" in name


class Dot:
    """head: the lines that are no nodes; nodes: by their names; edges."""

    def __init__(self, text):
        self.head, self.nodes, self.edges = [], {}, []
        for line in text.split("\n"):
            statement, legend = STATEMENT.match(line), LEGEND.match(line)
            if statement and statement[2]:
                self.edges.append((statement[1], statement[2], attributes(statement[3])))
            elif statement:
                assert statement[1] not in self.nodes, f"{statement[1]} twice"
                self.nodes[statement[1]] = attributes(statement[3])
            elif legend:
                self.head.append((legend[1], attributes(legend[2])))
            else:
                self.head.append(line)
        # Calls of what adds up to 0 lead to a node that is not there.
        known = {"N0", *self.nodes}
        for name, row in self.nodes.items():
            number = name if is_nodelet(name) else f"node{name[1:]}"
            assert dict(row)["id"] == f'"{number}"', f"{name} has another id"
        for source, target, _ in self.edges:
            assert source in known and target in known, f"{source} -> {target} of no node"

    def meaning(self):
        return self.head, sorted(self.nodes.items()), sorted(self.edges)

    def unnamed(self):
        """As meaning(), but nodes are what they look like and who is around
        them, whatever they are called."""
        looks = {"N0": 0}
        for name, row in self.nodes.items():
            looks[name] = hash(tuple(a for a in row if a[0] != "id"))
        for _ in range(6):
            around = collections.defaultdict(list)
            for source, target, row in self.edges:
                around[source].append((1, looks[target], row))
                around[target].append((2, looks[source], row))
            looks = {name: hash((look, tuple(sorted(around[name])))) for name, look in looks.items()}
        edges = sorted((looks[a], looks[b], row) for a, b, row in self.edges)
        return self.head, sorted(looks.values()), edges


def position(text, before):
    """An address: absolute, or relative to that of the node before."""
    if text == "*":
        return before
    if text[0] in "+-":
        return (before + int(text)) % (1 << 64)
    return int(text, 0)


class Callgrind:
    """nodes: (object, file, function, address, line, cost) with the calls from
    there, each (file, function, address, line, cost).

    Addresses are relative to the node before, in its calls too: so does pprof
    write them."""

    def __init__(self, text):
        self.names = {"ob": {}, "file": {}, "name": {}}
        self.head, self.nodes = [], []
        self.state, self.before = {}, 0
        for line in text.split("\n"):
            self.read(line)

    def name(self, table, text):
        match = re.match(r"\((\d+)\)(?: (.*))?$", text, re.S)
        if not match:
            return text
        if match[2] is not None:
            self.names[table][match[1]] = match[2]
        return self.names[table][match[1]]

    def read(self, line):
        key, equals, value = line.partition("=")
        if equals and key in ("ob", "fl", "fn", "cfl", "cfn"):
            table = {"ob": "ob", "fl": "file", "cfl": "file"}.get(key, "name")
            self.state[key] = self.name(table, value)
        elif equals and key == "calls":
            _, address, number = value.split(" ")
            self.state["call"] = self.state["cfl"], self.state["cfn"], position(address, self.before), number
        elif line.startswith("* * "):
            self.nodes[-1][1].append((*self.state["call"], line[4:]))
        elif re.match(r"[*+\-0-9]", line):
            address, number, cost = line.split(" ")
            if self.nodes:
                self.before = self.nodes[-1][0][3]
            here = position(address, self.before)
            place = self.state["ob"], self.state["fl"], self.state["fn"]
            self.nodes.append(((*place, here, number, cost), []))
        elif line:
            self.head.append(line)

    def meaning(self):
        return self.head, sorted((node, sorted(calls)) for node, calls in self.nodes)

    def unnamed(self):
        """Without the numbers behind names of which there are several."""
        def plain(call):
            return (call[0], re.sub(r" \[\d+/(\d+)\]$", r" [/\1]", call[1]), *call[2:])

        return self.head, sorted((node, sorted(map(plain, calls))) for node, calls in self.nodes)


def are_open(texts):
    """Whether some of these weights are of one size, with both signs; what is
    shown as 0 has a sign too."""
    return any(text == "0" or f"-{text}" in texts for text in texts)


def without_open_parts(one, other):
    """Two graphs without what pprof may draw or not, since it leaves open which
    of 5 and -5 is lighter: dotted edges, of which it drops the redundant ones
    from the lightest on until one is not dotted; and boxes of labels, of which
    it draws the heaviest four."""
    calls, boxes = collections.defaultdict(set), collections.defaultdict(set)
    for source, target, row in one.edges + other.edges:
        texts = boxes[source] if is_nodelet(target) else calls[target]
        texts.add(dict(row)["label"].strip('" ').replace(r"\n (inline)", ""))
    calls = {name for name, texts in calls.items() if are_open(texts)}
    boxes = {name for name, texts in boxes.items() if are_open(texts)}

    def is_settled(edge):
        source, target, row = edge
        if is_nodelet(target):
            return not {source, source.split("_")[0]} & boxes
        return target not in calls or ("style", '"dotted"') not in row

    views = []
    for graph in one, other:
        edges = [edge for edge in graph.edges if is_settled(edge)]
        seen = {target for _, target, _ in edges}
        nodes = [node for node in graph.nodes.items() if node[0] in seen or not is_nodelet(node[0])]
        views.append((graph.head, sorted(nodes), sorted(edges)))
    return views


def weight(line):
    """What a line of tree or peek that is a call says it weighs, and its share."""
    return line.split()[:2] if b" |   " in line else []


def size(line):
    return [word.lstrip(b"-") for word in weight(line)]


def settled(text):
    """The text of tree or peek with its calls in one order.

    pprof sorts the calls of a node by size without their sign, then by name if
    the numbers are equal. It leaves open which of 5 and -5 is first, and these
    may be shown as 0."""
    out = []
    for key, run in itertools.groupby(text.split(b"\n"), size):
        lines = list(run)
        signs = {weight(line)[0][:1] == b"-" for line in lines if key}
        out += sorted(lines) if len(signs) == 2 or key[:1] == [b"0"] else lines
    return out


FORMS = {"graph": Dot, "convert": Callgrind}
