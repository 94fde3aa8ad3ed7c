# SPDX-License-Identifier: LGPL-2.1-or-later
"""A browser without a window, driven by WebDriver over plain HTTP."""

import http.client
import json
import pathlib
import shutil
import subprocess
import tempfile
import time

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"

KEYS = {
    "Tab": "\ue004",
    "Enter": "\ue007",
    "Control": "\ue009",
    "Escape": "\ue00c",
    "Left": "\ue012",
    "Up": "\ue013",
    "Right": "\ue014",
    "Down": "\ue015",
    "Shift": "\ue008",
    "Backspace": "\ue003",
    "Home": "\ue011",
    "End": "\ue010",
}


class Failure(Exception):
    pass


class Browser:
    """One session of chromium; a context manager."""

    def __init__(self, chromedriver, chromium):
        self.folder = tempfile.mkdtemp(prefix="prof-browser-")
        self.log = pathlib.Path(self.folder, "driver.log")
        self.driver = subprocess.Popen(
            [chromedriver, "--port=0", f"--log-path={self.log}"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.session = ""
        try:
            self.port = self.read_port()
            self.start(chromium)
        except BaseException:
            self.close()
            raise

    def read_port(self):
        for line in self.driver.stdout:
            words = line.strip().rstrip(".").split()
            if "successfully" in line and words[-1].isdigit():
                return int(words[-1])
        raise Failure("the driver names no port")

    def start(self, chromium):
        options = {
            "binary": chromium,
            "args": [
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                f"--user-data-dir={self.folder}/profile",
            ],
        }
        asked = {"browserName": "chrome", "goog:chromeOptions": options}
        answer = self.send(
            "POST", "/session", {"capabilities": {"alwaysMatch": asked}}
        )
        self.session = "/session/" + answer["sessionId"]
        self.post("/window/rect", {"width": 1400, "height": 1000})

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.close()

    def close(self):
        if self.session:
            try:
                self.send("DELETE", self.session)
            except (Failure, OSError):
                pass
        self.driver.terminate()
        self.driver.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def send(self, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        data = None if body is None else json.dumps(body)
        connection.request(
            method, path, data, {"Content-Type": "application/json; charset=utf-8"}
        )
        answer = json.loads(connection.getresponse().read())["value"]
        connection.close()
        if isinstance(answer, dict) and "error" in answer:
            raise Failure(answer["error"] + ": " + answer["message"])
        return answer

    def post(self, path, body):
        return self.send("POST", self.session + path, body)

    def open(self, address):
        self.post("/url", {"url": address})

    def address(self):
        return self.send("GET", self.session + "/url")

    def back(self):
        self.post("/back", {})

    def run(self, script, *arguments):
        return self.post("/execute/sync", {"script": script, "args": list(arguments)})

    def drawn(self):
        """Waits until what was asked for is on the screen: it is there with the second frame."""
        script = "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()));"
        self.post("/execute/async", {"script": script, "args": []})

    def click(self, x, y):
        """At a place in the page, in px."""
        moves = [
            {"type": "pointerMove", "x": int(x), "y": int(y), "duration": 0},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        pointer = {"type": "pointer", "id": "mouse", "actions": moves}
        self.post("/actions", {"actions": [pointer]})

    def point(self, x, y):
        moves = [{"type": "pointerMove", "x": int(x), "y": int(y), "duration": 0}]
        pointer = {"type": "pointer", "id": "mouse", "actions": moves}
        self.post("/actions", {"actions": [pointer]})

    def press(self, *keys, text=""):
        """Keys held together, or a text typed."""
        keys = [KEYS.get(key, key) for key in keys]
        actions = [{"type": "keyDown", "value": key} for key in keys]
        actions += [{"type": "keyUp", "value": key} for key in reversed(keys)]
        for letter in text:
            actions.append({"type": "keyDown", "value": letter})
            actions.append({"type": "keyUp", "value": letter})
        keyboard = {"type": "key", "id": "keyboard", "actions": actions}
        self.post("/actions", {"actions": [keyboard]})

    def drag(self, x, y, by_x, by_y=0):
        moves = [
            {"type": "pointerMove", "x": int(x), "y": int(y), "duration": 0},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerMove", "x": int(x + by_x / 2), "y": int(y + by_y / 2), "duration": 20},
            {"type": "pointerMove", "x": int(x + by_x), "y": int(y + by_y), "duration": 20},
            {"type": "pointerUp", "button": 0},
        ]
        pointer = {"type": "pointer", "id": "mouse", "actions": moves}
        self.post("/actions", {"actions": [pointer]})

    def wheel(self, x, y, by, key=None):
        """Turns the wheel at a place, with a key held."""
        turn = {"type": "scroll", "x": int(x), "y": int(y), "deltaX": 0, "deltaY": by}
        pause = {"type": "pause", "duration": 0}
        actions = [{"type": "wheel", "id": "wheel", "actions": [pause, turn, pause]}]
        if key:
            keys = [
                {"type": "keyDown", "value": KEYS[key]},
                pause,
                {"type": "keyUp", "value": KEYS[key]},
            ]
            actions.append({"type": "key", "id": "keyboard", "actions": keys})
        self.post("/actions", {"actions": actions})

    def devtools(self, command, **parameters):
        return self.post("/goog/cdp/execute", {"cmd": command, "params": parameters})

    def size(self, width, height, scale=1):
        """Of the page, in px, and how many pixels of a screen one is."""
        self.devtools(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=scale,
            mobile=False,
        )

    def prefer(self, scheme):
        """ "light" or "dark", as a desktop says it."""
        feature = {"name": "prefers-color-scheme", "value": scheme}
        self.devtools("Emulation.setEmulatedMedia", features=[feature])

    def complaints(self):
        """What was written to the console since last asked."""
        return [entry["message"] for entry in self.post("/se/log", {"type": "browser"})]

    def wait(self, script, expected, seconds=30):
        """Until a script gives what is expected."""
        end = time.monotonic() + seconds
        while True:
            found = self.run(script)
            if found == expected:
                return
            if time.monotonic() > end:
                raise AssertionError(f"{script}: {found!r}, not {expected!r}")
            time.sleep(0.05)

    def screenshot(self):
        """PNG, base64."""
        return self.send("GET", self.session + "/screenshot")
