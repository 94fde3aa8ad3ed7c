#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Checks a Flatpak manifest: check-manifest.py MANIFEST.json APP_ID COMMAND

flatpak-builder --show-manifest accepts wrong keys and wrong types without a
word, so what matters is asserted here.
"""

import json
import pathlib
import re
import sys

# Files come through portals, so the sandbox needs the screen, and the network for
# addresses that the user names.
ALLOWED = {
    "--share=ipc",
    "--share=network",  # profiles of running programs
    "--socket=wayland",
    "--socket=fallback-x11",
    "--device=dri",
}
OLDEST_RUNTIME = 50
REQUIRED = {"--share=ipc", "--socket=wayland", "--socket=fallback-x11"}
BUILDSYSTEMS = {"meson", "autotools", "cmake", "cmake-ninja", "simple"}
KEYS = {
    "id": str,
    "runtime": str,
    "runtime-version": str,
    "sdk": str,
    "command": str,
    "finish-args": list,
    "cleanup": list,
    "modules": list,
}
# What pins a source, by its type; a folder is of the tree itself.
PINS = {"dir": "path", "archive": "sha256", "file": "sha256", "git": "commit"}


def unique(pairs):
    """An object that names a key twice is a mistake JSON would hide."""
    keys = [key for key, _ in pairs]
    for key in keys:
        if keys.count(key) > 1:
            raise ValueError(f"key {key} given twice")
    return dict(pairs)


def check(path, app_id, command):
    found = []

    def expect(condition, message):
        if not condition:
            found.append(message)

    manifest = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=unique)
    expect(path.stem == app_id, f"the file's name is not {app_id}")
    for key in manifest.keys() - KEYS.keys():
        found.append(f"unknown key {key}")
    for key, kind in KEYS.items():
        expect(isinstance(manifest.get(key), kind), f"{key} is not a {kind.__name__}")
    if found:
        return found

    # Older ones are not mended any more.
    version = manifest["runtime-version"]
    expect(
        version.isdigit() and int(version) >= OLDEST_RUNTIME,
        f"runtime-version {version} is older than {OLDEST_RUNTIME}",
    )
    expect(manifest["sdk"] == manifest["runtime"].replace("Platform", "Sdk"),
           f"{manifest['sdk']} is not the SDK of {manifest['runtime']}")
    expect(manifest["id"] == app_id, f"id is {manifest['id']}, not {app_id}")
    expect(
        manifest["command"] == command,
        f"command is {manifest['command']}, not {command}",
    )
    arguments = set(manifest["finish-args"])
    for argument in sorted(arguments - ALLOWED):
        found.append(f"finish-args: {argument} is not allowed")
    for argument in sorted(REQUIRED - arguments):
        found.append(f"finish-args: {argument} is missing")

    names = [module.get("name") for module in manifest["modules"]]
    expect(names[-1:] == [command], f"the last module is not {command}")
    for module in manifest["modules"]:
        name = module.get("name", "a module without a name")
        expect(
            module.get("buildsystem") in BUILDSYSTEMS,
            f"{name}: buildsystem {module.get('buildsystem')} is unknown",
        )
        expect(module.get("sources"), f"{name}: no sources")
        for source in module.get("sources", []):
            pin = PINS.get(source.get("type"))
            expect(pin and source.get(pin), f"{name}: {source} is not pinned")
            checksum = source.get("sha256", "0" * 64)
            expect(re.fullmatch("[0-9a-f]{64}", checksum),
                   f"{name}: {checksum} is no SHA-256")
    return found


def main():
    if len(sys.argv) != 4:
        sys.exit("usage: check-manifest.py MANIFEST.json APP_ID COMMAND")
    path = pathlib.Path(sys.argv[1])
    try:
        found = check(path, *sys.argv[2:])
    except (ValueError, OSError) as error:
        found = [str(error)]
    for message in found:
        print(f"{path.name}: {message}")
    return 1 if found else 0


sys.exit(main())
