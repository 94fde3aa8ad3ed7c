# SPDX-License-Identifier: LGPL-2.1-or-later
"""What is written for others, and what it must say to them."""

import csv
import io
import subprocess


class Written:
    """A profile in another format, in a folder."""

    def __init__(self, prof, profile, path):
        self.prof = prof
        self.profile = str(profile)
        self.path = str(path)
        subprocess.run([prof, "convert", "-o", self.path, self.profile], check=True, timeout=60)

    def top(self, *options):
        """(flat, cum) by name; functions of one name are one, as names are all that
        others know."""
        text = subprocess.run(
            [self.prof, "top", "--format=csv", "--nodecount=0", "--nodefraction=0", *options, self.profile],
            check=True, capture_output=True, text=True, timeout=60,
        ).stdout
        found = {}
        for row in csv.DictReader(io.StringIO(text)):
            flat, cum = found.get(row["name"], (0, 0))
            found[row["name"]] = flat + int(row["flat"]), max(cum, int(row["cum"]))
        return found


def flat(top):
    return {name: values[0] for name, values in top.items() if values[0]}
