# SPDX-License-Identifier: LGPL-2.1-or-later
"""A place where a program sees little of the system, made by bubblewrap."""

import shutil
import subprocess


def sandbox(*command):
    """As file managers and Flatpak do it: no network, no home, no /etc, no fonts,
    and of files only the program's and those it is about."""
    return [
        "bwrap", "--unshare-all", "--die-with-parent", "--clearenv",
        "--ro-bind", "/usr", "/usr", "--tmpfs", "/usr/share",
        "--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64",
        "--symlink", "usr/bin", "/bin", "--proc", "/proc", "--dev", "/dev",
        *command,
    ]


def is_possible():
    """Not every machine has bubblewrap, or lets it make name spaces."""
    return bool(shutil.which("bwrap")) and not subprocess.run(
        sandbox("true"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ).returncode
