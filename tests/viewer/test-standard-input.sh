#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# The real program with a profile that comes through a pipe: into a window of
# the process, and into one of the process that runs already.
#
# usage: test-standard-input.sh FLAMBEAU PROFILE
#
# Runs on the display and session bus that are there, and prints TAP.

set -u

if ! command -v xdotool >/dev/null; then
  echo "1..0 # SKIP xdotool is missing"
  exit 77
fi

flambeau=$1
profile=$2
number=0
failed=0
out=$(mktemp -d) || exit 1

# check STATUS NAME [DIAGNOSTIC]
check () {
  number=$((number + 1))
  if [ "$1" -eq 0 ]; then
    echo "ok $number - $2"
  else
    echo "not ok $number - $2"
    [ -z "${3:-}" ] || printf '%s\n' "$3" | sed 's/^/# /'
    failed=$((failed + 1))
  fi
}

# windows TITLE N: whether that many have the title
windows () {
  [ "$(xdotool search --onlyvisible --name "^$1\$" 2>/dev/null | wc -l)" -eq "$2" ]
}

soon () {
  for _ in $(seq 50); do
    "$@" && return 0
    sleep 0.2
  done
  return 1
}

main=
finish () {
  [ -z "$main" ] || kill "$main" 2>/dev/null
  rm -rf "$out"
}
trap finish EXIT

echo "1..5"

cat "$profile" >"$out/copy"
"$flambeau" - <"$out/copy" 2>"$out/stderr" &
main=$!
soon windows "standard input" 1
check $? "a pipe is shown" "$(cat "$out/stderr")"

cat "$profile" | timeout 20 "$flambeau" - 2>"$out/stderr"
check $? "a second process hands its pipe over" "$(cat "$out/stderr")"
soon windows "standard input" 2
check $? "which has a window of its own" "$(cat "$out/stderr")"
left=$(find "$XDG_RUNTIME_DIR" -name 'flambeau-input-*')
[ -z "$left" ]
check $? "and leaves no file behind" "$left"

timeout 20 "$flambeau" - <&- 2>"$out/stderr"
[ $? -eq 1 ] && grep -q "^flambeau: standard input: " "$out/stderr"
check $? "no input is said" "$(cat "$out/stderr")"

[ $failed -eq 0 ]
