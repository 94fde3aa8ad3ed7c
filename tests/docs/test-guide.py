#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""usage: test-guide.py SOURCE_ROOT PAGES_FOLDER

The guide says which keys there are; its pages, as they are installed, lead to each
other and to pictures that are there. Prints TAP."""

import html.parser
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

ROOT = pathlib.Path(sys.argv[1]).resolve()
PAGES = pathlib.Path(sys.argv[2]).resolve()
MAKE = ROOT / "data/help/make-page.py"

VOID = {"meta", "img", "br", "hr"}


def expect(condition, *what):
    if not condition:
        raise AssertionError(" ".join(str(w) for w in what))


# Keys


def in_words(accelerator):
    """"<Control><Shift>Page_Up" is "Ctrl+Shift+Page Up"."""
    names = {"slash": "/", "asterisk": "*", "question": "?", "comma": ",", "plus": "+",
             "minus": "-", "equal": "=", "space": "Space", "BackSpace": "Backspace"}
    keys = re.findall(r"<(\w+)>", accelerator)
    last = re.sub(r"<\w+>", "", accelerator)
    keys = [{"Control": "Ctrl"}.get(key, key) for key in keys]
    last = names.get(last, last.replace("_", " "))
    if keys and len(last) == 1:
        last = last.upper()
    return "+".join([*keys, last])


def accelerators():
    """{action: "Ctrl+R, F5"}, without keys of the number pad and second spellings."""
    text = (ROOT / "viewer/viewer-application.c").read_text()
    table = text.split("} accels[] = {")[1].split("\n};")[0]
    found = {}
    for action, keys in re.findall(r'\{\s*"([^"]+)",\s*\{([^}]*)\}', table):
        keys = [key for key in re.findall(r'"([^"]+)"', keys)
                if "KP_" not in key and not key.endswith("equal")]
        found[action] = ", ".join(map(in_words, keys))
    return found


def in_the_window():
    """What the shortcuts window lists: (title, keys)."""
    accels = accelerators()
    tree = ElementTree.parse(ROOT / "viewer/ui/help-overlay.ui")
    for shortcut in tree.iter("object"):
        if shortcut.get("class") != "GtkShortcutsShortcut":
            continue
        properties = {p.get("name"): p.text for p in shortcut.iter("property")}
        action = properties.get("action-name")
        keys = properties.get("accelerator", "")
        yield properties["title"], accels[action] if action else ", ".join(
            map(in_words, keys.split()))


def check_keys():
    text = (ROOT / "docs/guide.md").read_text()
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", text.split("\n## Keys\n")[1], re.M)
    rows = [row for row in rows if row[1] != "---"]
    listed = list(in_the_window())
    expect(len(listed) > 50, "only", len(listed), "in the window")
    for row in listed:
        expect(row in rows, "the guide does not have", row)
    for row in rows:
        expect(row in listed, "the window does not have", row)


# Pages


class Reader(html.parser.HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.open, self.targets, self.anchors = [], [], set()
        self.feed(path.read_text(encoding="utf-8"))
        expect(not self.open, path, "leaves open", self.open)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.anchors.add(attributes.get("id"))
        self.targets += [attributes[a] for a in ("href", "src") if a in attributes]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        expect(self.open and self.open.pop() == tag, "wrongly closed:", tag)


def place(name):
    """A page of docs/, where it is built; pictures where they are."""
    if name.suffix != ".html":
        return ROOT / "docs" / name
    return PAGES / name.name


def check_links():
    pages = sorted(PAGES.glob("*.html"))
    expect(len(pages) > 9, pages)
    readers = {path.name: Reader(path) for path in pages}
    for path in pages:
        formats = (ROOT / "docs/formats" / f"{path.stem}.md").exists()
        here = pathlib.PurePath("formats" if formats else "")
        for target in readers[path.name].targets:
            if ":" in target:
                continue
            name, _, anchor = target.partition("#")
            if name:
                parts = []
                for part in (here / name).parts:
                    parts = parts[:-1] if part == ".." else [*parts, part]
                there = place(pathlib.PurePath(*parts))
            else:
                there = path
            expect(there.is_file(), path.name, "leads to", target)
            if anchor:
                expect(anchor in readers[there.name].anchors, path.name, target)


def check_pictures_are_installed():
    build = (ROOT / "data/help/meson.build").read_text()
    for page in ("guide.md", "guide.zh_CN.md"):
        for name in re.findall(r"!\[[^]]*\]\(([^)]+)\)", (ROOT / "docs" / page).read_text()):
            expect(f"'{name}'" in build, page, "shows", name)


def converted(text):
    with tempfile.TemporaryDirectory() as folder:
        docs = pathlib.Path(folder, "docs")
        docs.mkdir()
        (docs / "a.md").write_text(text)
        result = subprocess.run(
            [sys.executable, MAKE, docs / "a.md", docs / "a.html"],
            stderr=subprocess.PIPE, text=True)
        if result.returncode:
            return None, result.stderr
        body = (docs / "a.html").read_text().split("<body>\n")[1]
        return body.split("\n</body>")[0], ""


def check_conversion():
    for text, expected in [
        ("# A & b", '<h1 id="a--b">A &amp; b</h1>'),
        ("# A\n\na *b* **c** `d<e>`\nf", '<h1 id="a">A</h1>\n<p>a <em>b</em> '
         "<strong>c</strong> <code>d&lt;e&gt;</code> f</p>"),
        ("# A\n\n- b\n  c\n- d", '<h1 id="a">A</h1>\n<ul>\n<li>b c</li>\n<li>d</li>\n</ul>'),
        ("# A\n\n```sh\n<x>\n```", '<h1 id="a">A</h1>\n<pre><code>&lt;x&gt;\n</code></pre>'),
        ("# A\n\n| a | b |\n| --- | --- |\n| `c\\|d` | e |",
         '<h1 id="a">A</h1>\n<table>\n<tr><th>a</th><th>b</th></tr>\n'
         "<tr><td><code>c|d</code></td><td>e</td></tr>\n</table>"),
        ("# A\n\n[b](c.md#d) [e](../f.md)", '<h1 id="a">A</h1>\n<p><a href="c.html#d">b</a> e</p>'),
    ]:
        found, problem = converted(text)
        expect(found == expected, text, "is", found, problem)
    for text in ("# A\n\n> b", "# A\n\n<b>", "b", "# A\n\n```\nb", "#### A",
                 "# A\n\n| a |\n| --- |\n| b | c |"):
        found, problem = converted(text)
        expect(found is None and "a.md: " in problem, text, "is", found)


def main():
    cases = [
        ("the-guide-has-the-keys-of-the-window", check_keys),
        ("pages-lead-somewhere", check_links),
        ("pictures-are-installed", check_pictures_are_installed),
        ("what-is-not-known-is-refused", check_conversion),
    ]
    failed = 0
    print(f"1..{len(cases)}")
    for number, (name, function) in enumerate(cases, 1):
        try:
            function()
            print(f"ok {number} /guide/{name}")
        except AssertionError as error:
            failed += 1
            print(f"not ok {number} /guide/{name}")
            print(f"# {error}")
    return 1 if failed else 0


sys.exit(main())
