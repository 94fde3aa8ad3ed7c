#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Turns a page of docs/ into HTML: make-page.py PAGE.md OUTPUT.html

Takes the Markdown that docs/ is written in, and refuses what it does not know:
headings, paragraphs, lists, tables, code, links and images. The pages link each
other as they do as Markdown; a link that leaves docs/ becomes its text."""

import html
import pathlib
import re
import sys

HEAD = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; img-src 'self' file:; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; --line: #8884; --soft: #8882; --link: #1a5fb4; }}
@media (prefers-color-scheme: dark) {{ :root {{ --link: #99c1f1; }} }}
body {{ font: 1rem/1.55 Cantarell, sans-serif; max-width: 50rem;
  margin: 2rem auto 6rem; padding: 0 1rem; overflow-wrap: break-word; }}
h1, h2, h3 {{ line-height: 1.25; margin: 2em 0 0.6em; }}
h1 {{ margin-top: 0; }}
h2 {{ border-bottom: 1px solid var(--line); padding-bottom: 0.2em; }}
a {{ color: var(--link); }}
code {{ font: 0.9em/1.4 monospace; background: var(--soft); border-radius: 3px;
  padding: 0.1em 0.25em; }}
pre {{ background: var(--soft); border-radius: 6px; padding: 0.8em 1em; overflow-x: auto; }}
pre code {{ background: none; padding: 0; }}
table {{ border-collapse: collapse; display: block; overflow-x: auto; }}
th, td {{ border: 1px solid var(--line); padding: 0.3em 0.6em; text-align: start;
  vertical-align: top; }}
img {{ max-width: 100%; border: 1px solid var(--line); border-radius: 6px; }}
@media print {{ body {{ max-width: none; }} }}
</style>
</head>
<body>
"""


class Problem(Exception):
    pass


def anchor(title):
    """As GitHub and others make them."""
    text = re.sub(r"[`*]", "", title).strip().lower()
    return re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", text))


class Spans:
    """What stands within a line."""

    PATTERN = re.compile(
        r"(?P<code>`+)(?P<codetext>.+?)(?P=code)"
        r"|!\[(?P<alt>[^\]]*)\]\((?P<image>[^)\s]+)\)"
        r"|\[(?P<text>(?:[^\[\]`]|`[^`]*`)+)\]\((?P<link>[^)\s]+)\)"
        r"|\*\*(?P<strong>.+?)\*\*"
        r"|(?<!\w)\*(?P<em>[^*\s][^*]*)\*(?!\w)"
        r"|\\(?P<escaped>[\\`*_|<>\[\]])"
    )

    def __init__(self, folder):
        self.folder = folder

    def convert(self, text):
        out, end = [], 0
        for match in self.PATTERN.finditer(text):
            out.append(html.escape(text[end : match.start()], quote=False))
            out.append(self.one(match))
            end = match.end()
        out.append(html.escape(text[end:], quote=False))
        return "".join(out)

    def one(self, match):
        found = match.groupdict()
        if found["codetext"] is not None:
            return f"<code>{html.escape(found['codetext'], quote=False)}</code>"
        if found["image"] is not None:
            alt = html.escape(found["alt"])
            return f'<img src="{html.escape(found["image"])}" alt="{alt}">'
        if found["link"] is not None:
            return self.link(found["text"], found["link"])
        if found["strong"] is not None:
            return f"<strong>{self.convert(found['strong'])}</strong>"
        if found["em"] is not None:
            return f"<em>{self.convert(found['em'])}</em>"
        return html.escape(found["escaped"], quote=False)

    def link(self, text, target):
        path, hash_, fragment = target.partition("#")
        inner = self.convert(text)
        if ":" not in path:
            there = (self.folder / path).resolve()
            if path and not (path.endswith(".md") and there.is_relative_to(ROOT)):
                return inner
            path = re.sub(r"\.md$", ".html", path)
        return f'<a href="{html.escape(path + hash_ + fragment)}">{inner}</a>'


ROOT = None  # docs/: what is installed


