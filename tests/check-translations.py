#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Holds po/ against the texts that the sources have now; prints TAP.

usage: check-translations.py SOURCE XGETTEXT MSGCMP

The template is made anew: a translation that was complete when a text was added
does not know of it, and still calls itself complete.
"""
import os
import pathlib
import subprocess
import sys
import tempfile

COMPLETE = ["zh_CN"]  # other languages may have gaps
FOLDERS = ["cli", "data", "libprof", "viewer"]
SUFFIXES = (".c", ".h", ".ui", ".gschema.xml", ".desktop.in", ".metainfo.xml.in")
# As meson's preset "glib", as far as texts are found by it.
XGETTEXT_OPTIONS = [
    "--from-code=UTF-8", "--keyword=_", "--keyword=N_", "--keyword=C_:1c,2",
    "--keyword=NC_:1c,2", "--keyword=g_dcgettext:2", "--keyword=g_dngettext:2,3",
    "--keyword=g_dpgettext2:2c,3",
]

root = pathlib.Path(sys.argv[1])
xgettext, msgcmp = sys.argv[2:]
failed = False


def run(command):
    return subprocess.run(command, cwd=root, text=True, capture_output=True,
                          env={**os.environ, "LC_ALL": "C.UTF-8"})


def extract(names, template):
    """Answers what went wrong, as lines; writes nothing if there is no text."""
    made = run([xgettext, *XGETTEXT_OPTIONS, f"--output={template}", *names])
    return made.stderr.splitlines()


def report(number, sentence, problems):
    global failed
    failed |= bool(problems)
    print("not ok" if problems else "ok", number, "-", sentence)
    for problem in problems:
        print("#", problem)


def unlisted(listed, folder):
    template = folder / "unlisted.pot"
    names = sorted(
        str(path.relative_to(root)) for top in FOLDERS
        for path in (root / top).rglob("*") if path.name.endswith(SUFFIXES))
    problems = extract([name for name in names if name not in listed], template)
    if template.exists():
        problems += [line.removeprefix("#: ")
                     for line in template.read_text(encoding="utf-8").splitlines()
                     if line.startswith("#: ")]
    return problems


def where(template, problem):
    """Names the source of a text instead of its line in a file that is gone."""
    line, said = problem.removeprefix(f"{template}:").split(":", 1)
    above = template.read_text(encoding="utf-8").splitlines()[:int(line)]
    source = [text for text in above if text.startswith("#: ")][-1]
    return f"{source.removeprefix('#: ')}:{said}"


def gaps(language, template):
    compared = run([msgcmp, f"po/{language}.po", str(template)])
    if compared.returncode == 0:
        return []
    return [where(template, line) if line.startswith(f"{template}:") else line
            for line in compared.stderr.splitlines()]


listed = [line for line in (root / "po/POTFILES").read_text().splitlines()
          if line and not line.startswith("#")]
print(f"1..{2 + len(COMPLETE)}")
with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    template = folder / "flambeau.pot"
    report(1, "every file with texts is in POTFILES", unlisted(listed, folder))
    report(2, "every file in POTFILES can be read", extract(listed, template))
    for number, language in enumerate(COMPLETE, 3):
        report(number, f"{language} has every text", gaps(language, template))
sys.exit(failed)
