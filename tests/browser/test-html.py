#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""usage: test-html.py PROF SOURCE_ROOT CHROMEDRIVER CHROMIUM

The page of `prof flame -o x.html` in a real browser. Prints TAP."""

import ast
import base64
import gzip
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from driver import Browser

PROF = os.path.abspath(sys.argv[1])
ROOT = pathlib.Path(sys.argv[2])
CPU = str(ROOT / "data" / "examples" / "server-cpu.prof")
HEAP = str(ROOT / "data" / "examples" / "server-heap.prof")
FOLDER = tempfile.TemporaryDirectory(prefix="prof-html-")
tests = []

sys.path.insert(0, str(ROOT / "tests" / "data"))
import wire  # noqa: E402

# Moves the pointer over the graph and asks the line below it what is there:
# boxes from left to right, by row; of a name that is asked for, those of the
# first row that has it.
SCAN = """
const ground = document.getElementById('canvases');
const bounds = ground.getBoundingClientRect();
const line = document.getElementById('status');
const wanted = arguments[0];
const found = [];
for (let y = bounds.top + 22; y < bounds.bottom; y += arguments[1] || 20) {
  if (wanted !== null && found.length > 0) break;
  let last = null;
  for (let x = bounds.left + 9; x < bounds.right - 8; x += 2) {
    ground.dispatchEvent(new PointerEvent('pointermove', {clientX: x, clientY: y, pointerId: 1}));
    const pointed = ground.classList.contains('pointing');
    const bold = pointed ? line.querySelector('b').textContent : null;
    if (last && last.name === bold) { last.right = x + 2; continue; }
    last = {name: bold, left: x, right: x + 2, y, text: line.textContent};
    if (bold !== null && (wanted === null || wanted === bold)) found.push(last);
  }
}
ground.dispatchEvent(new PointerEvent('pointerleave'));
return found;"""
STATUS = "return document.getElementById('status').textContent"
VIEW = "return document.getElementById('view').textContent"
ANSWER = "return document.getElementById('answer').textContent"
SPOKEN = "return document.getElementById('spoken').textContent"
NOTICE = "return document.getElementById('notice').textContent"
READY = "return document.documentElement.dataset.ready"
HASH = "return location.hash"
NODE = "return (location.hash.match(/node=[0-9]+/) || [''])[0]"
TYPE = """
const field = document.getElementById('field');
field.value = arguments[0];
field.dispatchEvent(new Event('input'));"""
PIXEL = """
const canvas = document.getElementById('picture');
return [...canvas.getContext('2d').getImageData(arguments[0], arguments[1], 1, 1).data];"""
# All rows of the table, from the first to the last, by scrolling through it.
ROWS = """
const scroller = document.querySelector('#top .scroller');
const seen = new Map();
for (let top = 0; ; top += 200) {
  scroller.scrollTop = top;
  scroller.dispatchEvent(new Event('scroll'));
  for (const row of document.querySelectorAll('.row'))
    seen.set(Number(row.getAttribute('aria-rowindex')), [
      row.querySelector('.link').textContent,
      ...[...row.querySelectorAll('.number')].map((cell) => cell.title),
      ...[...row.querySelectorAll('.percent')].map((cell) => cell.textContent),
      row.querySelector('.badge') ? row.querySelector('.badge').textContent : '']);
  if (top > scroller.scrollHeight) break;
}
return [...seen.entries()].sort((a, b) => a[0] - b[0]).map((entry) => entry[1]);"""


def test(function):
    tests.append(function)
    return function


def expect(condition, *what):
    if not condition:
        raise AssertionError(" ".join(repr(w) for w in what))


def write(name, *arguments, profile=CPU):
    path = os.path.join(FOLDER.name, name)
    subprocess.run(
        [PROF, "flame", "-o", path, *arguments, profile], check=True, timeout=60
    )
    return path


def visit(browser, address, seconds=20):
    browser.open("about:blank")
    browser.open(address)
    browser.wait(READY, "true", seconds)


def show(browser, name, *arguments, profile=CPU):
    path = write(name, *arguments, profile=profile)
    visit(browser, "file://" + path)
    return path


def boxes(browser, name):
    return browser.run(SCAN, name)


def box(browser, name):
    found = boxes(browser, name)
    expect(found, name, "is not there")
    return max(found, key=lambda one: one["right"] - one["left"])


def click(browser, name):
    place = box(browser, name)
    browser.click(min((place["left"] + place["right"]) / 2, place["left"] + 30), place["y"])


def is_wide(browser, name):
    place = box(browser, name)
    return place["left"] < 12 and place["right"] > 1260


def press(browser, which):
    browser.run("document.getElementById(arguments[0]).click()", which)


def report(*arguments, profile=CPU):
    command = [PROF, "top", "--format=json", "--nodefraction=0", "--edgefraction=0"]
    result = subprocess.run(
        [*command, *arguments, profile], stdout=subprocess.PIPE, check=True, timeout=60
    )
    return json.loads(result.stdout)


def number(text):
    return int(re.sub(r"[^0-9-]", "", text.replace("−", "-")))


HANDLER = "example.com/server/api.(*Server).handleTree"
SERVE = "net/http.(*conn).serve"


@test
def a_click_zooms_and_keeps_the_ancestors(browser):
    show(browser, "zoom.html")
    before = box(browser, HANDLER)
    expect(box(browser, "compress/gzip.(*Writer).Close"))
    click(browser, HANDLER)
    browser.wait(VIEW, "view 16.4 % of 9.68 s · zoom 609 %")
    expect(is_wide(browser, HANDLER) and is_wide(browser, SERVE))
    expect(box(browser, HANDLER)["y"] == before["y"])
    expect(boxes(browser, "compress/gzip.(*Writer).Close") == [])
    expect(browser.run(HASH).startswith("#zoom="), browser.run(HASH))
    text = box(browser, SERVE)["text"]
    expect("total 5.2 s (53.7 %" in text, text)
    # A caller is a way back up, and the button shows everything.
    click(browser, SERVE)
    browser.wait(VIEW, "view 53.7 % of 9.68 s · zoom 186 %")
    press(browser, "reset")
    browser.wait(VIEW, "9.68 s of CPU time")
    expect(box(browser, HANDLER) == before)


@test
def a_double_click_is_no_more_than_a_click(browser):
    show(browser, "double.html")
    click(browser, HANDLER)
    click(browser, HANDLER)
    browser.wait(VIEW, "view 16.4 % of 9.68 s · zoom 609 %")
    browser.press("Backspace")
    browser.wait(VIEW, "9.68 s of CPU time")


@test
def pointing_tells_the_details(browser):
    show(browser, "details.html")
    place = box(browser, SERVE)
    browser.point(place["left"] + 20, place["y"])
    browser.wait(STATUS, f"{SERVE} — self 20 ms (0.2 %), total 5.2 s (53.7 %) · net/http/server.go")
    tip = browser.run("return document.getElementById('tip').innerText")
    expect(tip.startswith(SERVE) and "53.7 %" in tip and "net/http/server.go" in tip, tip)
    click(browser, HANDLER)
    place = box(browser, HANDLER)
    browser.point(place["left"] + 300, place["y"])
    browser.wait(STATUS + ".includes('100 % of the view')", True)
    browser.point(3, 3)
    browser.wait("return document.getElementById('tip').hidden", True)


@test
def values_are_those_of_the_tree(browser):
    """Self and total of every box seen, against the sums of traces."""
    folded = os.path.join(FOLDER.name, "cpu.folded")
    subprocess.run([PROF, "convert", "-o", folded, CPU], check=True, timeout=60)
    totals, selves = {}, {}
    for line in pathlib.Path(folded).read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or " " not in line:
            continue
        stack, value = line.rsplit(" ", 1)
        frames = stack.split(";")
        selves[tuple(frames)] = selves.get(tuple(frames), 0) + int(value)
        for depth in range(1, len(frames) + 1):
            path = tuple(frames[:depth])
            totals[path] = totals.get(path, 0) + int(value)
    show(browser, "values.html")
    seen = [one for one in boxes(browser, None) if " more frame" not in one["name"]]
    expect(len(seen) > 150, len(seen))
    known = {}
    for path, total in totals.items():
        known.setdefault(path[-1], set()).add((selves.get(path, 0), total))
    scale = {"ns": 1, "µs": 1e3, "ms": 1e6, "s": 1e9}
    for one in seen:
        if one["name"] == "all":
            continue
        self, total = re.findall(r"(?:self|total) ([\d.]+ \S+)", one["text"])
        pair = tuple(
            float(text.split()[0]) * scale[text.split()[1]] for text in (self, total)
        )
        expect(
            any(
                abs(pair[0] - s) <= 0.005 * s and abs(pair[1] - t) <= 0.005 * t
                for s, t in known.get(one["name"], ())
            ),
            one,
            known.get(one["name"]),
        )


@test
def the_table_is_that_of_top(browser):
    for name, profile in (("cpu", CPU), ("heap", HEAP)):
        show(browser, f"table-{name}.html", profile=profile)
        press(browser, "tab-top")
        expected = report(profile=profile)
        rows = browser.run(ROWS)
        expect(len(rows) == len(expected["rows"]) > 100, len(rows), len(expected["rows"]))
        badges = {"never": "", "always": "inlined", "some": "partly inlined"}
        for row, wanted in zip(rows, expected["rows"]):
            found = (row[0], number(row[1]), number(row[2]), row[5])
            expect(
                found
                == (wanted["name"], wanted["flat"], wanted["cum"], badges[wanted["inlined"]]),
                row,
                wanted,
            )
            for text, share in ((row[3], wanted["flat_share"]), (row[4], wanted["cum_share"])):
                expect(abs(float(text.split()[0]) - 100 * share) < 0.0051, row, wanted)


@test
def the_table_sorts(browser):
    show(browser, "sort.html")
    press(browser, "tab-top")

    def sort(key):
        browser.run(f"document.querySelector('[data-key={key}]').click()")
        sorted_by = browser.run(
            "return [...document.querySelectorAll('[aria-sort]')].map((cell) =>"
            "[cell.textContent, cell.getAttribute('aria-sort')])"
        )
        return browser.run(ROWS), sorted_by

    rows, sorted_by = sort("cum")
    expect(sorted_by == [["Cum", "descending"]], sorted_by)
    cums = [number(row[2]) for row in rows]
    expect(cums == sorted(cums, reverse=True) and cums[0] > cums[-1])
    rows, sorted_by = sort("cum")
    expect(sorted_by == [["Cum", "ascending"]], sorted_by)
    expect([number(row[2]) for row in rows] == sorted(cums))
    rows, sorted_by = sort("name")
    names = [row[0] for row in rows]
    plain = [re.sub("[^a-z0-9]", "", name.lower()) for name in names]
    expect(sorted_by == [["Function", "ascending"]], sorted_by)
    expect(plain[0][0] <= plain[len(plain) // 2][0] <= plain[-1][0], names[0], names[-1])
    rows, _ = sort("flat")
    expect(number(rows[0][1]) == 1170000000, rows[0])
    expect("sort" not in browser.run(HASH), browser.run(HASH))


@test
def search_counts_each_stack_once(browser):
    show(browser, "search.html")
    for text, focus in (("encoding/json", "encoding/json"), ("(*", r"\(\*"), ("Digest", "Digest")):
        press(browser, "case") if text == "encoding/json" else None
        browser.run(TYPE, text)
        focused = sum(row["flat"] for row in report(f"--focus={focus}")["rows"])
        answer = browser.run(ANSWER)
        share = 100 * focused / 9680000000
        found = float(re.search(r"([\d.]+) %", answer).group(1))
        expect(abs(found - share) < 0.051, text, answer, share)
    browser.run(TYPE, "DIGEST")
    expect(browser.run(ANSWER).startswith("0 of 616"), browser.run(ANSWER))
    press(browser, "case")
    expect(not browser.run(ANSWER).startswith("0 of"), browser.run(ANSWER))
    press(browser, "pattern")
    browser.run(TYPE, "json.*decode|^regexp\\.")
    expect(not browser.run(ANSWER).startswith("0 of"), browser.run(ANSWER))
    browser.run(TYPE, "(")
    expect(browser.run(ANSWER) == "not a pattern")
    invalid = "return document.getElementById('field').getAttribute('aria-invalid')"
    expect(browser.run(invalid) == "true")


@test
def search_marks_the_graph_and_filters_the_table(browser):
    show(browser, "marks.html")
    place = box(browser, "regexp.(*Regexp).MatchString")
    browser.run(TYPE, "regexp")
    browser.drawn()
    place = box(browser, "regexp.(*Regexp).MatchString")
    top = browser.run("return document.getElementById('canvases').getBoundingClientRect().top")
    pixel = browser.run(PIXEL, place["right"] - 8, int(place["y"] - top))
    expect(pixel == [0xF8, 0xD5, 0x48, 255], pixel)
    click(browser, SERVE)
    browser.wait(ANSWER + ".endsWith('% of serve')", True)
    press(browser, "tab-top")
    rows = browser.run(ROWS)
    names = [row["name"] for row in report()["rows"] if "regexp" in row["name"] + (row["file"] or "")]
    expect([row[0] for row in rows] == names, rows, names)
    expect(browser.run(STATUS) == f"Showing {len(names)} of 616 functions")
    browser.press("Escape")
    expect(browser.run(STATUS) == "616 functions", browser.run(STATUS))


@test
def matches_are_walked_through(browser):
    show(browser, "walk.html")
    browser.press("Control", "f")
    expect(browser.run("return document.activeElement.id") == "field")
    browser.press(text="Digest")
    seen = []
    for _ in range(4):
        before = browser.run(NODE)
        browser.press("Enter")
        browser.wait(f"{NODE} !== '{before}'", True)
        seen.append(browser.run(NODE))
        expect("match" in browser.run(SPOKEN) and "Digest" in browser.run(SPOKEN))
    expect(len(set(seen)) == 4, seen)
    browser.press("Shift", "Enter")
    browser.wait(NODE, seen[2])


@test
def a_function_of_the_table_is_shown_in_the_graph(browser):
    show(browser, "linked.html")
    press(browser, "tab-top")
    browser.run("document.querySelector('.row .link').click()")
    expect(browser.run("return document.getElementById('top').hidden"))
    name = r"^compress\/flate\.\(\*compressor\)\.findMatch$"
    expect(browser.run("return document.getElementById('field').value") == name)
    expect(browser.run(ANSWER).startswith("1 of 616 functions · 16.9 % · 1.64 s"))
    expect("findMatch" in browser.run(SPOKEN), browser.run(SPOKEN))


@test
def every_step_can_be_made_by_key(browser):
    show(browser, "keys.html")
    browser.run("document.getElementById('canvases').focus()")
    browser.press("Down")
    expect(browser.run(SPOKEN).startswith("all, "), browser.run(SPOKEN))
    browser.press("Down")
    spoken = browser.run(SPOKEN)
    expect(spoken.startswith(f"{SERVE}, self 20 ms, 0.2 %, total 5.2 s, 53.7 %, child 1 of "), spoken)
    browser.press("Right")
    expect("child 2 of" in browser.run(SPOKEN), browser.run(SPOKEN))
    browser.press("Left")
    expect(browser.run(SPOKEN) == spoken)
    browser.press("Down")
    browser.press("Enter")
    view = browser.run(VIEW)
    expect(view.startswith("view 46.0 %"), view)
    browser.press(text="+")
    browser.wait(VIEW + f" !== '{view}'", True)
    browser.press(text="0")
    browser.wait(VIEW, "9.68 s of CPU time")
    browser.press("Backspace")
    browser.wait(VIEW + ".startsWith('view ')", True)
    browser.press("Home")
    expect(browser.run(SPOKEN).startswith("all, "))
    browser.press("Escape")
    browser.wait(VIEW, "9.68 s of CPU time")
    browser.press(text="?")
    expect(browser.run("return document.getElementById('about').open"))
    browser.press("Escape")
    expect(not browser.run("return document.getElementById('about').open"))


@test
def in_a_flame_the_callers_are_below(browser):
    show(browser, "flame.html", "--flame")
    browser.run("document.getElementById('canvases').focus()")
    browser.press("Up")
    browser.press("Up")
    expect(browser.run(SPOKEN).startswith(SERVE))
    browser.press("Down")
    expect(browser.run(SPOKEN).startswith("all, "))
    found = browser.run(SCAN, None, 10)
    lowest = {one["name"]: one["y"] for one in found}
    expect(lowest["all"] > lowest[SERVE] > lowest["net/http.serverHandler.ServeHTTP"])
    press(browser, "direction")
    browser.wait(HASH + ".includes('flame=0')", True)
    lowest = {one["name"]: one["y"] for one in browser.run(SCAN, None, 10)}
    expect(lowest["all"] < lowest[SERVE])


@test
def tab_reaches_the_tools_and_the_graph(browser):
    show(browser, "tab.html")
    seen = []
    for _ in range(20):
        browser.press("Tab")
        seen.append(browser.run("return document.activeElement.id || document.activeElement.className"))
        outline = browser.run("return getComputedStyle(document.activeElement).outlineStyle")
        expect(outline != "none" or seen[-1] in ("field", ""), seen[-1], outline)
    for wanted in ("tab-graph", "field", "pattern", "case", "direction", "theme", "help", "canvases"):
        expect(wanted in seen, wanted, seen)


@test
def the_address_keeps_the_state(browser):
    show(browser, "state.html")
    click(browser, HANDLER)
    press(browser, "pattern")
    browser.run(TYPE, "a+b|json")
    press(browser, "case")
    press(browser, "theme")
    browser.wait(HASH + ".includes('theme=')", True)
    press(browser, "tab-top")
    browser.run("document.querySelector('[data-key=cum]').click()")
    address = browser.address()
    words = ("zoom=", "node=", "search=a%2Bb%7Cjson", "regex=1", "case=1", "tab=top", "sort=cum", "theme=")
    for word in words:
        expect(word in address, word, address)
    visit(browser, address)
    expect(browser.run("return document.getElementById('graph').hidden"))
    expect(browser.run("return document.getElementById('field').value") == "a+b|json")
    expect(browser.run("return document.documentElement.dataset.theme") == "dark")
    press(browser, "tab-graph")
    expect(browser.run(VIEW).startswith("view 16.4 %"), browser.run(VIEW))
    expect(is_wide(browser, HANDLER))
    # What is nonsense is left aside.
    for nonsense in ("#zoom=99999999", "#zoom=-1&sort=x", "#view=a-b", "#%", "#view=5-1"):
        visit(browser, address.split("#")[0] + nonsense)
        expect(browser.run(VIEW) == "9.68 s of CPU time", nonsense)


@test
def back_and_forward_are_those_of_the_browser(browser):
    show(browser, "back.html")
    click(browser, SERVE)
    click(browser, HANDLER)
    browser.wait(VIEW + ".startsWith('view 16.4 %')", True)
    browser.back()
    browser.wait(VIEW + ".startsWith('view 53.7 %')", True)
    browser.back()
    browser.wait(VIEW, "9.68 s of CPU time")
    browser.run("history.forward()")
    browser.wait(VIEW + ".startsWith('view 53.7 %')", True)
    press(browser, "back")
    browser.wait(VIEW, "9.68 s of CPU time")


@test
def the_wheel_zooms_at_the_pointer(browser):
    show(browser, "wheel.html")
    place = box(browser, HANDLER)
    middle = (place["left"] + place["right"]) / 2
    browser.wheel(middle, place["y"], -400, "Control")
    browser.wait(VIEW + ".startsWith('view ')", True)
    wider = box(browser, HANDLER)
    expect(wider["right"] - wider["left"] > 1.5 * (place["right"] - place["left"]), wider)
    expect(wider["left"] < middle < wider["right"], wider, middle)
    before = browser.run(VIEW)
    left = boxes(browser, HANDLER)[0]["left"]
    browser.drag(middle, place["y"], -60)
    browser.wait(HASH + ".includes('view=')", True)
    expect(browser.run(VIEW) == before, "a drag moves and does not zoom", browser.run(VIEW))
    expect(boxes(browser, HANDLER)[0]["left"] <= max(left - 50, 9))
    browser.wheel(middle, place["y"], 100, "Shift")
    browser.wheel(middle, place["y"], 4000, "Control")
    browser.wait(VIEW, "9.68 s of CPU time")


@test
def a_strip_opens_with_a_click(browser):
    show(browser, "strip.html")
    strips = [one for one in boxes(browser, None) if " more frame" in one["name"]]
    strip = max(strips, key=lambda one: int(one["name"].split()[0]))
    hidden = int(strip["name"].split()[0])
    expect(hidden > 2 and " of " not in strip["text"], strip)
    browser.click((strip["left"] + strip["right"]) / 2, strip["y"])
    browser.wait(VIEW + ".startsWith('view ')", True)
    row = [one for one in boxes(browser, None) if one["y"] == strip["y"]]
    expect(len([one for one in row if " more" not in one["name"]]) > 1, row)
    counts = [int(one["name"].split()[0]) if " more" in one["name"] else 1 for one in row]
    expect(sum(counts) == hidden, row)


@test
def the_colours_follow_the_desktop(browser):
    browser.prefer("dark")
    try:
        show(browser, "dark.html")
        expect(browser.run(PIXEL, 2, 2)[:3] == [0x1E, 0x1E, 0x1E], browser.run(PIXEL, 2, 2))
        browser.prefer("light")
        browser.wait("return document.documentElement.dataset.theme", "light")
        browser.drawn()
        expect(browser.run(PIXEL, 2, 2)[:3] == [255, 255, 255])
        press(browser, "theme")
        browser.drawn()
        expect(browser.run(PIXEL, 2, 2)[:3] == [0x1E, 0x1E, 0x1E])
        browser.prefer("dark")
        show(browser, "light.html", "--theme=light")
        expect(browser.run(PIXEL, 2, 2)[:3] == [255, 255, 255])
    finally:
        browser.prefer("light")


@test
def fills_are_those_of_the_picture(browser):
    """The colour of each function, as the SVG has it."""
    svg = subprocess.run(
        [PROF, "flame", "--static", CPU], stdout=subprocess.PIPE, check=True, text=True
    ).stdout
    fills = dict(re.findall(r'<title>([^\n<]+)\n[^<]*</title>\s*<rect[^>]* fill="(#[0-9a-f]+)"', svg))
    expect(len(fills) > 50, len(fills))
    show(browser, "fills.html")
    top = browser.run("return document.getElementById('canvases').getBoundingClientRect().top")
    n = 0
    for one in boxes(browser, None):
        name = one["name"].replace("&", "&amp;")
        if name not in fills or one["right"] - one["left"] < 12:
            continue
        r, g, b, _ = browser.run(PIXEL, one["left"] + 2, int(one["y"] - top))
        expect(f"#{r:02x}{g:02x}{b:02x}" == fills[name], one, (r, g, b), fills[name])
        n += 1
    expect(n > 60, n)


CONTRAST = """
function channels(color) { return (color.match(/[\\d.]+/g) || []).map(Number); }
function light([r, g, b]) {
  const f = (c) => { c /= 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
  return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b);
}
function ground(node) {
  const layers = [];
  for (let at = node; at; at = at.parentElement) {
    const c = channels(getComputedStyle(at).backgroundColor);
    const alpha = c.length === 4 ? c[3] : 1;
    if (alpha > 0) layers.push([c, alpha]);
    if (alpha === 1) break;
  }
  return layers.reverse().reduce((under, [c, a]) => under.map((u, i) => u * (1 - a) + c[i] * a),
    [255, 255, 255]);
}
const poor = [];
for (const node of document.querySelectorAll('body *')) {
  const words = [...node.childNodes].filter((n) => n.nodeType === 3 && n.data.trim() !== '');
  if (words.length === 0 || node.getClientRects().length === 0 || node.closest('.unseen')) continue;
  if (node.closest(':disabled:not(.legend *)')) continue;
  const a = light(channels(getComputedStyle(node).color)), b = light(ground(node));
  const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  if (ratio < 4.5) poor.push([words[0].data, ratio]);
}
return poor;"""


@test
def all_text_can_be_read(browser):
    for scheme in ("light", "dark"):
        show(browser, f"contrast-{scheme}.html", f"--theme={scheme}")
        browser.run(TYPE, "json")
        click(browser, SERVE)
        browser.run("document.getElementById('about').showModal()")
        expect(browser.run(CONTRAST) == [], scheme, browser.run(CONTRAST))
        browser.run("document.getElementById('about').close()")
        press(browser, "tab-top")
        browser.run("document.querySelector('.row').click()")
        expect(browser.run(CONTRAST) == [], scheme, browser.run(CONTRAST))


@test
def nothing_is_wider_than_the_page(browser):
    show(browser, "narrow.html")
    try:
        for width in (320, 480, 720, 1000):
            browser.size(width, 700)
            for tab in ("tab-top", "tab-graph"):
                press(browser, tab)
                browser.run(TYPE, "json")
                over = browser.run(
                    "return [...document.querySelectorAll('body *')].filter((node) =>"
                    "node.getBoundingClientRect().right > innerWidth + 1 &&"
                    "!node.closest('dialog, .legend')).map((node) => node.outerHTML.slice(0, 80))"
                )
                expect(over == [], width, over)
    finally:
        browser.size(1280, 800)


@test
def a_dense_screen_gets_all_its_pixels(browser):
    try:
        browser.size(1280, 800, 2)
        show(browser, "dense.html")
        expect(browser.run("return document.getElementById('picture').width") == 2560)
        expect(is_wide(browser, "all"))
    finally:
        browser.size(1280, 800)


def stack_of(depth):
    """One stack of two functions that call each other."""
    strings = [b"", b"samples", b"count", b"even", b"odd", b"last"]
    out = wire.raw(1, wire.num(1, 1) + wire.num(2, 2))
    for i in (3, 4, 5):
        out += wire.raw(4, wire.num(1, i) + wire.raw(4, wire.num(1, i)))
        out += wire.raw(5, wire.num(1, i) + wire.num(2, i) + wire.num(4, i))
    stack = [5] + [3 + level % 2 for level in range(depth - 1)]
    out += wire.raw(2, wire.packed(1, stack) + wire.packed(2, [7]))
    return out + b"".join(wire.raw(6, string) for string in strings)


@test
def a_stack_may_be_deep(browser):
    path = os.path.join(FOLDER.name, "deep.pb")
    pathlib.Path(path).write_bytes(stack_of(500000))
    show(browser, "deep.html", profile=path)
    browser.run(TYPE, "last")
    expect(browser.run(ANSWER).startswith("1 of 3 functions · 100 % · 7"), browser.run(ANSWER))
    browser.run("document.getElementById('field').focus()")
    browser.press("Enter")
    spoken = browser.run(SPOKEN)
    expect(spoken == "last, self 7, 100 %, total 7, 100 %, child 1 of 1, match", spoken)
    expect(box(browser, "last") and box(browser, "even"))
    click(browser, "last")
    browser.run("document.getElementById('canvases').scrollTop = 0")
    browser.drawn()
    expect(box(browser, "all"))


@test
def negative_values_have_their_size(browser):
    name = os.path.join(FOLDER.name, "difference.html")
    subprocess.run(
        [PROF, "flame", "-o", name, f"--diff-base={CPU}", "--ignore=json", CPU], check=True
    )
    visit(browser, "file://" + name)
    expect(browser.complaints() == [])
    strings = [b"", b"samples", b"count", b"up", b"down"]
    out = wire.raw(1, wire.num(1, 1) + wire.num(2, 2))
    for i, value in ((3, 300), (4, -100)):
        out += wire.raw(4, wire.num(1, i) + wire.raw(4, wire.num(1, i)))
        out += wire.raw(5, wire.num(1, i) + wire.num(2, i) + wire.num(4, i))
        out += wire.raw(2, wire.packed(1, [i]) + wire.packed(2, [value & (2**64 - 1)]))
    path = os.path.join(FOLDER.name, "signed.pb")
    pathlib.Path(path).write_bytes(out + b"".join(wire.raw(6, string) for string in strings))
    show(browser, "signed.html", profile=path)
    up, down = box(browser, "up"), box(browser, "down")
    expect(abs((up["right"] - up["left"]) / (down["right"] - down["left"]) - 3) < 0.05, up, down)
    expect("total −100 (−25.0 %)" in down["text"], down["text"])
    press(browser, "tab-top")
    expect([row[:3] for row in browser.run(ROWS)] == [["up", "300", "300"], ["down", "−100", "−100"]])


def packed_page(path, shape, columns):
    """A page with other data in it: numbers as the grammar has them."""
    out = bytearray()
    for value in columns:
        if isinstance(value, bytes):
            out += value
            continue
        while value >= 128:
            out.append(value & 127 | 128)
            value >>= 7
        out.append(value)
    text = pathlib.Path(path).read_text(encoding="utf-8")
    head, rest = text.split('id="page-data">')
    text = head + 'id="page-data">' + base64.b64encode(gzip.compress(bytes(out))).decode()
    text += rest[rest.index("</script>") :]
    facts = json.loads(text.split('id="page-facts">')[1].split("</script>")[0])
    facts["shape"] = shape
    start, rest = text.split('id="page-facts">')
    text = start + 'id="page-facts">' + json.dumps(facts) + rest[rest.index("</script>") :]
    pathlib.Path(path).write_text(text, encoding="utf-8")


@test
def frames_that_were_left_out_are_told(browser):
    path = write("cut.html", profile=CPU)
    shape = dict(nodes=5, frames=2, rows=2, files=1, hidden=42, divisor=10, signed=False)
    columns = [4, b"a\nb\n", 8, b"0:a\n0:b\n", 1, b"\n"]  # names, labels, files
    columns += [0, 0, 7, 0, 0, 0, 0, 0, 0, 0]  # files, lines, packages, colours, inlined
    columns += [2 * 2, 2 * 3, 2 * 9, 2 * 4]  # flat, cum
    columns += [2, 2, 4, 0, 2, 0, 4]  # a calls b and more; the root calls a and more
    columns += [2, 2, 0, 0, 0]  # children: root, a, b, more of a, more of the root
    columns += [0, 0, 1, 1]  # places
    columns += [0, 2, 4, 3, 1]  # values
    columns += [30, 12]  # merged
    packed_page(path, shape, columns)
    visit(browser, "file://" + path)
    found = boxes(browser, None)
    names = list(dict.fromkeys(one["name"] for one in found))
    expect(names == ["all", "a", "12 more frames", "b", "30 more frames"], found)
    texts = {one["name"]: one["text"] for one in found}
    expect("total 100 ns" in texts["all"] and "self 20 ns" in texts["a"], found)
    more = found[-1]
    browser.click(more["left"] + 20, more["y"])
    expect(browser.run(SPOKEN).startswith("30 more frames, total 30 ns, 30.0 %"))
    expect("view" not in browser.run(VIEW), "there is nothing to zoom to")
    browser.run(TYPE, "b")
    expect(browser.run(ANSWER) == "1 of 2 functions · at least 40.0 % · 40 ns", browser.run(ANSWER))


def constants(path, call, n):
    """The arguments of calls in a C test, when all are constants."""
    source = (ROOT / "tests" / "libprof" / path).read_text(encoding="utf-8")
    for match in re.finditer(call + r" \(([^;]*)\);", source):
        text = re.sub(r'"\s*"', "", match.group(1)).replace("INT64_MIN", str(-(2**63)))
        try:
            found = ast.literal_eval("(" + text.replace("\n", " ") + ",)")
        except (SyntaxError, ValueError):
            continue
        if len(found) == n:
            # C spells bytes where Python takes code points.
            yield tuple(
                one.encode("latin-1").decode() if isinstance(one, str) and "\\x" in text else one
                for one in found
            )


def functions_called(names):
    """A profile with a function of each name, each by itself."""
    strings = [b"", b"samples", b"count", *(name.encode() for name in names)]
    out = wire.raw(1, wire.num(1, 1) + wire.num(2, 2))
    for i in range(3, len(strings)):
        function = wire.num(1, i) + wire.num(2, i) + wire.num(4, i)
        out += wire.raw(4, wire.num(1, i) + wire.raw(4, wire.num(1, i))) + wire.raw(5, function)
        out += wire.raw(2, wire.packed(1, [i]) + wire.packed(2, [1000 - i]))
    return out + b"".join(wire.raw(6, string) for string in strings)


@test
def names_are_shortened_as_in_pictures(browser):
    cases = [
        case for case in constants("layout/test-label-fit.c", "assert_forms", 2)
        if case[0].isprintable() and case[0] != ""
    ]
    names = list(dict.fromkeys(name for name, _ in cases))
    expect(len(names) > 30, len(names))
    path = os.path.join(FOLDER.name, "names.pb")
    pathlib.Path(path).write_bytes(functions_called(names))
    browser.size(1280, 2400)  # all rows at once
    try:
        show(browser, "names.html", profile=path)
        press(browser, "tab-top")
        found = browser.run(
            "return [...document.querySelectorAll('[role=row] .name button')].map((button) =>"
            "[button.title.split('\\n')[0], button.firstChild.textContent, button.textContent])"
        )
    finally:
        browser.size(1280, 800)
    told = {title: "{%s}%s" % (dim, text[len(dim):]) if dim else text for title, dim, text in found}
    expect(set(names) <= set(told), set(names) - set(told))
    for name, expected in cases:
        expect(told[name] == expected.split(" > ")[0], name, told[name], expected)


@test
def labels_are_lists_of_forms(browser):
    show(browser, "forms.html")
    found = browser.run("return profNames.formsOf(arguments[0])", "7:net/a.b:c\t2:a.b:c\t0:b:c")
    expect(
        found == [
            {"text": "net/a.b:c", "prefix": 7},
            {"text": "a.b:c", "prefix": 2},
            {"text": "b:c", "prefix": 0},
        ],
        found,
    )


@test
def amounts_are_those_of_pictures(browser):
    show(browser, "amounts.html")
    cases = list(constants("base/test-unit.c", "assert_human", 3))
    expect(len(cases) > 10, len(cases))
    families = {
        "nanoseconds": ("time", 1), "ns": ("time", 1), "us": ("time", 1e3),
        "milliseconds": ("time", 1e6), "seconds": ("time", 1e9), "bytes": ("bytes", 1),
    }
    for value, unit, expected in cases:
        family, factor = families.get(unit, ("", 1))
        found = browser.run(
            "return profUnits.human(arguments[0], arguments[1])",
            value, {"family": family, "factor": factor, "name": unit},
        )
        expect(found == expected, value, unit, found, expected)
    shares = list(constants("base/test-unit.c", "assert_human_percentage", 3))
    expect(len(shares) > 8, len(shares))
    for value, total, expected in shares:
        found = browser.run("return profUnits.percent(arguments[0], arguments[1])", value, total)
        expect(found == expected, value, total, found, expected)


@test
def names_are_never_markup(browser):
    evil = b"</script><img src=x onerror=\"window.hit=1\"><b>.f"
    strings = [b"", b"samples", b"count", evil, b"</title>\xff\x01\xe2\x80\xae", b"a\nb"]
    out = wire.raw(1, wire.num(1, 1) + wire.num(2, 2))
    for i in (3, 4, 5):
        function = wire.num(1, i) + wire.num(2, i) + wire.num(4, i)
        out += wire.raw(4, wire.num(1, i) + wire.raw(4, wire.num(1, i))) + wire.raw(5, function)
        out += wire.raw(2, wire.packed(1, [i]) + wire.packed(2, [i]))
    path = os.path.join(FOLDER.name, "evil.pb")
    pathlib.Path(path).write_bytes(out + b"".join(wire.raw(6, string) for string in strings))
    show(browser, "evil.html", "--title=" + evil.decode(), "--notes=" + evil.decode(), profile=path)
    browser.run(TYPE, "img")
    click(browser, evil.decode())
    press(browser, "reset")
    browser.drawn()
    names = [one["name"] for one in boxes(browser, None)]
    expect("a b" in names and any(name.startswith("</title>\ufffd") for name in names), names)
    expect(all("\u202e" not in name for name in names), names)
    press(browser, "tab-top")
    expect(browser.run("return document.querySelectorAll('img, b b').length") == 0)
    expect(browser.run("return window.hit") is None)
    expect(browser.run("return document.querySelector('h1').textContent") == evil.decode())


@test
def the_policy_stops_other_scripts(browser):
    path = write("policy.html")
    text = pathlib.Path(path).read_text(encoding="utf-8")
    foreign = "<script>window.hit = 1</script><img src='data:,' onerror='window.hit = 2'>"
    pathlib.Path(path).write_text(text.replace("<header", foreign + "<header"), encoding="utf-8")
    browser.complaints()
    visit(browser, "file://" + path)
    expect(browser.run("return window.hit") is None)
    expect(len(browser.complaints()) >= 2)


@test
def without_samples_the_page_says_so(browser):
    strings = [b"", b"samples", b"count"]
    out = wire.raw(1, wire.num(1, 1) + wire.num(2, 2))
    path = os.path.join(FOLDER.name, "empty.pb")
    pathlib.Path(path).write_bytes(out + b"".join(wire.raw(6, string) for string in strings))
    show(browser, "empty.html", profile=path)
    expect(browser.run(NOTICE) == "no samples")
    browser.press("Control", "f")
    browser.press(text="x")


@test
def what_cannot_be_read_is_said(browser):
    path = write("damaged.html")
    text = pathlib.Path(path).read_text(encoding="utf-8")
    head, data = text.split('id="page-data">')
    pathlib.Path(path).write_text(head + 'id="page-data">H4sI' + data[600:], encoding="utf-8")
    browser.open("file://" + path)
    browser.wait(NOTICE + ".startsWith('The profile in this page cannot be read')", True)
    gone = browser.devtools(
        "Page.addScriptToEvaluateOnNewDocument", source="delete window.DecompressionStream"
    )
    try:
        browser.open("file://" + write("old.html"))
        browser.wait(NOTICE + ".includes('it has no DecompressionStream')", True)
    finally:
        browser.devtools("Page.removeScriptToEvaluateOnNewDocument", identifier=gone["identifier"])


@test
def a_page_begins_as_the_command_says(browser):
    show(browser, "begin.html", "--search=json|regexp", "--root=handleTree$", "--title=My <T>")
    expect(is_wide(browser, HANDLER))
    expect(browser.run("return document.getElementById('field').value") == "json|regexp")
    expect(browser.run("return document.title") == "My <T>")
    answer = browser.run(ANSWER)
    expected = subprocess.run(
        [PROF, "flame", "--static", "--search=json|regexp", CPU], stdout=subprocess.PIPE, text=True
    ).stdout.split("matches of “json|regexp”: ")[1].split(")")[0]
    value, share = expected.split(" (")
    expect(f" · {share} · {value} · " in answer, answer, expected)
    # An address that shows everything does so when it is opened again.
    press(browser, "reset")
    browser.run(TYPE, "")
    browser.wait(HASH + ".includes('search')", False)
    visit(browser, browser.address())
    expect(browser.run(VIEW) == "9.68 s of CPU time" and browser.run(ANSWER) == "")


@test
def all_of_it_is_printed(browser):
    show(browser, "print.html")
    pdf = base64.b64decode(browser.devtools("Page.printToPDF", printBackground=True)["data"])
    expect(pdf.startswith(b"%PDF") and len(pdf) > 20000, len(pdf))
    browser.drawn()
    expect(is_wide(browser, "all"), "the page is as it was")
    press(browser, "tab-top")
    browser.run("window.dispatchEvent(new Event('beforeprint'))")
    expect(browser.run("return document.querySelectorAll('.row').length") == 616)
    browser.run("window.dispatchEvent(new Event('afterprint'))")
    expect(browser.run("return document.querySelectorAll('.row').length") < 50)


def main():
    failed = 0
    print(f"1..{len(tests)}")
    with Browser(sys.argv[3], sys.argv[4]) as browser:
        browser.size(1280, 800)
        for number_, function in enumerate(tests, 1):
            name = "/html-browser/" + function.__name__.replace("_", "-")
            try:
                browser.prefer("light")
                browser.complaints()
                function(browser)
                complaints = [c for c in browser.complaints() if "Canvas2D" not in c]
                expect(complaints == [] or "policy" in name, complaints)
                print(f"ok {number_} {name}", flush=True)
            except Exception as failure:  # whatever it is, the next case runs
                failed += 1
                print(f"not ok {number_} {name}\n# {failure!r}"[:900], flush=True)
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
