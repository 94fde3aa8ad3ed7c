# SPDX-License-Identifier: LGPL-2.1-or-later
"""What a page of documentation shows, to be run: its blocks and its commands."""

import re

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")


class Section:
    """From one heading to the next."""

    def __init__(self, title, text):
        self.title = title
        self.blocks = FENCE.findall(text)  # (language, content)
        # In tables "\|" stands for "|".
        spans = SPAN.findall(FENCE.sub("", text))
        self.spans = [span.replace("\\|", "|") for span in spans]

    def lines(self, language):
        """Of its blocks in @language, without what is no command."""
        for found, content in self.blocks:
            if found == language:
                for line in content.splitlines():
                    if line.strip() and not line.startswith("#"):
                        yield line


def sections(path):
    text = path.read_text(encoding="utf-8")
    fences = [match.span() for match in FENCE.finditer(text)]
    starts = [
        match.start()
        for match in re.finditer(r"^#+ ", text, re.M)
        if not any(start < match.start() < end for start, end in fences)
    ]
    for start, end in zip(starts, [*starts[1:], len(text)]):
        title, _, body = text[start:end].partition("\n")
        yield Section(title.lstrip("# "), body)
