#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Tasks of real use, carried out on the real window: each with the keyboard
alone and with the mouse alone.

usage: tasks.py FLAMBEAU PROF CLIPBOARD-TEXT SOURCE [--pictures DIR] [--list]
                [--elsewhere] [NUMBER...]

Runs on the display and session bus that are there, and prints TAP:

  env GSETTINGS_SCHEMA_DIR=build/data tests/viewer/with-display.sh \\
    tests/viewer/tasks.py build/viewer/flambeau build/cli/prof \\
    build/tests/viewer/clipboard-text .

What a task has led to is read from what the window copies: the
command line of its view, the name or the stack that is selected. --pictures
writes DIR/NN.png, the end of each task; --list prints the tables of docs/tasks.md.
With --elsewhere, tasks are carried out on other profiles than their own, with the same
steps, and pictures are DIR/NN-PROFILE.png.
"""

import os
import subprocess
import sys
import time

from task_list import TASKS
from task_window import Trouble, Window


def picture(path, small):
    """Of the window at its usual size."""
    subprocess.run(
        ["import", "-window", "root", "-crop", "1200x780+0+0", "+repage",
         "-resize", "36%" if small else "55%", "+dither", "-colors", "24", "-strip",
         f"PNG8:{path}"],
        check=True,
    )


def carry_out(programs, profile, done, steps, path, small):
    """None, or what is wrong."""
    try:
        window = Window(programs, profile)
    except Trouble as trouble:
        return str(trouble)
    try:
        for step in steps:
            step.do(window)
        if path:
            picture(path, small)
        end = time.monotonic() + 5
        while not done(window):
            if time.monotonic() > end:
                return f"“{window.copied('copy-name')}” in {window.command()}"
            time.sleep(0.2)
        return None
    except Trouble as trouble:
        return str(trouble)
    finally:
        window.close()


# --- Tables ---


def base(path):
    return os.path.basename(path).removesuffix(".prof")


def shown(text):
    return text.replace("*", r"\*")


def own_table():
    print("| | task | profile | by keyboard | | by mouse | |")
    print("| ---: | --- | --- | --- | ---: | --- | ---: |")
    for number, task in enumerate(TASKS, 1):
        case = task.cases[0]
        keys = ", ".join(map(str, case.keys))
        mouse = ", ".join(map(str, case.mouse))
        print(shown(f"| [{number}](screenshots/tasks/{number:02}.png) | {task.words} "
                    f"| {base(case.profile)} "
                    f"| {keys} | {len(case.keys)} | {mouse} | {len(case.mouse)} |"))


def brief(about):
    """A function without the path of its package."""
    return about[about.rfind("/") + 1:] if "." in about else about


def steps_of(case):
    return f"{len(case.keys)} · {len(case.mouse)}"


def elsewhere_table():
    print("| | task | steps | on |")
    print("| ---: | --- | --- | --- |")
    for number, task in enumerate(TASKS, 1):
        own, *others = task.cases
        places = ", ".join(
            base(case.profile) + (f" ({brief(case.about)})" if case.about != own.about else "")
            for case in others
        )
        assert all(steps_of(case) == steps_of(own) for case in others)
        print(shown(f"| [{number}](screenshots/tasks/{number:02}-elsewhere.png) | {task.words} "
                    f"| {steps_of(own)} | {places} |"))


# --- Running ---


def take(arguments, option, values):
    """Takes an option and its values from the arguments: None, or those."""
    if option not in arguments:
        return None
    at = arguments.index(option)
    taken = arguments[at + 1:at + 1 + values]
    del arguments[at:at + 1 + values]
    return taken


def rounds(numbers, elsewhere):
    """(number, words, case)"""
    for number in numbers:
        task = TASKS[number - 1]
        for case in task.cases[1:] if elsewhere else task.cases[:1]:
            yield number, task.words, case


def main():
    arguments = sys.argv[1:]
    if take(arguments, "--list", 0) is not None:
        own_table()
        print()
        elsewhere_table()
        return 0
    elsewhere = take(arguments, "--elsewhere", 0) is not None
    pictures = take(arguments, "--pictures", 1)
    if pictures:
        os.makedirs(pictures[0], exist_ok=True)
    try:
        import pyatspi  # noqa: F401
    except ImportError:
        print("1..0 # SKIP pyatspi is missing")
        return 77
    flambeau, prof, clipboard, source = arguments[:4]
    numbers = [int(number) for number in arguments[4:]] or range(1, len(TASKS) + 1)
    todo = list(rounds(numbers, elsewhere))
    print(f"1..{2 * len(todo)}")
    failed = 0
    count = 0
    for number, words, case in todo:
        profile = os.path.join(source, case.profile)
        name = f"{number:02}-{base(profile)}.png" if elsewhere else f"{number:02}.png"
        for how, steps in ("by keyboard", case.keys), ("by mouse", case.mouse):
            path = pictures and how == "by keyboard" and os.path.join(pictures[0], name)
            wrong = carry_out((flambeau, prof, clipboard), profile, case.done, steps, path,
                              elsewhere)
            count += 1
            failed += wrong is not None
            print("not ok" if wrong else "ok", count, "-",
                  f"{number}: {words} {how}, {len(steps)} steps,", base(profile))
            if wrong:
                print("#", wrong.replace("\n", " "))
            sys.stdout.flush()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
