#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""usage: test-thumbnail.py PROF SOURCE_ROOT

"prof thumbnail" as a file manager runs it: through the entry in data/, without
home, fonts and configuration, within limits. Prints TAP."""

import gzip
import os
import pathlib
import resource
import struct
import subprocess
import sys
import tempfile
import zlib

sys.dont_write_bytecode = True
from sandbox import is_possible, sandbox  # noqa: E402

PROF = os.path.abspath(sys.argv[1])
ROOT = pathlib.Path(sys.argv[2]).resolve()
EXAMPLES = sorted((ROOT / "data" / "examples").glob("*.prof"))
CPU = str(ROOT / "data" / "examples" / "server-cpu.prof")
NO_SAMPLES = ROOT / "tests/data/profiles/constructed/no-samples.pb"
ENTRY = ROOT / "data" / "org.libprof.Flambeau.thumbnailer.in"
SECONDS = 2
BYTES = 256 << 20

tests = []


def test(function):
    tests.append(function)
    return function


def expect(condition, *what):
    if not condition:
        raise AssertionError(" ".join(repr(w) for w in what))


# Sanitizers map terabytes and use little of them.
SANITIZED = b"__asan_init" in pathlib.Path(PROF).read_bytes()


def limit():
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    if not SANITIZED:
        resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))


BARE = {"FONTCONFIG_FILE": "/nonexistent", "FONTCONFIG_PATH": "/nonexistent"}
if "LSAN_OPTIONS" in os.environ:
    BARE["LSAN_OPTIONS"] = os.environ["LSAN_OPTIONS"]


def thumbnail(*arguments, **options):
    """Nothing of the user's: no HOME, no fonts, a file system to be read."""
    return subprocess.run(
        [PROF, "thumbnail", *arguments],
        env=BARE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        timeout=60,
        **options,
    )


