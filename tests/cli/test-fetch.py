#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""usage: test-fetch.py PROF SOURCE_ROOT http|no-http plain|sanitized

Profiles from URLs: a server of ours on the loopback that answers right, and in
every wrong way there is. Prints TAP."""

import concurrent.futures
import gzip
import os
import pathlib
import pty
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time

PROF = os.path.abspath(sys.argv[1])
ROOT = pathlib.Path(sys.argv[2]).resolve()
HTTP = sys.argv[3] == "http"
SANITIZED = sys.argv[4] == "sanitized"
PROFILE = ROOT / "data" / "examples" / "qrcode-cpu.prof"
CONTENT = PROFILE.read_bytes()

sys.path.insert(0, str(ROOT / "tests" / "servers"))
import hostile  # noqa: E402

ENVIRONMENT = {
    name: value
    for name, value in os.environ.items()
    if not name.lower().endswith("_proxy")
}
ENVIRONMENT.update(TZ="UTC", LC_ALL="C.UTF-8")
# It writes over what is given back, which then is memory again.
ENVIRONMENT.pop("MALLOC_PERTURB_", None)

# What a body may have, and 64 MiB for the rest; sanitizers keep more.
MAX_RSS = (256 + 64) << 20
if SANITIZED:
    MAX_RSS *= 4
SECOND = 5 if SANITIZED else 1  # of patience

server = hostile.Server(CONTENT)
other = hostile.Server(CONTENT)
secure = hostile.Server(CONTENT, secure=True)
tests = []


def test(function):
    tests.append(function)
    return function


def expect(condition, *what):
    if not condition:
        raise AssertionError(" ".join(repr(w) for w in what))


def url(path):
    return f"http://127.0.0.1:{server.port}/{path}"


class Run:
    """A run of prof, in an empty folder, with its peak of memory."""

    def __init__(self, *arguments, files=(), **environment):
        start = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            for name, content in files:
                pathlib.Path(folder, name).write_bytes(content)
            out, err = os.path.join(folder, ".out"), os.path.join(folder, ".err")
            with open(out, "wb") as stdout, open(err, "wb") as stderr:
                process = subprocess.Popen(
                    [PROF, *arguments],
                    cwd=folder,
                    env=dict(ENVIRONMENT, **environment),
                    stdin=subprocess.DEVNULL,
                    stdout=stdout,
                    stderr=stderr,
                )
                watchdog = threading.Timer(60, process.kill)
                watchdog.start()
                _, status, usage = os.wait4(process.pid, 0)
                watchdog.cancel()
                process.returncode = 0  # it has been waited for
            self.out = pathlib.Path(out).read_bytes()
            self.err = pathlib.Path(err).read_text(errors="replace")
            here = pathlib.Path(folder)
            self.files = {
                p.name: p.read_bytes()
                for p in here.iterdir()
                if p.name not in (".out", ".err") + tuple(n for n, _ in files)
            }
        self.status = os.waitstatus_to_exitcode(status)
        self.rss = usage.ru_maxrss << 10
        self.seconds = time.monotonic() - start


def done(*arguments, **options):
    run = Run(*arguments, **options)
    expect(run.status == 0 and run.err == "", arguments, run.status, run.err)
    return run


def refused(path, sentence, *options, seconds=4, base=None, **environment):
    """Status 1, one line, no file, in bounded time and memory."""
    is_whole = re.match("[a-z]+://", path)
    address = path if is_whole else (base or url("")) + path
    run = Run("fetch", address, "-o", "cpu.prof", *options, **environment)
    what = (path, run.status, run.err[:400], run.seconds, run.rss >> 20)
    expect(run.status == 1, *what)
    expect(run.out == b"" and not run.files, *what, list(run.files))
    expect(run.err.count("\n") == 1 and run.err.endswith("\n"), *what)
    expect(run.err.startswith(f"prof: {address}: "), *what)
    told = run.err[len(f"prof: {address}: ") : -1]
    expect(re.fullmatch(sentence, told), *what, sentence)
    expect(run.rss < MAX_RSS, *what)
    expect(run.seconds < seconds * SECOND, *what)
    return run


def all_refused(cases, *options, **limits):
    """Side by side: most of them only wait."""
    with concurrent.futures.ThreadPoolExecutor(6) as executor:
        futures = [
            executor.submit(refused, path, sentence, *options, **limits)
            for path, sentence in cases.items()
        ]
        for future in futures:
            future.result()


# What is fine.


@test
def bytes_are_saved_as_they_came():
    for path in (
        "good",
        "chunked",
        "until-the-end",
        "encoded-once",
        "encoded-twice",
        "relative",
        "cookie",
        "chain?5",
    ):
        run = done("fetch", url(path), "-o", "cpu.prof")
        expect(run.files == {"cpu.prof": CONTENT}, path, list(run.files))
        expect(run.out == b"", run.out[:100])
    expect(done("fetch", url("good")).out == CONTENT)
    expect(done("fetch", url("plain-chunks")).out == gzip.decompress(CONTENT))


@test
def every_command_reads_urls():
    address = url("good")
    for command in (
        ["top"],
        ["tree"],
        ["peek", "main"],
        ["traces"],
        ["tags"],
        ["raw"],
        ["comments"],
        ["info"],
        ["info", "--format=json"],
        ["graph"],
        ["convert", "--format=folded"],
    ):
        expect(
            done(*command, address).out == done(*command, str(PROFILE)).out,
            command,
        )
    expect(list(done("flame", "-o", "x.svg", address).files) == ["x.svg"])


@test
def several_are_fetched_at_once():
    started = time.monotonic()
    addresses = [f"127.0.0.1:{server.port}/measures"] * 4
    run = done("top", "--seconds=1", *addresses)
    expect(time.monotonic() - started < 3 * SECOND, "one after the other?")
    expect(run.out == done("top", *[str(PROFILE)] * 4).out, run.out[:300])
    requests = [r for r in server.requests if b"GET /measures?seconds=1 " in r]
    expect(len(requests) == 4, len(requests))


@test
def bases_and_comparisons_are_fetched():
    address = url("good")
    expect(
        done("top", "--diff-base", address, address).out
        == done("top", "--diff-base", str(PROFILE), str(PROFILE)).out
    )
    expect(
        done("diff", address, address).out
        == done("diff", str(PROFILE), str(PROFILE)).out
    )


@test
def what_fails_is_told_and_left_out():
    run = Run("top", url("not-found"), str(PROFILE), url("resets"), url("good"))
    expect(run.status == 0, run.status, run.err)
    expect(run.out == done("top", str(PROFILE), str(PROFILE)).out)
    lines = run.err.splitlines()
    expect(len(lines) == 2, run.err)
    expect(lines[0].startswith(f"prof: {url('not-found')}: the server answers 404"))
    expect(lines[1].startswith(f"prof: {url('resets')}: the server "), run.err)
    run = Run("top", url("not-found"), url("resets"))
    expect(run.status == 1 and len(run.err.splitlines()) == 2, run.err)


@test
def a_file_of_that_name_wins():
    name = f"127.0.0.1:{server.port}"
    before = len(server.requests)
    run = done("top", name, files=[(name, CONTENT)])
    expect(run.out == done("top", str(PROFILE)).out)
    expect(len(server.requests) == before, "asked nevertheless")
    run = Run("fetch", name, files=[(name, CONTENT)])
    expect(run.status == 2 and "but a file" in run.err, run.status, run.err)


@test
def servers_learn_nothing_else():
    before = len(server.requests)
    done("fetch", url("cookie"), "-o", "x")
    for head in server.requests[before:]:
        for name in b"cookie:", b"referer:", b"authorization:", b"accept-language:":
            expect(name not in head.lower(), head)
        expect(b"accept-encoding: identity" in head.lower(), head)


@test
def passwords_are_sent_and_not_shown():
    address = f"127.0.0.1:{server.port}/"
    done("fetch", f"http://me:secret@{address}password", "-o", "x")
    run = Run("top", f"http://me:secret@{address}sign-in")
    expect(run.err == f"prof: http://{address}sign-in: the server answers 401 "
           "Unauthorized\n", run.err)
    run = done("flame", "-o", "x.svg", f"me:secret@127.0.0.1:{server.port}/good")
    expect(b"secret" not in run.files["x.svg"])
    before = len(other.requests)
    elsewhere = f"http://127.0.0.1:{other.port}/good"
    done("fetch", "--follow", f"http://me:secret@{address}to?{elsewhere}", "-o", "x")
    expect(len(other.requests) == before + 1)
    expect(b"uthorization" not in other.requests[-1], other.requests[-1])


@test
def this_machine_needs_no_proxy():
    run = done("fetch", url("good"), "-o", "x", http_proxy="http://127.0.0.1:1")
    expect(run.files == {"x": CONTENT})


def a_proxy_is_used_and_named():
    address = "http://nowhere.invalid/good"
    proxy = f"http://127.0.0.1:{server.port}"
    run = done("fetch", address, "-o", "x", http_proxy=proxy)
    expect(run.files == {"x": CONTENT})
    expect(server.requests[-1].startswith(b"GET http://nowhere.invalid/good "))
    run = Run("fetch", address, "-o", "x", http_proxy="http://127.0.0.1:1")
    expect(run.status == 1 and not run.files, run.status)
    expect(run.err.endswith(" (through the proxy http://127.0.0.1:1)\n"), run.err)
    run = Run("fetch", "nowhere.invalid:80", "-o", "x")
    expect(run.err.endswith(": there is no host of that name\n"), run.err)


# libproxy, which GLib asks here, is C++: the sanitizers of a program in C do not
# survive what it throws.
if not SANITIZED:
    test(a_proxy_is_used_and_named)


@test
def thumbnails_are_never_fetched():
    before = len(server.requests)
    run = Run("thumbnail", url("good"), "x.png", "128")
    expect(run.status == 1 and "no such file" in run.err, run.err)
    expect(len(server.requests) == before and not run.files)


@test
def another_host_is_followed_when_asked_for():
    elsewhere = f"http://127.0.0.1:{other.port}/good"
    run = done("fetch", "--follow", url("to?" + elsewhere), "-o", "x")
    expect(run.files == {"x": CONTENT})


@test
def headers_cannot_be_smuggled_in():
    before = len(server.requests)
    refused("to?/x%0d%0aX-Evil:%20y", "the server .*")
    for head in server.requests[before:]:
        expect(b"\nx-evil" not in head.lower(), head)


# What goes wrong.


@test
def too_slow():
    all_refused(
        {
            "silent": "the server did not answer within 1 s",
            "drips-its-head": "the server did not answer within 1 s",
            "drips-its-body": "the server did not send all of it within 1 s",
            "starts-late": "the server did not answer within 1 s",
            "stops-in-the-middle": "the server did not send all of it within 1 s",
            "promises-for-ever": "the server .*",
            "measures?seconds=9": "the server did not answer within 1 s",
        },
        "--timeout=1",
    )


@test
def too_much():
    more = "the server sends more than 268435456 bytes .the limit \"body\"."
    head = "the server sends more than 1048576 bytes before the profile"
    head += "|the head of the server's answer is cut off or too large"
    for path, sentence in {
        "claims-ten-gigabytes": more,
        "endless-chunks": more,
        "endless-body": more,
        "endless-headers": head,
        "endless-header": head,
        "huge-headers": head,
        "endless-chunk-size": "the server .*|the answer is not HTTP",
        "endless-error": "the server answers 500 Internal Server Error: word .*…",
        "a-bomb": ".*1073741824 bytes .*|not a profile: .*",
        "an-encoded-bomb": "the compressed data inflates to more than 268435456 bytes .*",
    }.items():
        refused(path, sentence, "--timeout=20", seconds=40)


@test
def not_all_of_it():
    length = len(CONTENT)
    all_refused(
        {
            "too-short": f"the server (sent {length - 1} of {length} bytes"
            f"|broke off after {length - 1} bytes)",
            "too-long": "the compressed data ends early.*",
            "a-cut-chunk": "the server broke off after 1[0-9]* bytes",
            "no-last-chunk": "the server told no length, .*",
            "plain-without-length": "the server told no length, .*",
            "hangs-up": "the head of the server's answer is cut off or too large",
            "resets": "the server hung up without an answer",
            "resets-in-the-middle": "the server broke off after 500 bytes",
            "nothing": "the server sent nothing",
            "no-content": "the server answers 204 No Content",
        }
    )


@test
def cut_off_anywhere():
    steps = [1, 2, 9, 10, 11, 18, 100, 1000, len(CONTENT) // 2, len(CONTENT) - 1]
    all_refused({f"cut?{n}": "the compressed data ends early.*" for n in steps[1:]})
    refused("cut?1", "the .*")


@test
def something_else():
    all_refused(
        {
            "html": "the server sent HTML, not a profile",
            "unnamed-html": "the server sent HTML, not a profile",
            "json": "this is .*JSON.*, not a profile",
            "gzip-of-gzip": "this is a file compressed with gzip inside gzip, .*",
            "encoded-as-br": "the server sent it encoded as br, unasked",
            "ssh": "the answer is not HTTP",
            "noise": "the answer is not HTTP|the server .*",
            "a-bad-chunk": "the server .*",
            "a-huge-chunk": "the server .*",
            "a-negative-length": "the server .*|the answer .*",
            "two-lengths": "the server told no length, .*",
        }
    )


@test
def no():
    all_refused(
        {
            "not-found": "the server answers 404 Not Found: Unknown profile",
            "busy": "the server answers 500 Internal Server Error: Could not enable "
            r"CPU profiling: \[2Jcpu profiling already in use",
            "wordy": "the server answers 503 Busy: word .{150,200}…",
            "sign-in": "the server answers 401 Unauthorized",
        }
    )


@test
def the_wrong_way():
    port = other.port
    neither = "which is neither http nor https"
    all_refused(
        {
            "a-circle": "the server redirects more than 5 times .the limit \"redirects\".",
            "chain?6": "the server redirects more than 5 times .the limit \"redirects\".",
            "to?file:///etc/passwd": f"the server redirects to file:, {neither}",
            "to?data:text/plain,x": f"the server redirects to data:, {neither}",
            "to?ftp://127.0.0.1/x": f"the server redirects to ftp:, {neither}",
            f"to?http://localhost:{port}/good": "the server redirects to "
            f"another host, localhost:{port}; --follow allows it",
            f"to?http://127.0.0.1:{port}/good": "the server redirects to "
            f"another port, 127.0.0.1:{port}; --follow allows it",
            "to?http://a:b@127.0.0.1/x": "the server redirects to an address with a "
            "user name",
            "to?": "the server redirects without saying where to",
            "to-nowhere": "the server redirects without saying where to",
            "to?http://[x/": "the server redirects to what is no URL",
            "far-away": "the server .*|the head .*",
        },
        "--timeout=10",
    )


@test
def a_server_sends_on_as_often_as_is_allowed():
    done("fetch", url("chain?5"), "-o", "cpu.prof")
    done("fetch", url("chain?6"), "-o", "cpu.prof", "--limit=redirects=6")
    done("top", url("chain?7"), "--limit=redirects=7")
    refused("chain?2", "the server redirects more than 1 times .the limit \"redirects\".", "--limit=redirects=1")


@test
def the_wrong_certificate():
    base = f"https://127.0.0.1:{secure.port}/"
    # clang 14 does not survive looking for leaks after a module with storage of
    # its threads was loaded, as those of GnuTLS are.
    environment = {}
    if SANITIZED:
        options = ENVIRONMENT.get("ASAN_OPTIONS", "")
        environment["ASAN_OPTIONS"] = f"{options}:detect_leaks=0"
    nobody = "nobody this machine trusts has signed the certificate"
    refused("good", nobody, base=base, **environment)
    refused(f"to?{base}good", nobody, **environment)
    expect(not secure.requests, "it was asked nevertheless")
    refused(
        "good",
        "the server does not speak TLS; http may do|there is no secure .*[^.]",
        base=f"https://127.0.0.1:{server.port}/",
        **environment,
    )
    refused("good", "the .*", base=f"http://127.0.0.1:{secure.port}/")


@test
def nobody_there():
    refused("http://127.0.0.1:1/x", "nothing listens there: connection refused")
    for address, sentence in {
        "http://127.0.0.1:99999/": "this is no URL that has a host",
        "ftp://127.0.0.1/": "profiles come over http and https, not ftp",
        "http://127.0.0.1/a b": "there is a blank in the URL; it is written %20",
    }.items():
        refused(address, sentence)


# The command line.


@test
def wrong_usage_is_told():
    for arguments, words in (
        ([], "which URL?"),
        (["cpu.prof"], "“cpu.prof” is no URL; one looks like"),
        (["-"], "is no URL but a file"),
        ([url("good"), url("good")], "only one profile"),
        ([url("good"), "--focus=x"], "unknown option --focus"),
        ([url("good"), "--seconds=-1"], "--seconds wants a whole number"),
        ([url("good"), "--timeout=x"], "--timeout wants a number"),
    ):
        run = Run("fetch", *arguments)
        expect(run.status == 2 and words in run.err, arguments, run.err)
    text = done("fetch", "--help").out.decode()
    for word in "--seconds", "--timeout", "--follow", "--output", "URL":
        expect(word in text, word)
    expect("--focus" not in text)


@test
def what_cannot_be_written_is_told_before_measuring():
    started = time.monotonic()
    run = Run("fetch", url("measures?seconds=9"), "-o", "no/such/folder/x")
    expect(time.monotonic() - started < 3 * SECOND)
    expect(run.status == 1, run.status)
    expect(run.err.startswith("prof: no/such/folder/x: "), run.err)


@test
def a_file_stays_as_it_was_when_fetching_fails():
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "cpu.prof")
        path.write_bytes(b"before")
        run = Run("fetch", url("too-short"), "-o", str(path))
        expect(run.status == 1 and path.read_bytes() == b"before", run.err)
        expect(os.listdir(folder) == ["cpu.prof"], os.listdir(folder))


@test
def an_interrupt_ends_it_at_once_and_leaves_nothing():
    for path in (
        "silent",
        "drips-its-head",
        "drips-its-body",
        "stops-in-the-middle",
        "measures?seconds=20",
    ):
        with tempfile.TemporaryDirectory() as folder:
            process = subprocess.Popen(
                [PROF, "fetch", url(path), "-o", "cpu.prof"],
                cwd=folder,
                env=ENVIRONMENT,
                stderr=subprocess.PIPE,
            )
            time.sleep(0.2 * SECOND)
            started = time.monotonic()
            process.send_signal(signal.SIGINT)
            _, told = process.communicate(timeout=20)
            expect(process.returncode == -signal.SIGINT, path, process.returncode)
            expect(time.monotonic() - started < SECOND, path)
            expect(told == b"" and os.listdir(folder) == [], path, told)


@test
def a_terminal_sees_a_countdown():
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [PROF, "top", "--seconds=2", url("measures")],
        env=dict(ENVIRONMENT, TERM="xterm"),
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    )
    os.close(theirs)
    seen = b""
    while True:
        try:
            more = os.read(ours, 65536)
        except OSError:
            break
        if not more:
            break
        seen += more
    os.close(ours)
    expect(process.wait(30) == 0)
    expect("Collecting… 1 of 2 s".encode() in seen, seen)
    expect(seen.endswith(b"\r\033[K"), seen[-40:])


# go-torch's way.


@test
def torch_fetches():
    address = f"http://127.0.0.1:{server.port}"
    before = len(server.requests)
    run = Run("torch", "-u", address, "-s", "measures", "-t1", "-f", "x.svg")
    expect(run.status == 0 and list(run.files) == ["x.svg"], run.err)
    expect(f"Fetching {address}/measures, 1 s" in run.err, run.err)
    run = Run("torch", "-p", "-t", "1", url("measures"))
    expect(run.status == 0 and b"<svg" in run.out, run.err)
    run = Run("torch", "-r", "-t", "1", PROF, url("measures?seconds=7"))
    expect(run.status == 0 and run.out, run.err)
    for head in server.requests[before:]:
        expect(head.startswith(b"GET /measures?seconds=1 "), head)
    run = Run("torch", "-u", f"{address}/x?a=b#c", "-s", "/measures", "-t", "1")
    expect(server.requests[-1].startswith(b"GET /measures?a=b&seconds=1 "))


@test
def torch_tells_what_fails():
    start = "Failed: could not get raw output from pprof: "
    for arguments, words in (
        (
            ["-u", "http://127.0.0.1:1"],
            "http://127.0.0.1:1/debug/pprof/profile: nothing listens there: "
            "connection refused",
        ),
        ([url("busy")], f"{url('busy')}: the server answers 500 Internal Server Error"),
        (["--timeout=1", url("silent")], f"{url('silent')}: the server did not answer"),
        (
            ["--pprofArgs=-timeout=1", url("silent")],
            f"{url('silent')}: the server did not answer",
        ),
    ):
        run = Run("torch", *arguments)
        expect(run.status == 1 and not run.files, arguments, run.status)
        expect(start + words in run.err, arguments, run.err)


def without_http():
    for command in ["top"], ["fetch"], ["torch"]:
        run = Run(*command, url("good"))
        expect(run.status == 1 and "built without HTTP" in run.err, run.err)
        expect(not server.requests)


def main():
    if not HTTP:
        tests[:] = [without_http]
    failures = 0
    print(f"1..{len(tests)}")
    for number, function in enumerate(tests, 1):
        name = "/fetch/" + function.__name__.replace("_", "-").strip("-")
        started = time.monotonic()
        try:
            function()
            print(f"ok {number} {name}")
        except (AssertionError, ValueError, OSError, subprocess.SubprocessError) as error:
            failures += 1
            print(f"not ok {number} {name}")
            for line in str(error).splitlines():
                print(f"# {line}")
        print(f"# {time.monotonic() - started:.1f} s")
        sys.stdout.flush()
    return 1 if failures else 0


sys.exit(main())
