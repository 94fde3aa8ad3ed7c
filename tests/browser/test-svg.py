#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""usage: test-svg.py PROF SOURCE_ROOT CHROMEDRIVER CHROMIUM

The interactive SVG in a real browser. Prints TAP."""

import os
import pathlib
import subprocess
import sys
import tempfile

from driver import Browser

PROF = os.path.abspath(sys.argv[1])
ROOT = pathlib.Path(sys.argv[2])
CPU = str(ROOT / "data" / "examples" / "server-cpu.prof")
FOLDER = tempfile.TemporaryDirectory(prefix="prof-svg-")
tests = []

# Facts of what is on the page.
BOX = """
const groups = [...document.querySelectorAll('.root,.frame')].filter((g) =>
  g.firstElementChild.textContent.split('\\n')[0] === arguments[0]);
const widthOf = (g) => g.querySelector('rect').getBoundingClientRect().width;
const group = groups.sort((a, b) => widthOf(b) - widthOf(a))[0];
const box = group.querySelector('rect').getBoundingClientRect();
return {x: box.x, y: box.y, width: box.width, height: box.height,
        shown: group.getAttribute('display') !== 'none',
        ancestor: group.classList.contains('ancestor'),
        label: group.querySelector('text') ?
          group.querySelector('text').textContent : ''};"""
ANSWER = "return document.querySelector('.answer').textContent"
DETAILS = "return document.querySelector('.details').textContent"
FOCUSED = """
const group = document.activeElement.closest('.root,.frame');
return group && group.firstElementChild.textContent.split('\\n')[0];"""
OVERRUN = """
return [...document.querySelectorAll('.frame,.strip')].filter((g) => {
  const rect = g.querySelector('rect'), text = g.querySelector('text.label');
  if (!text || g.getAttribute('display') === 'none') return false;
  return text.getBBox().x + text.getBBox().width >
    rect.getBBox().x + rect.getBBox().width + 1;
}).length;"""


def test(function):
    tests.append(function)
    return function


def expect(condition, *what):
    if not condition:
        raise AssertionError(" ".join(repr(w) for w in what))


def draw(name, *arguments):
    path = os.path.join(FOLDER.name, name)
    subprocess.run([PROF, "flame", "-o", path, *arguments, CPU], check=True, timeout=60)
    return "file://" + path


def box(browser, name):
    return browser.run(BOX, name)


def click(browser, name):
    place = box(browser, name)
    browser.click(place["x"] + min(place["width"] / 2, 40), place["y"] + 9)


def whole(browser):
    return box(browser, "all")["width"]


def zoomed_to(browser, name):
    place = box(browser, name)
    return abs(place["width"] - whole(browser)) < 3


@test
def a_click_zooms_and_keeps_the_ancestors(browser):
    browser.open(draw("zoom.svg"))
    before = box(browser, "compress/gzip.(*Writer).Close")
    click(browser, "example.com/server/api.(*Server).handleTree")
    expect(zoomed_to(browser, "example.com/server/api.(*Server).handleTree"))
    above = box(browser, "net/http.(*conn).serve")
    expect(above["ancestor"] and abs(above["width"] - whole(browser)) < 3, above)
    expect(not box(browser, "compress/gzip.(*Writer).Close")["shown"])
    expect(browser.run(OVERRUN) == 0, "labels over the edge")
    click(browser, "all")
    expect(box(browser, "compress/gzip.(*Writer).Close") == before)


@test
def zooming_gives_labels_room(browser):
    browser.open(draw("labels.svg"))
    name = "encoding/json.(*encodeState).marshal"
    expect(box(browser, name)["label"] != name)
    click(browser, "encoding/json.Marshal")
    expect(box(browser, name)["label"] == name, box(browser, name))


@test
def search_tells_the_share_once(browser):
    browser.open(draw("search.svg"))
    subject = subprocess.run(
        [PROF, "flame", "--static", "--search=json", CPU], capture_output=True, text=True
    ).stdout
    expected = subject.split("matches of “json”: ")[1].split("(")[1].split(")")[0]
    browser.press("Control", "f")
    browser.press(text="json")
    browser.wait(ANSWER, "Matched " + expected)
    n = browser.run("return document.querySelectorAll('.match').length")
    inner = browser.run("return document.querySelectorAll('.inner').length")
    expect(n > 0 and inner > n, n, inner)
    # Case counts only where it is asked for.
    browser.run("const f = document.querySelector('input'); f.value = 'JSON';"
                "f.dispatchEvent(new Event('input'))")
    browser.wait(ANSWER, "Matched " + expected)
    browser.run("document.querySelector('[aria-pressed]').click()")
    browser.wait(ANSWER, "Matched 0.0 %")
    browser.run("const f = document.querySelector('input'); f.value = '(';"
                "f.dispatchEvent(new Event('input'))")
    browser.wait(ANSWER, "not a pattern")


@test
def search_within_a_zoom_tells_both_shares(browser):
    browser.open(draw("both.svg"))
    click(browser, "encoding/json.Marshal")
    browser.press("Control", "f")
    browser.press(text="json")
    browser.wait(ANSWER + ".endsWith(', 100.0 % of this')", True)


@test
def every_step_can_be_made_by_key(browser):
    browser.open(draw("keys.svg"))
    browser.run("document.querySelector('g[data-p]').focus()")
    browser.press("Down")
    expect(browser.run(FOCUSED) == "net/http.(*conn).serve", browser.run(FOCUSED))
    browser.press("Right")
    second = browser.run(FOCUSED)
    browser.press("Left")
    expect(browser.run(FOCUSED) == "net/http.(*conn).serve" != second)
    browser.press("Down")
    browser.press("Enter")
    name = browser.run(FOCUSED)
    expect(zoomed_to(browser, name), name)
    expect(browser.run(DETAILS).startswith(name), browser.run(DETAILS))
    browser.press("Escape")
    expect(not zoomed_to(browser, name), name)
    browser.press("Up")
    expect(browser.run(FOCUSED) == "net/http.(*conn).serve")


@test
def in_a_flame_the_callers_are_below(browser):
    browser.open(draw("flame.svg", "--flame"))
    browser.run("document.querySelector('g[data-p]').focus()")
    browser.press("Up")
    expect(browser.run(FOCUSED) == "net/http.(*conn).serve")
    expect(box(browser, "net/http.(*conn).serve")["y"] < box(browser, "all")["y"])
    browser.press("Down")
    expect(browser.run(FOCUSED) == "all")


@test
def tab_reaches_the_tools_and_the_graph(browser):
    browser.open(draw("tab.svg"))
    seen = []
    for _ in range(4):
        browser.press("Tab")
        seen.append(browser.run("return document.activeElement.localName"))
    expect("g" in seen and "input" in seen and "button" in seen, seen)


@test
def the_address_keeps_the_state(browser):
    browser.open(draw("state.svg"))
    click(browser, "encoding/json.Marshal")
    browser.press("Control", "f")
    browser.press(text="a+b")
    browser.wait("return location.hash.includes('search=a%2Bb')", True)
    address = browser.address()
    browser.open("about:blank")
    browser.open(address)
    expect(zoomed_to(browser, "encoding/json.Marshal"))
    expect(browser.run("return document.querySelector('input').value") == "a+b")


@test
def back_takes_a_zoom_back(browser):
    browser.open(draw("back.svg"))
    click(browser, "encoding/json.Marshal")
    expect(zoomed_to(browser, "encoding/json.Marshal"))
    browser.back()
    browser.wait("return document.documentElement.classList.contains('zoomed')", False)


@test
def pointing_tells_the_details(browser):
    browser.open(draw("hover.svg"))
    browser.point(1, 1)
    place = box(browser, "encoding/json.Marshal")
    browser.point(place["x"] + 5, place["y"] + 5)
    browser.wait(DETAILS + ".startsWith('encoding/json.Marshal · self ')", True)


@test
def narrow_frames_are_there_and_become_wide(browser):
    browser.open(draw("narrow.svg"))
    narrow = "[...document.querySelectorAll('.frame:not([data-p])')]"
    shown = narrow + ".filter((g) => g.getAttribute('display') !== 'none')"
    expect(browser.run(f"return {shown}.length") > 20)
    # A sliver of one or two px is pointed at, and fills the picture.
    name, width = browser.run(
        f"const g = {shown}[0], box = g.querySelector('rect');"
        "const before = box.getBBox().width;"
        "box.dispatchEvent(new MouseEvent('click', {bubbles: true}));"
        "return [g.firstElementChild.textContent, before]"
    )
    expect(1 <= width <= 2, width)
    lines = name.split("\n")
    expect(len(lines) == 3 and lines[1].startswith("total "), lines)
    expect(zoomed_to(browser, lines[0]), lines)
    expect(box(browser, lines[0])["label"] == lines[0])


@test
def without_a_script_slivers_are_drawn_too(browser):
    path = draw("slivers.svg")[len("file://") :]
    svg = pathlib.Path(path).read_text(encoding="utf-8")
    expect('<path class="sliver"' in svg)
    script = svg[svg.index("<script>") :]
    other = os.path.join(FOLDER.name, "other.svg")
    heap = str(ROOT / "data" / "examples" / "server-heap.prof")
    subprocess.run([PROF, "flame", "-o", other, heap], check=True, timeout=60)
    expect(pathlib.Path(other).read_text(encoding="utf-8").endswith(script))


@test
def names_are_never_markup(browser):
    address = draw("names.svg")
    path = address[len("file://") :]
    svg = pathlib.Path(path).read_text(encoding="utf-8")
    evil = "&lt;img src=x onerror=&quot;window.hit=1&quot;&gt;"
    svg = svg.replace("example.com/server/api", evil)
    pathlib.Path(path).write_text(svg, encoding="utf-8")
    browser.open(address)
    name = '<img src=x onerror="window.hit=1">.(*Server).handleTree'
    click(browser, name)
    expect(zoomed_to(browser, name))
    browser.point(100, 300)
    expect(browser.run("return window.hit") is None)
    expect(browser.run("return document.querySelectorAll('img').length") == 0)


@test
def in_an_img_it_is_the_same_picture(browser):
    address = draw("plain.svg")
    page = pathlib.Path(FOLDER.name, "page.html")
    page.write_text(f'<img src="{address}">', encoding="utf-8")
    browser.open(page.as_uri())
    browser.wait("return document.querySelector('img').naturalWidth", 1200)


@test
def a_policy_against_scripts_leaves_the_picture(browser):
    svg = pathlib.Path(draw("policy.svg")[len("file://") :]).read_text(encoding="utf-8")
    page = pathlib.Path(FOLDER.name, "policy.html")
    page.write_text(
        '<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" '
        "content=\"script-src 'none'\">" + svg.split("?>", 1)[1],
        encoding="utf-8",
    )
    browser.open(page.as_uri())
    expect(browser.run("return document.querySelectorAll('g.frame').length") > 100)
    expect(browser.run("return document.querySelector('.bar')") is None)


def main():
    failed = 0
    print(f"1..{len(tests)}")
    with Browser(sys.argv[3], sys.argv[4]) as browser:
        for number, function in enumerate(tests, 1):
            name = "/browser/" + function.__name__.replace("_", "-")
            try:
                function(browser)
                print(f"ok {number} {name}", flush=True)
            except Exception as failure:  # whatever it is, the next case runs
                failed += 1
                print(f"not ok {number} {name}\n# {failure!r}"[:600], flush=True)
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