class Picture:
    """A PNG of eight bits a channel, decoded."""

    def __init__(self, data):
        expect(data[:8] == b"\x89PNG\r\n\x1a\n", data[:8])
        self.width, self.height, depth, kind = struct.unpack(
            ">IIBB", data[16:26]
        )
        expect((depth, kind) == (8, 2), depth, kind)
        body, at = b"", 8
        while at < len(data):
            [length] = struct.unpack(">I", data[at : at + 4])
            if data[at + 4 : at + 8] == b"IDAT":
                body += data[at + 8 : at + 8 + length]
            at += length + 12
        self.rows = self.unfiltered(zlib.decompress(body))

    def unfiltered(self, raw):
        stride, rows = self.width * 3, []
        before = bytearray(stride)
        for y in range(self.height):
            start = y * (stride + 1)
            line = bytearray(raw[start + 1 : start + 1 + stride])
            for i in range(stride):
                left = line[i - 3] if i >= 3 else 0
                corner = before[i - 3] if i >= 3 else 0
                line[i] = (
                    line[i]
                    + self.predicted(raw[start], left, before[i], corner)
                ) & 255
            rows.append([tuple(line[i : i + 3]) for i in range(0, stride, 3)])
            before = line
        return rows

    @staticmethod
    def predicted(kind, left, up, corner):
        if kind == 4:
            guess = left + up - corner
            return min((left, up, corner), key=lambda v: abs(guess - v))
        return (0, left, up, (left + up) // 2)[kind]

    def colors(self):
        return {pixel for row in self.rows for pixel in row}


def drawn(profile, size):
    with tempfile.TemporaryDirectory() as folder:
        output = pathlib.Path(folder) / "x.png"
        result = thumbnail(
            str(profile), str(output), str(size), preexec_fn=limit
        )
        expect(result.returncode == 0, profile, size, result.stderr)
        expect(result.stderr == b"" and result.stdout == b"", result)
        expect(os.listdir(folder) == ["x.png"])
        return output.read_bytes()


def refused(status, *arguments, **options):
    with tempfile.TemporaryDirectory() as folder:
        result = thumbnail(*arguments, cwd=folder, **options)
        expect(result.returncode == status, arguments, result)
        expect(result.stderr.startswith(b"prof: "), result.stderr)
        expect(result.stderr.count(b"\n") == 1, result.stderr)
        expect(os.listdir(folder) == [], os.listdir(folder))
        return result.stderr.decode()


@test
def every_example_is_drawn_in_every_size():
    for profile in EXAMPLES:
        for size in 64, 128, 256, 512, 1024:
            data = drawn(profile, size)
            width, height = struct.unpack(">II", data[16:24])
            expect((width, height) == (size, size), profile.name, width)


@test
def it_has_an_edge_a_root_and_packages():
    picture = Picture(drawn(CPU, 128))
    last = 127
    edge = {picture.rows[y][x] for y in (0, last) for x in range(128)}
    edge |= {picture.rows[y][x] for y in range(128) for x in (0, last)}
    expect(edge == {(0xC8, 0xCA, 0xCE)}, edge)
    root = picture.rows[7]
    expect(root[6:120] == [(0xE2, 0xE3, 0xE8)] * 114, root)
    expect(root[3] == root[124] == (255, 255, 255), root[3], root[124])
    expect(len(picture.colors()) >= 10, len(picture.colors()))


@test
def profiles_look_different():
    seen = {drawn(profile, 64) for profile in EXAMPLES}
    expect(len(seen) == len(EXAMPLES), len(seen))


@test
def two_runs_give_the_same_bytes():
    expect(drawn(CPU, 128) == drawn(CPU, 128))


@test
def no_samples_is_a_sheet():
    picture = Picture(drawn(NO_SAMPLES, 64))
    expect(len(picture.colors()) == 3, picture.colors())


@test
def the_desktops_entry_runs_it():
    lines = dict(
        line.split("=", 1)
        for line in ENTRY.read_text().splitlines()
        if "=" in line and not line.startswith("#")
    )
    expect(
        lines["MimeType"] == "application/x-pprof;text/x-pprof;text/x-folded-stacks;"
        "application/x-v8-cpuprofile;application/x-v8-heapprofile;application/x-speedscope;application/x-callgrind;"
        "application/x-firefox-profiler;",
        lines,
    )
    expect(lines["TryExec"] == "@bindir@/prof", lines)
    with tempfile.TemporaryDirectory() as folder:
        output = os.path.join(folder, "out.png")
        words = {"%i": CPU, "%o": output, "%s": "128", "@bindir@/prof": PROF}
        command = [words.get(w, w) for w in lines["Exec"].split()]
        subprocess.run(command, check=True, timeout=60)
        expect(os.path.getsize(output) > 100)


def it_needs_nothing_but_its_two_files():
    with tempfile.TemporaryDirectory() as folder:
        result = subprocess.run(
            sandbox(
                "--ro-bind", PROF, "/prof", "--ro-bind", CPU, "/input",
                "--bind", folder, "/output", "--chdir", "/",
                "/prof", "thumbnail", "/input", "/output/x.png", "128",
            ),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60,
        )
        expect(result.returncode == 0, result.stderr)
        inside = pathlib.Path(folder, "x.png").read_bytes()
    expect(inside == drawn(CPU, 128), len(inside))


if is_possible():
    tests.append(it_needs_nothing_but_its_two_files)


@test
def wrong_usage_is_status_2():
    for arguments in (
        [],
        [CPU],
        [CPU, "x.png"],
        [CPU, "x.png", "128", "more"],
        [CPU, "x.png", "0"],
        [CPU, "x.png", "15"],
        [CPU, "x.png", "1025"],
        [CPU, "x.png", "12x"],
        [CPU, "x.png", "-128"],
    ):
        refused(2, *arguments)
    result = thumbnail("--help")
    expect(result.returncode == 0 and b"Usage: prof thumb" in result.stdout)


@test
def what_cannot_be_read_is_refused():
    refused(1, "/nonexistent.prof", "x.png", "128")
    refused(1, str(ENTRY), "x.png", "128")


@test
def a_large_file_is_refused_unread():
    with tempfile.NamedTemporaryFile(suffix=".prof") as file:
        file.write(pathlib.Path(CPU).read_bytes())
        file.truncate((8 << 20) + 1)
        file.flush()
        message = refused(1, file.name, "x.png", "128")
        expect("too large a file" in message, message)


@test
def a_profile_that_takes_much_memory_is_given_up():
    """Ten million samples in 80 KB."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "many.pb.gz")
        pathlib.Path(path).write_bytes(gzip.compress(b"\x12\x02\x10\x01" * 10000000, 1))
        result = thumbnail(path, os.path.join(folder, "x.png"), "128")
        expect(result.returncode == 1, result.returncode, result.stderr)
        # With sanitizers two seconds may be over before.
        why = b"takes more than 64 MiB of memory"
        given_up = SANITIZED and b"too long for a thumbnail" in result.stderr
        expect(why in result.stderr or given_up, result.stderr)
        result = thumbnail(path, os.path.join(folder, "x.png"), "128", preexec_fn=limit)
        expect(result.returncode == 1, result.returncode, result.stderr)
        expect(result.stderr.count(b"\n") == 1, result.stderr)
        expect(os.listdir(folder) == ["many.pb.gz"], os.listdir(folder))


@test
def reading_that_takes_long_is_given_up():
    """The type of a period, set to nothing for ever, in gzip, through a pipe: 87 MiB
    of these take a second of the processor, so that the time is over far before the
    bytes are too many, also where the processor is twice as fast."""
    zeros = zlib.compressobj(9, zlib.DEFLATED, 31)
    reading, writing = os.pipe()
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            [PROF, "thumbnail", "-", os.path.join(folder, "x.png"), "128"],
            stdin=reading,
            stderr=subprocess.PIPE,
            pass_fds=[],
        )
        os.close(reading)
        block = b"\x5a\x00" * (1 << 19)
        try:
            # A sample with no stack and the value 1.
            os.write(writing, zeros.compress(b"\x12\x02\x10\x01") or b"")
            while process.poll() is None:
                os.write(writing, zeros.compress(block) or b"")
        except BrokenPipeError:
            pass
        finally:
            os.close(writing)
        message = process.stderr.read()
        expect(process.wait(60) == 1, process.returncode, message)
        expect(message == b"prof: standard input: reading takes too long for a thumbnail\n", message)
        expect(message.count(b"\n") == 1, message)
        expect(os.listdir(folder) == [], os.listdir(folder))


def main():
    failures = 0
    print(f"1..{len(tests)}")
    for number, function in enumerate(tests, 1):
        name = "/thumbnail/" + function.__name__.replace("_", "-")
        try:
            function()
            print(f"ok {number} {name}")
        except (AssertionError, subprocess.SubprocessError) as error:
            failures += 1
            print(f"not ok {number} {name}")
            for line in str(error).splitlines():
                print(f"# {line}")
        sys.stdout.flush()
    return 1 if failures else 0


sys.exit(main())
