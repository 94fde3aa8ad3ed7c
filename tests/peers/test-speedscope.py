#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""usage: test-speedscope.py PROF SOURCE_ROOT CHROMEDRIVER CHROMIUM SPEEDSCOPE

Three formats that we write, opened by speedscope, whose npm package is in the folder
SPEEDSCOPE: what it says that functions cost, by themselves and with all they call.
Prints TAP."""

import base64
import json
import os
import pathlib
import re
import sys
import tempfile

sys.dont_write_bytecode = True
PROF, ROOT = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])
PAGE = pathlib.Path(sys.argv[5]).resolve() / "dist" / "release" / "index.html"
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "browser")]
from driver import Browser  # noqa: E402
from tap import expect, run, test  # noqa: E402
from written import Written  # noqa: E402

CPU = ROOT / "data" / "examples" / "server-cpu.prof"
ROWS = """
return [...document.querySelectorAll('tr')]
  .map((row) => [...row.querySelectorAll('td')].map((cell) => cell.innerText.trim()))
  .filter((cells) => cells.length === 3)"""
IS_THERE = "return document.body.innerText.includes('Symbol Name')"
UNITS = {"s": 1e9, "ms": 1e6, "µs": 1e3, "ns": 1, "": 1}
FEWEST_ROWS = 20


def number(text):
    """What "1.17s (12%)" and "690,000,000 (7.1%)" say, and how far off it may be."""
    value, unit = re.match(r"([0-9,.]+)(s|ms|µs|ns|) \(", text).groups()
    digits = value.replace(",", "")
    half = 0.5 * 10 ** -len(digits.partition(".")[2]) if "." in digits else 0.5
    return float(digits) * UNITS[unit], half * UNITS[unit]


def shown(browser, written):
    """(self, total) by name, of the rows that are to be seen."""
    name = os.path.basename(written.path)
    text = base64.b64encode(pathlib.Path(written.path).read_bytes()).decode()
    script = pathlib.Path(written.path + ".js")
    script.write_text(f"speedscope.loadFileFromBase64({json.dumps(name)}, {json.dumps(text)})")
    browser.open("about:blank")
    browser.open(f"{PAGE.as_uri()}#localProfilePath={script}&view=sandwich")
    browser.wait(IS_THERE, True, 20)
    return {cells[2]: (number(cells[1]), number(cells[0])) for cells in browser.run(ROWS)}


def compare(browser, suffix, *options):
    with tempfile.TemporaryDirectory() as folder:
        written = Written(PROF, CPU, pathlib.Path(folder, "x" + suffix))
        ours, theirs = written.top(*options), shown(browser, written)
    expect(len(theirs) >= FEWEST_ROWS, suffix, len(theirs))
    for name, values in theirs.items():
        expect(name in ours, suffix, name)
        for mine, (value, off) in zip(ours[name], values):
            expect(abs(mine - value) <= off, suffix, name, mine, value)


@test
def speedscope_reads_its_own_format(browser):
    compare(browser, ".speedscope.json")


@test
def speedscope_reads_folded_stacks(browser):
    compare(browser, ".folded")


# Of a location it knows one function. Of callgrind it reads files with lines alone,
# not those with addresses, which ours are as pprof's are.
@test
def speedscope_reads_profiles(browser):
    compare(browser, ".pb.gz", "--noinlines")


with Browser(sys.argv[3], sys.argv[4]) as chromium:
    run("speedscope", chromium)
