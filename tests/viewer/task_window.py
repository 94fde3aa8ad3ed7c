# SPDX-License-Identifier: LGPL-2.1-or-later
"""The real window for whoever carries out tasks on it: what can be asked of it, and the
steps that hands make. See tasks.py."""

import json
import os
import re
import shlex
import subprocess
import tempfile
import time

APP = "org.libprof.Flambeau"
PATH = "/org/libprof/Flambeau/window/1"
PATIENCE = 20  # seconds
INSET = 8  # px of the graph on each side
ROOT = 25  # px of the root's bar, and of the line below it
ROW = 20


class Trouble(Exception):
    pass


def output(*command):
    return subprocess.run(command, capture_output=True, text=True).stdout


def wait_for(function, what):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = function()
        if found:
            return found
        time.sleep(0.1)
    raise Trouble(f"never: {what}")


# --- The window ---


class Window:
    def __init__(self, programs, profile):
        self.flambeau, self.prof, self.clipboard = programs
        self.profile = profile
        environment = dict(os.environ)
        environment.pop("GTK_A11Y", None)
        self.process = subprocess.Popen([self.flambeau, profile], env=environment)
        title = re.escape(os.path.basename(profile))
        try:
            self.id = wait_for(
                lambda: output("xdotool", "search", "--onlyvisible", "--name", title).split(),
                "a window",
            )[-1]
            self.xdo("windowmove", self.id, "0", "0")
            self.xdo("windowfocus", self.id)
            wait_for(lambda: self.possible("copy-command"), "a profile")
            self.tree = None
            self.border_px = None  # until it is asked for
        except Trouble:
            self.close()
            raise

    def close(self):
        self.process.terminate()
        self.process.wait()

    def xdo(self, *arguments):
        subprocess.run(["xdotool", *arguments], check=True)

    def accessible(self):
        import pyatspi

        for child in pyatspi.Registry.getDesktop(0):
            try:
                if child is not None and child.get_process_id() == self.process.pid:
                    return child
            except Exception:  # it may just be going
                pass
        return None

    @property
    def root(self):
        """Where the accessible tree begins; asked for by the mouse alone."""
        if self.tree is None:
            self.tree = wait_for(self.accessible, "the accessibility bus")
        return self.tree

    # Asking

    def call(self, method, *arguments):
        return output(
            "gdbus", "call", "--session", "--dest", APP, "--object-path", PATH,
            "--method", f"org.gtk.Actions.{method}", *arguments,
        )

    def possible(self, action):
        return self.call("Describe", action).startswith("((true")

    def state(self, action):
        found = re.search(r"<'?([^'>]*)'?>", self.call("Describe", action))
        return found.group(1) if found else ""

    def text(self):
        return output(self.clipboard)

    def copied(self, action):
        """What an action of copying copies."""
        # Without types gdbus guesses while the program is too busy to tell them.
        self.call("Activate", action, "@av []", "@a{sv} {}")
        time.sleep(0.2)
        return self.text()

    def command(self):
        return self.copied("copy-command")

    def nodes(self, root=None):
        """Those on screen."""
        root = root or self.root
        for i in range(root.childCount):
            child = root.getChildAtIndex(i)
            if child is None or not self.is_there(child):
                continue
            yield child
            if child.getRoleName() not in ("label", "menu item"):
                yield from self.nodes(child)

    def is_there(self, node):
        """What was never shown has no size; containers may have no extents."""
        return node.getRoleName() in ("frame", "filler", "panel") or self.extents(node)[2] > 1

    def find(self, role, name):
        """The first that is on screen: others have no size."""
        for node in self.nodes():
            if node.getRoleName() in role.split("|") and (node.name or "").startswith(name):
                return node
        return None

    def texts(self):
        """All that is on screen; none while it changes under us."""
        from gi.repository.GLib import Error

        try:
            return [node.name or "" for node in self.nodes()]
        except Error:
            return []

    @staticmethod
    def place(node):
        import pyatspi

        try:
            box = node.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
        except Exception:  # it may just be going
            return 0, 0, 0, 0
        return box.x, box.y, box.width, box.height

    @property
    def border(self):
        """What GTK draws around the window, which places of widgets leave out; px."""
        if self.border_px is None:
            geometry = output("xdotool", "getwindowgeometry", "--shell", self.id)
            outer = int(re.search(r"WIDTH=(\d+)", geometry).group(1))
            inner = self.place(self.root.getChildAtIndex(0))[2]
            self.border_px = (outer - inner) // 2
        return self.border_px

    def extents(self, node):
        """Where a widget is in the window's picture: x, y, width, height."""
        x, y, width, height = self.place(node)
        return x + self.border, y + self.border, width, height

    # Doing

    def click(self, x, y, button="1"):
        self.xdo("mousemove", str(int(x)), str(int(y)))
        time.sleep(0.1)
        self.xdo("click", button)
        time.sleep(0.35)

    def frame_at(self, name):
        """The middle of the widest frame of a function; where the prof command
        lays it out is where the window does."""
        graph = self.find("tree", "Flame graph")
        x, y, width, _ = self.extents(graph)
        words = shlex.split(self.command())
        options = [word for word in words[2:-1] if word.startswith("--")]
        with tempfile.NamedTemporaryFile(suffix=".json") as layout:
            subprocess.run(
                [self.prof, "flame", "-o", layout.name, f"--width={width - 2 * INSET}",
                 *options, self.profile],
                check=True,
            )
            boxes = json.load(open(layout.name))["boxes"]
        boxes = [box for box in boxes if box.get("name") == name]
        if not boxes:
            raise Trouble(f"no frame {name}")
        box = max(boxes, key=lambda box: box["width"])
        return (
            x + INSET + box["x"] + min(box["width"] / 2, 30),
            y + INSET + ROOT + (box["row"] - 1) * ROW + ROW / 2,
        )

    def popup(self):
        """The menu's window: x, y, width."""
        windows = output("xdotool", "search", "--onlyvisible", "--class", "flambeau").split()
        for window in windows:
            if window == self.id:
                continue
            facts = dict(
                line.split("=") for line in
                output("xdotool", "getwindowgeometry", "--shell", window).split()
            )
            if int(facts["WIDTH"]) > 40:
                return int(facts["X"]), int(facts["Y"]), int(facts["WIDTH"])
        return None

    def menu_item(self, name):
        x, y, width = wait_for(self.popup, "a menu")
        roles = "menu item|check menu item|radio menu item"

        def items():
            found = [node for node in self.nodes() if node.getRoleName() in roles.split("|")]
            return found if any((node.name or "").startswith(name) for node in found) else None

        found = wait_for(items, f"the item {name}")
        item = next(node for node in found if (node.name or "").startswith(name))
        top, height = self.extents(item)[1], self.extents(item)[3]
        self.click(x + width / 2, y + top - self.origin(item) + height / 2)

    def origin(self, item):
        """Where the widget is that a menu belongs to: places of items are told as if
        the menu were there."""
        node = item.parent
        while node is not None:
            if (node.name or "").startswith(("Viewer", "View Options", "Main Menu")):
                return self.extents(node)[1]
            node = node.parent
        return 0


