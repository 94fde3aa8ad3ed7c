#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Installs the project under a prefix of its own and uses it as others would:
# a program against libprof.pc, and the desktop opening a file. Prints TAP.
#
# usage: run.sh SOURCE SCRATCH viewer|no-viewer
set -uo pipefail
source=$1
scratch=$2
viewer=$3
prefix=$scratch/prefix
profile=$source/data/examples/qrcode-cpu.prof
number=0
status=0

result() { # passed? name
  number=$((number + 1))
  if [ "$1" -eq 0 ]; then
    echo "ok $number - $2"
  else
    echo "not ok $number - $2"
    status=1
  fi
}

diagnose() {
  sed 's/^/# /' "$1"
}

install_project() {
  local feature=disabled

  [ "$viewer" = viewer ] && feature=enabled
  rm -rf "$prefix"
  [ -f "$scratch/build/build.ninja" ] ||
    meson setup --prefix="$prefix" -Dtests=false -Dviewer=$feature \
      "$scratch/build" "$source" || return 1
  ninja -C "$scratch/build" install
}

compile_program() {
  local path

  path=$(dirname "$(find "$prefix" -name libprof.pc)")
  # Not --static: that is for what libraries below need to be static themselves.
  # shellcheck disable=SC2046 # flags are words
  PKG_CONFIG_PATH=$path ${CC:-cc} -std=c17 -Wall -Werror \
    -o "$scratch/table" "$source/tests/install/table.c" \
    $(PKG_CONFIG_PATH=$path pkg-config --cflags --libs libprof)
}

mkdir -p "$scratch"
log=$scratch/log
install_project >"$log" 2>&1
result $? "meson-install-fills-a-prefix"
[ $status -eq 0 ] || { diagnose "$log"; echo "1..$number"; exit 1; }

[ -f "$(find "$prefix" -name libprof.a)" ] && [ -f "$prefix/bin/prof" ] &&
  [ -f "$prefix/include/libprof/prof.h" ]
result $? "the-library-its-headers-and-prof-are-there"

compile_program >"$log" 2>&1
result $? "a-short-program-links-against-libprof-pc"
[ $status -eq 0 ] || diagnose "$log"

"$scratch/table" "$profile" >"$scratch/table.txt" 2>"$log" &&
  "$prefix/bin/prof" top "$profile" >"$scratch/prof.txt" 2>>"$log" &&
  grep -q '^Showing nodes' "$scratch/table.txt" &&
  cmp "$scratch/table.txt" "$scratch/prof.txt" >>"$log"
result $? "it-prints-the-table-that-prof-prints"
[ $status -eq 0 ] || diagnose "$log"

if [ "$viewer" = viewer ]; then
  "$source/tests/viewer/gio-open.sh" "$prefix" "$profile" >"$log" 2>&1
  code=$?
  diagnose "$log"
  [ $code -eq 0 ] && ! grep -qi '# *skip' "$log"
  result $? "gio-open-shows-a-profile-in-a-window"
fi

echo "1..$number"
exit $status
