#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# usage: make.sh
#
# Writes the reports of this folder anew: what "go tool pprof -raw" of Go 1.19
# prints.

set -eu

here=$(cd "$(dirname "$0")" && pwd)
export TZ=UTC LC_ALL=C.UTF-8

case $(go version) in
  *go1.19*) ;;
  *) echo "make.sh: the reports are of Go 1.19" >&2; exit 1 ;;
esac
for golden in "$here"/*.txt; do
  profile=$here/../../data/pprof/written-by-go/$(basename "$golden" .txt).pb.gz
  go tool pprof -symbolize=none -raw "$profile" 2>/dev/null > "$golden"
done
