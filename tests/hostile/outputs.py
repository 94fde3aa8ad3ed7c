# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the command "prof" writes for other programs, read by parsers that know
nothing of it. Each check takes the bytes, and raises Wrong."""
import csv
import functools
import hashlib
import html.parser
import io
import json
import re
import shutil
import subprocess

# Files that are larger are read by others in minutes; Graphviz takes its time.
MOST = 8 << 20
DOT_MOST = 1 << 20
DOT_STRING = 16000  # bytes; its lexer gives up at 16,384


class Wrong(Exception):
    pass


def expect(condition, what):
    if not condition:
        raise Wrong(what)


def text_of(content):
    try:
        return content.decode()
    except UnicodeDecodeError as bad:
        raise Wrong(f"not UTF-8: {bad}") from bad


def no_constant(name):
    raise Wrong(f"JSON has {name}")


def check_json(content):
    try:
        expect(isinstance(json.loads(text_of(content), parse_constant=no_constant), dict), "no object")
    except json.JSONDecodeError as bad:
        raise Wrong(f"JSON: {bad}") from bad


def check_csv(content):
    csv.field_size_limit(MOST)
    try:
        rows = list(csv.reader(io.StringIO(text_of(content), newline=""), strict=True))
    except csv.Error as bad:
        raise Wrong(f"CSV: {bad}") from bad
    widths = {len(row) for row in rows}
    expect(len(widths) == 1, f"rows of {widths} cells")


def check_dot(content):
    # Names are as they are in the profile; Graphviz takes them for Latin-1 then.
    text = content.decode(errors="replace")
    expect("\0" not in text, "dot: a NUL, where Graphviz stops")
    expect(text.startswith("digraph ") and text.endswith("}\n"), "no digraph")
    # Outside of quotation marks there are only words of ours.
    plain = re.sub(r'"(?:[^"\\]|\\.)*"', '""', text, flags=re.DOTALL)
    for word in re.findall(r"[^\s\[\]{}=;,\"]+", plain):
        expect(re.fullmatch(r"[A-Za-z_]\w*|->|-?[0-9.]+(?:e[-+]\d+)?", word), f"dot: {word[:80]!r}")
    longest = max(map(len, re.findall(rb'"(?:[^"\\]|\\.)*"', content, flags=re.DOTALL)), default=0)
    if shutil.which("dot") is None or len(content) > DOT_MOST or longest > DOT_STRING:
        return
    try:
        result = subprocess.run(["dot", "-Tcanon"], input=content, capture_output=True, timeout=60)
    except subprocess.TimeoutExpired:
        return
    errors = result.stderr.decode(errors="replace")
    expect(result.returncode == 0 and "error" not in errors.lower(), f"dot: {errors[:200]!r}")


class Page(html.parser.HTMLParser):
    """Its elements in order, and the scripts that do something."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.tags = []
        self.scripts = []
        self.code = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        attributes = dict(attributes)
        self.code = tag == "script" and "type" not in attributes
        if self.code:
            self.scripts.append("")
        for key, value in attributes.items():
            expect(not key.startswith("on"), f"HTML: an attribute {key}")
            expect(key not in ("href", "src") or value.startswith("#"), f"HTML: {key} {value!r}")

    def handle_endtag(self, tag):
        self.code = False

    def handle_data(self, data):
        if self.code:
            self.scripts[-1] += data


@functools.cache
def first_page():
    return {}


def check_html(content):
    page = Page(text_of(content))
    same = {
        "scripts": hashlib.sha256(repr(page.scripts).encode()).hexdigest(),
        "kinds": sorted(set(page.tags)),
        "scripts and styles": (page.tags.count("script"), page.tags.count("style")),
    }
    known = first_page().setdefault("page", same)
    expect(same["scripts"] == known["scripts"], "HTML: another script")
    expect(same["scripts and styles"] == known["scripts and styles"], f"HTML: {same}")
    expect(page.tags[:1] == ["html"] and "iframe" not in page.tags, "HTML: another page")


def check_folded(content):
    lines = content.split(b"\n")
    expect(lines.pop() == b"", "folded: no end of line")
    for line in lines:
        expect(re.fullmatch(rb"[^\r\n]+ -?[0-9]+(\.[0-9]+)?", line), f"folded: {line[:120]!r}")
        expect(all(line.rpartition(b" ")[0].split(b";")), f"folded: an empty frame in {line[:120]!r}")


POSITION = rb"(?:0x[0-9a-f]+|[-+]?[0-9]+|\*)"
CALLGRIND = re.compile(
    rb"(?:positions|events|version|creator|cmd|desc): .*"
    rb"|(?:ob|fl|fi|fe|fn|cob|cfi|cfl|cfn)=(?:\([0-9]+\)(?: [^\n]*)?)?"
    rb"|calls=[0-9]+(?: " + POSITION + rb")*"
    rb"|" + POSITION + rb"(?: " + POSITION + rb")*"
    rb"|"
)


def check_callgrind(content):
    known = {}
    for line in content.split(b"\n"):
        expect(CALLGRIND.fullmatch(line), f"callgrind: {line[:120]!r}")
        named = re.fullmatch(rb"c?(ob|f[lien])=\(([0-9]+)\)(?: (.*))?", line, re.DOTALL)
        if named is None:
            continue
        kind = {b"fi": b"fl", b"fe": b"fl"}.get(named[1], named[1])
        if named[3] is None:
            expect((kind, named[2]) in known, f"callgrind: {line!r} is not named before")
        else:
            expect(known.setdefault((kind, named[2]), named[3]) == named[3], f"callgrind: {line[:120]!r} twice")


# Options of the command, the suffix of what it writes, and who reads that.
WRITERS = {
    "top-csv": (("top", "--format=csv"), "csv", check_csv),
    "top-json": (("top", "--format=json"), "json", check_json),
    "traces-csv": (("traces", "--format=csv"), "csv", check_csv),
    "traces-json": (("traces", "--format=json"), "json", check_json),
    "tree-json": (("tree", "--format=json"), "json", check_json),
    "tree-csv": (("tree", "--format=csv"), "csv", check_csv),
    "info-json": (("info", "--format=json"), "json", check_json),
    "tags-json": (("tags", "--format=json"), "json", check_json),
    "tags-csv": (("tags", "--format=csv"), "csv", check_csv),
    "comments-json": (("comments", "--format=json"), "json", check_json),
    "dot": (("graph",), "dot", check_dot),
    "html": (("flame",), "html", check_html),
    "layout-json": (("flame",), "json", check_json),
    "folded": (("convert",), "folded", check_folded),
    "callgrind": (("convert",), "callgrind", check_callgrind),
    "speedscope": (("convert",), "speedscope.json", check_json),
}


def check(writer, content):
    if len(content) <= MOST:
        WRITERS[writer][2](content)
