#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Files are dragged into the real program from another one, with a real pointer:
# to be opened, added up, and compared. What happened is read from titles.
#
# usage: test-drop.sh FLAMBEAU DRAG-FILES PROFILE PROFILE
#
# Runs on the display and session bus that are there, and prints TAP.

set -u

if ! command -v xdotool >/dev/null; then
  echo "1..0 # SKIP xdotool is missing"
  exit 77
fi

flambeau=$1
drag_files=$2
first=$3
second=$4
number=0
failed=0
source=

# check STATUS NAME
check () {
  number=$((number + 1))
  if [ "$1" -eq 0 ]; then
    echo "ok $number - $2"
  else
    echo "not ok $number - $2"
    failed=$((failed + 1))
  fi
}

# shown TITLE: whether a window has it
shown () {
  [ -n "$(xdotool search --onlyvisible --name "^$1\$" 2>/dev/null)" ]
}

# soon COMMAND...: whether it succeeds within ten seconds and more
soon () {
  for _ in $(seq 50); do
    "$@" && return 0
    sleep 0.2
  done
  return 1
}

end_source () {
  if [ -n "$source" ]; then
    kill "$source" 2>/dev/null
    wait "$source" 2>/dev/null
  fi
  source=
}

# offer FILE...: makes a window to the right from which they can be dragged
offer () {
  end_source
  "$drag_files" "$@" &
  source=$!
  window=$(timeout 20 xdotool search --sync --onlyvisible --name '^drag-files$' |
    tail -n 1)
  xdotool windowmove "$window" 1260 0
  sleep 0.5
}

# carry X Y: from there to a point of the window, and holds the button
carry () {
  xdotool mousemove 1320 60 mousedown 1
  for x in 1300 1270 1240 1180; do
    sleep 0.1
    xdotool mousemove "$x" 100
  done
  for _ in 1 2 3; do
    sleep 0.2
    xdotool mousemove "$1" "$2" mousemove_relative 4 0
  done
  sleep 0.4
}

"$flambeau" &
pid=$!
finish () {
  end_source
  kill "$pid" 2>/dev/null
  wait "$pid" 2>/dev/null
}
trap finish EXIT
trap 'exit 1' HUP INT TERM

echo 1..7

window=$(timeout 20 xdotool search --sync --onlyvisible --name '^Flambeau$' | tail -n 1)
xdotool windowmove "$window" 0 0
xdotool windowsize "$window" 1200 780
sleep 0.5

offer "$first" "$second"
carry 900 400
for x in 1180 1300 1390; do
  xdotool mousemove "$x" 900
  sleep 0.3
done
xdotool mouseup 1
sleep 2
shown Flambeau && ! shown '.*[.]prof.*'
check $? "a drag that leaves the window opens nothing"

# drop X Y TITLE FILE...: drags files there until a window has the title. A busy
# machine may be too slow for a drag, which then drops nothing.
drop () {
  x=$1 y=$2 title=$3
  shift 3
  for _ in 1 2 3; do
    offer "$@"
    carry "$x" "$y"
    xdotool mouseup 1
    soon shown "$title" && return 0
  done
  return 1
}

drop 900 400 'qrcode-cpu.prof' "$second"
check $? "a file dropped there is opened"

drop 600 400 'server-cpu.prof [+] 1 more' "$first" "$second"
check $? "two files dropped in the middle are added up"
soon shown 'qrcode-cpu.prof'
check $? "in a window of their own"

drop 150 300 'server-cpu.prof' "$first" "$second"
check $? "two files dropped on the left are opened by themselves"

cp -f "$second" "$HOME/old.prof"
touch -d '2020-01-01' "$HOME/old.prof"
drop 1050 300 'server-cpu.prof vs old.prof' "$first" "$HOME/old.prof"
check $? "two files dropped on the right are compared, the older as before"

drop 1050 300 'server-cpu.prof vs qrcode-cpu.prof' "$second"
check $? "one file dropped on the right is what was before"

[ $failed -eq 0 ]