# --- Steps: each is one thing that a hand does ---


class Key:
    def __init__(self, *names):
        self.names = names

    def do(self, window):
        for name in self.names:
            window.xdo("key", name)
            time.sleep(0.5)

    def __str__(self):
        return " ".join(f"`{name}`" for name in self.names)


class Type:
    def __init__(self, text):
        self.text = text

    def do(self, window):
        window.xdo("type", "--delay", "30", self.text)
        time.sleep(0.5)

    def __str__(self):
        return f"type “{self.text}”"


class Press:
    """A click on a button."""

    def __init__(self, name, role="push button|toggle button|link"):
        self.name = name
        self.role = role

    def do(self, window):
        node = wait_for(lambda: window.find(self.role, self.name), f"a button {self.name}")
        x, y, width, height = window.extents(node)
        window.click(x + width / 2, y + height / 2)

    def __str__(self):
        return f"“{self.name}”"


class Item:
    """A click on an item of the menu that is open."""

    def __init__(self, name):
        self.name = name

    def do(self, window):
        window.menu_item(self.name)

    def __str__(self):
        return f"item “{self.name}”"


class Frame:
    """A click on a frame of the graph."""

    def __init__(self, name, button="1", double=False):
        self.name = name
        self.button = button
        self.double = double

    def do(self, window):
        x, y = window.frame_at(self.name)
        window.click(x, y, self.button)
        if self.double:
            window.xdo("click", "--repeat", "2", "--delay", "60", "1")
            time.sleep(0.4)

    def __str__(self):
        how = "double click" if self.double else "right click" if self.button == "3" else "click"
        return f"{how} on {self.name}"


class Row:
    """A click on the nth row of the table that is shown."""

    def __init__(self, number, button="1"):
        self.number = number
        self.button = button

    def do(self, window):
        table = wait_for(lambda: window.find("tree table|table", ""), "a table")
        x, y, _, _ = window.extents(table)
        window.click(x + 120, y + 30 + 28 * (self.number - 1) + 14, self.button)

    def __str__(self):
        return f"{'right ' if self.button == '3' else ''}click on row {self.number}"
