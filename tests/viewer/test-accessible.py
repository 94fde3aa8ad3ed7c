#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What a screen reader gets from the window.

usage: test-accessible.py FLAMBEAU PROFILE BEFORE AFTER

Runs the program on the display and session bus that are there, and prints TAP.
Needs /usr/bin/python3 with pyatspi.
"""

import os
import subprocess
import sys
import time

try:
    import pyatspi
    from gi.repository import GLib
except ImportError:
    print("1..0 # SKIP pyatspi is missing")
    sys.exit(77)

PATIENCE = 60  # seconds; one look at all widgets can take ten on a busy machine
ACTIVE = {
    "push button", "toggle button", "entry", "text", "combo box", "tree",
    "tree item", "tree table", "table", "menu button", "check box", "spin button",
    "link", "slider", "split pane", "list box", "progress bar",
}
number = 0
failed = False


def check(ok, name, *facts):
    global number, failed
    number += 1
    print("ok" if ok else "not ok", number, "-", name)
    if not ok:
        failed = True
        for fact in facts:
            print("#", fact)
    sys.stdout.flush()


def wait_for(function):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            result = function()
        except GLib.GError:  # what was asked is gone meanwhile
            result = None
        if result:
            return result
        time.sleep(0.05)
    return None


def application(pid):
    for child in pyatspi.Registry.getDesktop(0):
        try:
            if child is not None and child.get_process_id() == pid:
                return child
        except Exception:  # it may just be going
            pass
    return None


def walk(node):
    """Every accessible; GTK 4.8 does not tell which of them show."""
    for i in range(node.childCount):
        child = node.getChildAtIndex(i)
        if child is not None:
            yield child
            yield from walk(child)


def find(root, role):
    for node in walk(root):
        if node.getRoleName() == role:
            return node
    return None


def named_item(root):
    """The tree item, once it speaks of a profile."""
    item = find(root, "tree item")
    return item if item is not None and "level" in (item.name or "") else None


def key(name):
    subprocess.run(["xdotool", "key", name], check=True)


def changed(item, before):
    """Returns: the name of an item, once it is another one."""
    wait_for(lambda: item.name != before)
    return item.name


def nameless(nodes):
    for node in nodes:
        role = node.getRoleName()
        name = node.name or ""
        if role in ACTIVE and (not name.strip() or name.startswith(("Gtk", "Adw", "Viewer"))):
            parents = []
            parent = node.parent
            while parent is not None and len(parents) < 4:
                parents.append("%s '%s'" % (parent.getRoleName(), parent.name))
                parent = parent.parent
            yield "%s '%s' in %s" % (role, name, " in ".join(parents))


def select_frame(item):
    found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", ".*prof"],
                           capture_output=True, text=True).stdout.split()
    subprocess.run(["xdotool", "windowfocus", "--sync", found[-1]], check=True)
    for level in ", level 1", ", level 2":
        key("Down")
        wait_for(lambda: level in (item.name or ""))


def test(pid):
    app = wait_for(lambda: application(pid))
    check(app is not None, "the program is on the accessibility bus")
    if app is None:
        return
    item = wait_for(lambda: named_item(app))
    check(item is not None, "the graph has a tree item with a level")
    if item is None:
        return
    window = app.getChildAtIndex(0)
    tree = find(window, "tree")
    check(tree is not None and tree.name.startswith("Flame graph"),
          "the graph is a tree with a name", tree and tree.name)

    select_frame(item)
    first = item.name
    check(", self " in first and ", total " in first and ", level 2" in first,
          "an item says name, self, total and level", first)
    key("Down")
    second = changed(item, first)
    check(second != first and ", level 3" in second,
          "an arrow key changes the item", first, second)
    check(item.getState().contains(pyatspi.STATE_FOCUSED), "the item has the focus")

    bad = list(nameless(walk(window)))
    check(not bad, "every widget of the graph's page has a name", *bad)
    key("alt+2")
    table = wait_for(lambda: find(window, "tree table") or find(window, "table"))
    bad = list(nameless(walk(window)))
    check(not bad, "every widget of the table's page has a name", *bad)
    check(table is not None and table.name == "Functions", "the table has its name",
          table and table.name)
    # GTK keeps what was shown once: one look at both pages.
    key("alt+3")
    wait_for(lambda: any((node.name or "").startswith("Callees of ") for node in walk(window)))
    key("alt+5")
    wait_for(lambda: any((node.name or "").endswith(", level 2, expanded") for node in walk(window)))
    nodes = list(walk(window))
    bad = list(nameless(nodes))
    check(not bad, "every widget of the sandwich and of the tree has a name", *bad)
    trees = [node.name or "" for node in nodes if node.getRoleName() == "tree"]
    check(any(name.startswith("Callers of ") for name in trees)
          and any(name.startswith("Callees of ") for name in trees),
          "both halves of the sandwich are trees with a name", *trees)
    check(any((node.name or "").endswith(", level 2, expanded") for node in nodes),
          "a row of the tree says its level and that it is open")

    # It asks nobody, and its rows say what they are.
    key("ctrl+l")
    dialog = wait_for(lambda: next((w for w in app if w.name == "Open Location"), None))
    check(dialog is not None, "Ctrl+L asks for an address")
    if dialog is None:
        return
    subprocess.run(["xdotool", "type", ":1"], check=True)
    nodes = wait_for(lambda: [n for n in walk(dialog)
                              if (n.name or "").startswith("Memory in Use")])
    check(nodes, "the profiles of a program have names")
    bad = list(nameless(walk(dialog)))
    check(not bad, "every widget of that dialog has a name", *bad)


def test_comparison(pid):
    app = wait_for(lambda: application(pid))
    item = wait_for(lambda: app and named_item(app))
    check(item is not None and " → " in item.name and "(" in item.name,
          "a frame says what it was and what it is",
          item.name if item else "none")
    check(wait_for(lambda: any((node.name or "").startswith("example.com/qrcode/qr.finderPenalty, +1.50")
                               for node in walk(app))),
          "what has changed most is a link with its change")
    if item is not None:
        select_frame(item)
    nodes = list(walk(app)) if app else []
    bad = list(nameless(nodes))
    check(not bad, "every widget of a comparison has a name", *bad)
    names = [node.name or "" for node in nodes]
    for name in ("Swap", "Stop Comparing", "How They Are Compared: As Measured",
                 "Before", "Now", "Larger of Both", "Colors of changes"):
        check(name in names, "one is called " + name)


def run(test, *command):
    environment = dict(os.environ)
    environment.pop("GTK_A11Y", None)
    process = subprocess.Popen(command, env=environment)
    try:
        test(process.pid)
    finally:
        process.terminate()
        process.wait()


def main():
    flambeau, profile, before, after = sys.argv[1:]
    run(test, flambeau, profile)
    run(test_comparison, flambeau, "--compare", before, after)
    print("1..%d" % number)
    return 1 if failed else 0


sys.exit(main())
