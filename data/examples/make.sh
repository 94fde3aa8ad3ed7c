#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Makes the profiles beside this script anew, from the programs beside it.
# Needs Go 1.19 or later, unshare of util-linux, and patch.
#
# usage: make.sh [regression]: all of them, or the two for a comparison

set -eu

examples=$(cd "$(dirname "$0")" && pwd)
build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT

# -trimpath and no cgo, so that the profiles tell nothing of this machine.
build_program () {
  (cd "$examples/$1" &&
    CGO_ENABLED=0 go build -trimpath -buildvcs=false -o "$build/$1" .)
}

# A profile has the path of its program. In a name space of its own that is
# /usr/local/bin, wherever it was built.
run () {
  program=$1
  shift
  unshare --map-root-user --mount sh -c '
    mount --bind "$1" /usr/local/bin
    shift
    exec "$@"' sh "$build" "/usr/local/bin/$program" "$@"
}

# The same program with and without a change that makes it slower. On a busy
# machine goroutines are preempted all the time, and samples fall on that; both
# do without.
record_regression () {
  export GODEBUG=asyncpreemptoff=1
  run qrcode -duration 20s -workers 2 \
    -cpuprofile "$examples/regression-before.prof"
  cp -r "$examples/qrcode" "$build/source"
  patch -s -d "$build/source" -p1 <"$examples/regression.patch"
  (cd "$build/source" &&
    CGO_ENABLED=0 go build -trimpath -buildvcs=false -o "$build/qrcode" .)
  run qrcode -duration 20s -workers 2 \
    -cpuprofile "$examples/regression-after.prof"
}

build_program qrcode
if [ "${1:-}" = regression ]; then
  record_regression
  exit
fi
build_program server

run qrcode -duration 4s -workers 2 \
  -cpuprofile "$examples/qrcode-cpu.prof" \
  -memprofile "$examples/qrcode-mem.prof"
run server -duration 5s -clients 40 -o "$examples"
record_regression
