#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""usage: test-fetch-go.py PROF SOURCE_ROOT BUILD_FOLDER

Profiles of a Go program while it runs: what net/http/pprof serves. Without go,
skipped. Prints TAP."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import urllib.request

PROF = os.path.abspath(sys.argv[1])
ROOT = pathlib.Path(sys.argv[2]).resolve()
BUILD = sys.argv[3]
sys.path.insert(0, str(ROOT / "tests" / "servers"))
import go_program  # noqa: E402

ENVIRONMENT = {
    name: value
    for name, value in os.environ.items()
    if not name.lower().endswith("_proxy")
}
ENVIRONMENT.update(TZ="UTC", LC_ALL="C.UTF-8")
tests = []
port = None


def test(function):
    tests.append(function)
    return function


def expect(condition, *what):
    if not condition:
        raise AssertionError(" ".join(repr(w) for w in what))


def prof(*arguments):
    return subprocess.run(
        [PROF, *arguments], capture_output=True, env=ENVIRONMENT, timeout=60
    )


def done(*arguments):
    result = prof(*arguments)
    expect(result.returncode == 0 and result.stderr == b"", arguments, result.stderr)
    return result.stdout.decode()


def failed(sentence, *arguments):
    result = prof(*arguments)
    expect(result.returncode == 1 and result.stdout == b"", result)
    told = result.stderr.decode()
    expect(told == f"prof: {arguments[-1]}: {sentence}\n", told)


@test
def every_kind_of_profile():
    for name, kind in {
        "heap": "inuse_space",
        "allocs": "alloc_space",
        "block": "delay",
        "mutex": "delay",
        "goroutine": "goroutine",
        "threadcreate": "threadcreate",
    }.items():
        text = done("top", f":{port}/debug/pprof/{name}")
        expect(f"Type: {kind}\n" in text, name, text[:200])
        facts = json.loads(done("info", "--format=json", f":{port}/debug/pprof/{name}"))
        expect(facts["samples"] > 0, name, facts)


@test
def a_cpu_profile_is_what_a_host_alone_means():
    for address in f":{port}", f"127.0.0.1:{port}", f"http://localhost:{port}/":
        text = done("top", "--seconds=1", address)
        expect("Type: cpu\n" in text and "main.work" in text, address, text[:300])
        expect("Duration: 1" in text, text[:200])


@test
def the_query_says_how_long_as_well():
    text = done("top", f"localhost:{port}/debug/pprof/profile?seconds=1")
    expect("Duration: 1" in text, text[:200])


@test
def a_difference_over_some_time():
    text = done("top", "--seconds=1", f"localhost:{port}/debug/pprof/mutex")
    expect("Duration: 1" in text, text[:200])


@test
def what_is_saved_is_what_can_be_opened():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "heap.pb.gz")
        done("fetch", f":{port}/debug/pprof/heap", "-o", path)
        expect(pathlib.Path(path).read_bytes()[:2] == b"\x1f\x8b")
        expect("Type: inuse_space\n" in done("top", path))


def wait_for_measuring():
    """Until the program says that it measures and sleeps meanwhile."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = time.monotonic() + 30
    while time.monotonic() < end:
        stacks = direct.open(f"http://127.0.0.1:{port}/debug/pprof/goroutine?debug=2").read()
        if b"net/http/pprof.sleep(" in stacks and b"net/http/pprof.Profile(" in stacks:
            return
        time.sleep(0.02)
    raise AssertionError("nothing is measured")


@test
def two_at_once_are_one_too_many():
    addresses = [f":{port}/debug/pprof/profile?seconds=4", f":{port}"]
    first = subprocess.Popen(
        [PROF, "top", addresses[0]],
        env=ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    wait_for_measuring()
    failed(
        "the server answers 500 Internal Server Error: Could not enable CPU "
        "profiling: cpu profiling already in use",
        "top",
        "--seconds=1",
        addresses[1],
    )
    expect(first.wait(60) == 0)


@test
def text_is_a_profile_too():
    page = f":{port}/debug/pprof/"
    for name, format in {
        "heap?debug=1": "pprof text (debug=1)",
        "goroutine?debug=2": "Go goroutine stacks",
    }.items():
        text = done("info", page + name)
        expect(f"Format: {format}\n" in text, name, text[:300])


@test
def what_is_no_profile_is_told():
    page = f":{port}/debug/pprof/"
    names = "allocs, block, goroutine, heap, mutex, profile, threadcreate"
    failed(f"the server sent HTML, its list of profiles: {names}", "top", page)
    failed("the server answers 404 Not Found: Unknown profile", "top", page + "x")
    failed("the server answers 404 Not Found: 404 page not found", "top", f":{port}/x")
    failed(
        'this is a Go execution trace, which is not read; "go tool trace" shows it',
        "fetch",
        page + "trace?seconds=1",
    )


@test
def torch_measures():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "x.svg")
        result = prof("torch", "-u", f"localhost:{port}", "-t", "1", "-f", path)
        expect(result.returncode == 0, result.stderr)
        expect("main.work" in pathlib.Path(path).read_text())


def run_all():
    failures = 0
    print(f"1..{len(tests)}")
    for number, function in enumerate(tests, 1):
        name = "/fetch-go/" + function.__name__.replace("_", "-").strip("-")
        try:
            function()
            print(f"ok {number} {name}")
        except (AssertionError, KeyError, ValueError, subprocess.SubprocessError) as e:
            failures += 1
            print(f"not ok {number} {name}")
            for line in str(e).splitlines():
                print(f"# {line}")
        sys.stdout.flush()
    return 1 if failures else 0


def main():
    global port
    if not go_program.is_possible():
        print(f"1..0 # SKIP {go_program.MISSING}")
        return 0
    program = go_program.Program(BUILD)
    port = program.port
    try:
        return run_all()
    finally:
        program.stop()


sys.exit(main())
