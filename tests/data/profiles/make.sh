#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Makes real/ anew, from the programs beside it. Needs Go 1.19 or later and
# unshare of util-linux.

set -eu

here=$(cd "$(dirname "$0")" && pwd)
build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT

# -trimpath and no cgo, so that the profiles tell nothing of this machine.
build_program () {
  (cd "$here/programs" &&
    CGO_ENABLED=0 go build -trimpath -buildvcs=false -o "$build/$1" "./$1")
}

# A profile has the path of its program. In a name space of its own that is
# /usr/local/bin, wherever it was built.
run () {
  program=$1
  shift
  build_program "$program"
  unshare --map-root-user --mount sh -c '
    mount --bind "$1" /usr/local/bin
    shift
    exec "$@"' sh "$build" "/usr/local/bin/$program" -o "$here/real" "$@"
}

rm -rf "$here/real"
mkdir "$here/real"
run pipeline -duration 3s \
  -kinds cpu,heap,allocs,block,goroutine -memrate 65536
run solver -duration 3s -kinds cpu,allocs -memrate 65536
run mill -duration 2s -kinds cpu,allocs,block,mutex,goroutine -memrate 2048
run zoo -duration 2s -kinds cpu,heap,allocs,goroutine -memrate 16384
run search -duration 3s -kinds cpu,heap,allocs -memrate 65536
run pack -duration 3s \
  -kinds cpu,heap,allocs,block,goroutine,threadcreate -memrate 32768
run web -duration 4s \
  -kinds cpu,heap,allocs,block,mutex,goroutine -memrate 32768
