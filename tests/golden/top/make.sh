#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# usage: make.sh
#
# Writes the tables of this folder anew: what "go tool pprof -top" of Go 1.19
# prints for each of data/examples.

set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$here/../../..
export TZ=UTC LC_ALL=C.UTF-8

case $(go version) in
  *go1.19*) ;;
  *) echo "make.sh: the tables are of Go 1.19" >&2; exit 1 ;;
esac
for profile in "$root"/data/examples/*.prof; do
  go tool pprof -symbolize=none -top "$profile" 2>/dev/null \
    > "$here/$(basename "$profile" .prof).txt"
done
