#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Installs the project under a prefix of its own and uses it as others would:
# programs against libprof.pc, the desktop opening a file; and into a staging
# folder as packagers do, and away from there again. Prints TAP.
#
# A build whose own prefix is SCRATCH/prefix is installed itself, as there is nothing
# that another one would show; else one is made.
#
# usage: run.sh SOURCE SCRATCH viewer|no-viewer BUILD BUILD_PREFIX
set -uo pipefail
source=$1
scratch=$2
viewer=$3
prefix=$scratch/prefix
build=$scratch/build
[ "$5" != "$prefix" ] || build=$4
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
  [ -f "$build/build.ninja" ] ||
    meson setup --prefix="$prefix" -Dtests=false -Dviewer=$feature \
      "$build" "$source" || return 1
  ninja -C "$build" install
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

# The program of docs/library.md, built with the command that stands there.
blocks() { # language
  awk -v mark="\`\`\`$1" '$0 == mark { on = 1; next } /^```/ { on = 0 } on' \
    "$source/docs/library.md"
}

run_the_tutorial() {
  local path

  path=$(dirname "$(find "$prefix" -name libprof.pc)")
  rm -rf "$scratch/tutorial"
  mkdir "$scratch/tutorial" && cd "$scratch/tutorial" || return 1
  blocks c >hottest.c
  [ "$(blocks sh | wc -l)" -eq 1 ] || return 1
  PKG_CONFIG_PATH=$path sh -ec "$(blocks sh)" || return 1
  # shellcheck disable=SC2046 # flags are words
  ${CC:-cc} -std=c17 -Wall -Wextra -Werror -fsyntax-only hottest.c \
    $(PKG_CONFIG_PATH=$path pkg-config --cflags libprof) || return 1
  ./hottest "$profile" 'qr\.' out.svg >out.txt || return 1
  cat out.txt
  grep -q '^ *[0-9.]* %  .*main' out.txt &&
    grep -q '^ *[0-9.]* %  passes through /qr' out.txt &&
    grep -q '</svg>' out.svg || return 1
  # Bad input is a sentence, and no file.
  ! ./hottest "$source/README.md" x other.svg 2>err.txt && [ ! -e other.svg ] &&
    [ "$(wc -l <err.txt)" -eq 1 ]
}

stage() { # target
  DESTDIR=$scratch/stage ninja -C "$build" "$1"
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

(run_the_tutorial) >"$log" 2>&1
result $? "the-program-of-the-tutorial-builds-and-runs"
[ $status -eq 0 ] || diagnose "$log"

rm -rf "$scratch/stage"
stage install >"$log" 2>&1 &&
  python3 "$source/tests/install/check-stage.py" "$scratch/stage" "$prefix" \
    "$viewer" >"$log" 2>&1
result $? "a-staged-installation-has-the-files-of-the-list"
[ $status -eq 0 ] || diagnose "$log"

stage uninstall >"$log" 2>&1 &&
  python3 "$source/tests/install/check-stage.py" "$scratch/stage" "$prefix" \
    nothing >"$log" 2>&1
result $? "uninstalling-leaves-no-file"
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
