#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Writes the files of ../good and ../../goroutines/good that Go's runtime wrote
# into FOLDER, to be compared and copied by hand.
#
# usage: make.sh FOLDER
set -eu
folder=$(realpath "$1")
cd "$(dirname "$0")"
CGO_ENABLED=0 go build -trimpath -o "$folder/waiter" .
"$folder/waiter" "$folder"
GOTRACEBACK=all "$folder/waiter" panic 2>"$folder/panic.txt" || true
"$folder/waiter" deadlock 2>"$folder/deadlock.txt" || true
GOTRACEBACK=system "$folder/waiter" quit 2>"$folder/quit.txt" || true