class Page:
    def __init__(self, text, folder):
        self.lines = re.sub(r"<!--.*?-->\n*", "", text, flags=re.S).splitlines()
        self.at = 0
        self.spans = Spans(folder)
        self.title = None
        self.out = []

    def line(self):
        return self.lines[self.at] if self.at < len(self.lines) else None

    def convert(self):
        while self.line() is not None:
            self.block()
        if self.title is None:
            raise Problem("there is no heading")
        return "\n".join(self.out)

    def block(self):
        line = self.line()
        if not line.strip():
            self.at += 1
        elif line.startswith("```"):
            self.code()
        elif line.startswith("#"):
            self.heading()
        elif line.startswith("|"):
            self.table()
        elif ITEM.match(line):
            self.list()
        elif line[0] in " >\t" or re.match(r"(---|===|<|\[[^\]]+\]:)", line):
            raise Problem(f"line {self.at + 1}: do not know “{line[:40]}”")
        else:
            self.paragraph()

    def code(self):
        start = self.at
        self.at += 1
        while self.line() is not None and self.line().rstrip() != "```":
            self.at += 1
        if self.line() is None:
            raise Problem(f"line {start + 1}: the code does not end")
        text = html.escape("\n".join(self.lines[start + 1 : self.at]), quote=False)
        self.out.append(f"<pre><code>{text}\n</code></pre>")
        self.at += 1

    def heading(self):
        marks, _, title = self.line().partition(" ")
        if len(marks) > 3 or set(marks) != {"#"}:
            raise Problem(f"line {self.at + 1}: a heading too deep")
        level = len(marks)
        if level == 1:
            self.title = re.sub(r"[`*]", "", title)
        self.out.append(
            f'<h{level} id="{anchor(title)}">{self.spans.convert(title)}</h{level}>'
        )
        self.at += 1

    def gathered(self):
        """Lines up to an empty one or another block, as one."""
        text = []
        while (
            self.line() is not None
            and self.line().strip()
            and not (text and ITEM.match(self.line()))
            and not self.line().startswith(("```", "|", "#"))
        ):
            text.append(self.line().strip())
            self.at += 1
        return self.spans.convert(joined(text))

    def paragraph(self):
        self.out.append(f"<p>{self.gathered()}</p>")

    def list(self):
        ordered = self.line()[0].isdigit()
        self.out.append("<ol>" if ordered else "<ul>")
        while self.line() is not None and ITEM.match(self.line()):
            self.lines[self.at] = ITEM.sub("", self.line(), count=1)
            self.out.append(f"<li>{self.gathered()}</li>")
            if self.line() == "" and self.at + 1 < len(self.lines):
                if ITEM.match(self.lines[self.at + 1]):
                    self.at += 1
        self.out.append("</ol>" if ordered else "</ul>")

    def table(self):
        rows = []
        while self.line() is not None and self.line().startswith("|"):
            rows.append(cells(self.line()))
            self.at += 1
        if len(rows) < 2 or not all(re.fullmatch(r":?-+:?", c) for c in rows[1]):
            # A table of rows only, below a paragraph's words.
            raise Problem(f"line {self.at}: a table without a head")
        width = len(rows[1])
        self.out.append("<table>")
        for number, row in enumerate(rows):
            if number == 1 or (number == 0 and not any(row)):
                continue
            if len(row) != width and not is_rule(row):
                raise Problem(f"line {self.at}: {len(row)} cells instead of {width}")
            if is_rule(row):
                continue
            tag = "th" if number == 0 else "td"
            inner = "".join(f"<{tag}>{self.spans.convert(c)}</{tag}>" for c in row)
            self.out.append(f"<tr>{inner}</tr>")
        self.out.append("</table>")


ITEM = re.compile(r"(?:[-*]|\d+\.) +")
WIDE = re.compile(r"[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f]")


def joined(lines):
    """A line's end is a blank, but between Chinese characters, which have none."""
    out = ""
    for line in lines:
        if out and not (WIDE.match(out[-1]) and WIDE.match(line[0])):
            out += " "
        out += line
    return out


def is_rule(row):
    return all(re.fullmatch(r":?-+:?", cell) for cell in row)


def cells(line):
    """Divided by "|", but not by "\\|"."""
    inner = line.strip().removeprefix("|").removesuffix("|")
    return [c.strip().replace("\\|", "|") for c in re.split(r"(?<!\\)\|", inner)]


def language(path):
    parts = path.name.split(".")
    return parts[1].replace("_", "-") if len(parts) == 3 else "en"


def main():
    global ROOT
    source, output = map(pathlib.Path, sys.argv[1:3])
    ROOT = next(p for p in source.resolve().parents if p.name == "docs")
    page = Page(source.read_text(encoding="utf-8"), source.resolve().parent)
    try:
        body = page.convert()
    except Problem as problem:
        sys.exit(f"{source}: {problem}")
    head = HEAD.format(language=language(source), title=html.escape(page.title))
    output.write_text(f"{head}{body}\n</body>\n</html>\n", encoding="utf-8")


if __name__ == "__main__":
    main()
