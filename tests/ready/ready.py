# SPDX-License-Identifier: LGPL-2.1-or-later
"""Asks the command "prof" many times, without starting it each time.

Ready(PROF).run() is subprocess.run([PROF, …]). Where ready-prof is known (the build
names it in PROF_READY), a process forked from there answers; one question of eight,
and whatever needs more than files, environment and a folder, goes to PROF itself.
Under the sanitizers it is also these that leaks are looked for in, which takes as
long as all else.
"""

import atexit
import itertools
import os
import selectors
import socket
import subprocess
import threading
import time

ANEW = 8  # of so many questions one is put to the program itself
PACKET_MOST = 100000  # bytes, of which the system takes twice as many
SIMPLE = {"cwd", "env", "stdin", "stdout", "stderr", "timeout"}


class Ready:
    def __init__(self, prof, limits=None):
        """limits: what the shell is told before, as "ulimit -s 256"."""
        self.prof, self.limits = prof, limits
        self.program = os.environ.get("PROF_READY")
        self.numbers = itertools.count()
        self.lock = threading.Lock()
        self.queue = None

    def run(self, *words, **options):
        options.setdefault("stdin", None)
        number = next(self.numbers)
        if self.program and number % ANEW and SIMPLE.issuperset(options) and options["stdin"] != subprocess.PIPE:
            packet = self.packet(words, options)
            if len(packet) < PACKET_MOST:
                return self.ask(packet, words, options)
        if "input" in options:
            del options["stdin"]
        return subprocess.run(self.begin(self.prof, *words), **options)

    def begin(self, *words):
        if not self.limits:
            return words
        return ["sh", "-c", self.limits + ' && exec "$0" "$@"', *words]

    def packet(self, words, options):
        environment = os.environ if options.get("env") is None else options["env"]
        texts = [
            options.get("cwd") or os.getcwd(), str(len(words) + 1), self.prof, *words,
            *(f"{name}={value}" for name, value in environment.items()),
        ]
        return b"".join(os.fsencode(text) + b"\0" for text in texts)

    def start(self):
        with self.lock:
            if self.queue is None:
                ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
                sanitizer = os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
                with theirs:
                    self.server = subprocess.Popen(
                        self.begin(self.program), stdin=theirs, env=os.environ | {"ASAN_OPTIONS": sanitizer})
                self.queue = ours
                atexit.register(self.end)
        return self.queue

    def end(self):
        self.queue.close()
        self.server.wait()

    def ask(self, packet, words, options):
        queue = self.start()
        files = Files()
        try:
            given = [files.theirs(options.get(name), name) for name in ("stdin", "stdout", "stderr")]
            ours, theirs = socket.socketpair()
            files.ours["answer"] = ours
            files.to_close.append(theirs)
            socket.send_fds(queue, [packet], [*given, theirs.fileno()])
            files.close_theirs()
            read = files.read(options.get("timeout"), [self.prof, *words])
        finally:
            files.close()
        if len(read["answer"]) != 4:
            raise ChildProcessError(f"{self.program} gives no answer")
        status = os.waitstatus_to_exitcode(int.from_bytes(read["answer"], "little"))
        return subprocess.CompletedProcess([self.prof, *words], status, read.get("stdout"), read.get("stderr"))


class Files:
    """What both sides hold of one question."""

    def __init__(self):
        self.to_close, self.ours = [], {}

    def theirs(self, wanted, name):
        if wanted == subprocess.PIPE:
            ours, theirs = (open(end, mode, buffering=0) for end, mode in zip(os.pipe(), ("rb", "wb")))
            self.ours[name] = ours
        elif wanted == subprocess.DEVNULL:
            theirs = open(os.devnull, "r+b", buffering=0)
        elif wanted is None:
            return ("stdin", "stdout", "stderr").index(name)
        else:
            return wanted if isinstance(wanted, int) else wanted.fileno()
        self.to_close.append(theirs)
        return theirs.fileno()

    def read(self, timeout, words):
        """Returns: what came, by its name, after all have ended"""
        end = None if timeout is None else time.monotonic() + timeout
        pieces = {name: [] for name in self.ours}
        with selectors.PollSelector() as selector:
            for name, file in self.ours.items():
                selector.register(file, selectors.EVENT_READ, name)
            while selector.get_map():
                left = None if end is None else end - time.monotonic()
                if left is not None and left < 0:
                    raise subprocess.TimeoutExpired(words, timeout)
                for key, _ in selector.select(left):
                    piece = os.read(key.fd, 1 << 16)
                    pieces[key.data].append(piece)
                    if not piece:
                        selector.unregister(key.fileobj)
        return {name: b"".join(read) for name, read in pieces.items()}

    def close_theirs(self):
        while self.to_close:
            self.to_close.pop().close()

    def close(self):
        self.close_theirs()
        for file in self.ours.values():
            file.close()
