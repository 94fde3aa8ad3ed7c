#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Gives changed profiles to our decoder and to pprof's, which is part of the Go
# that is installed, and compares what they make of them. Prints TAP.
#
# usage: with-go.sh DIFFERENTIAL FOLDER INPUTS PROFILE…
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
differential=$(realpath "$1") folder=$2 inputs=$3
shift 3
profiles=()
for profile in "$@"; do
  profiles+=("$(realpath "$profile")")
done

reader=$(go env GOROOT)/src/cmd/vendor/github.com/google/pprof/profile
rm -rf "$folder"
mkdir -p "$folder"
# A package of Go's own tools can be imported only from beside it.
cp -r "$reader" "$folder/profile"
rm -f "$folder"/profile/*_test.go
cp "$here/pprof.go" "$folder/main.go"
printf 'module differential\n\ngo 1.19\n' >"$folder/go.mod"
export GOFLAGS=-mod=mod GOPROXY=off GOTOOLCHAIN=local
export GOCACHE=${GOCACHE:-$folder/cache}
(cd "$folder" && go build -o pprof .)
cd "$folder"
# What protobuf-c makes of them is another test; to end early is a failure here too.
"$differential" --inputs "$inputs" --seed 2 --write inputs "${profiles[@]}" >/dev/null ||
  [ $? -eq 1 ]
./pprof inputs
rm -f inputs
