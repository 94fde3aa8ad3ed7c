#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# usage: make.sh
#
# Writes the files of this folder anew: what "go tool pprof -callgrind" of Go 1.19
# prints.

set -eu

here=$(cd "$(dirname "$0")" && pwd)
export TZ=UTC LC_ALL=C.UTF-8

case $(go version) in
  *go1.19*) ;;
  *) echo "make.sh: the files are of Go 1.19" >&2; exit 1 ;;
esac
for golden in "$here"/*.callgrind; do
  name=$(basename "$golden" .callgrind)
  profile=$here/../../data/profiles/constructed/$name.pb
  go tool pprof -symbolize=none -callgrind "$profile" 2>/dev/null > "$golden"
done
