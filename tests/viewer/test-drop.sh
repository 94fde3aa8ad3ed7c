#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Files are dragged into the real program from another one, with a real pointer:
# to be opened, added up, and compared. What happened is read from titles, and what will
# happen from what is drawn.
#
# usage: test-drop.sh FLAMBEAU DRAG-FILES PROFILE PROFILE
#
# Runs on the display and session bus that are there, and prints TAP.

set -u

for tool in xdotool import; do
  if ! command -v $tool >/dev/null; then
    echo "1..0 # SKIP $tool is missing"
    exit 77
  fi
done

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

# soon COMMAND...: whether it succeeds within ten seconds, and more on a busy machine
soon () {
  for _ in $(seq 200); do
    "$@" && return 0
    sleep 0.05
  done
  return 1
}

not () {
  ! "$@"
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
}

# says STATE: whether the program that they are dragged from does
says () {
  shown "drag-files: $1"
}

# colours X OTHER: red, green and blue at two places of the window, away from texts and
# from the pointer
colours () {
  row=$(import -window root -crop 1200x1+0+640 -depth 8 rgb:- | od -An -v -tu1 -w3)
  for place in "$1" "$2"; do
    echo "$row" | sed -n "$((place + 1))p"
  done
}

# A zone is darker where the pointer is.
is_darker () {
  [ $(($4 - $1)) -gt 20 ]
}

# points_out X OTHER COLOURS: whether what the zone at X does is seen to be what will be
# done, and not what that at OTHER does if there is one; there were these colours before
points_out () {
  # Zones may come below a pointer that rests.
  xdotool mousemove_relative 4 0 mousemove_relative -- -4 0
  now=$(colours "$1" "$2")
  # shellcheck disable=SC2086 # six numbers
  [ "$now" != "$3" ] && { [ "$1" = "$2" ] || is_darker $now; }
}

# carry X Y OTHER: from there to a point of the window, and holds the button
carry () {
  before=$(colours "$1" "$3")
  xdotool mousemove 1320 60 mousedown 1 mousemove 1300 100
  soon says begun && xdotool mousemove "$1" "$2" && soon says taken &&
    soon points_out "$1" "$3" "$before"
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

offer "$first" "$second"
carry 900 400 100 && xdotool mousemove 1390 900 && soon says begun
carried=$?
xdotool mouseup 1
[ $carried -eq 0 ] && soon says refused &&
  shown Flambeau && not shown '.*[.]prof.*'
check $? "a drag that leaves the window opens nothing"

# drop X Y OTHER TITLE FILE...: drags files there, and waits until a window has the title
drop () {
  x=$1 y=$2 other=$3 title=$4
  shift 4
  offer "$@"
  carry "$x" "$y" "$other"
  carried=$?
  xdotool mouseup 1
  [ $carried -eq 0 ] && soon says dropped && soon shown "$title"
}

drop 900 400 900 'qrcode-cpu.prof' "$second"
check $? "a file dropped there is opened"

drop 600 400 150 'server-cpu.prof [+] 1 more' "$first" "$second"
check $? "two files dropped in the middle are added up"
soon shown 'qrcode-cpu.prof'
check $? "in a window of their own"

drop 150 300 600 'server-cpu.prof' "$first" "$second"
check $? "two files dropped on the left are opened by themselves"

cp -f "$second" "$HOME/old.prof"
touch -d '2020-01-01' "$HOME/old.prof"
drop 1050 300 150 'server-cpu.prof vs old.prof' "$first" "$HOME/old.prof"
check $? "two files dropped on the right are compared, the older as before"

drop 1050 300 150 'server-cpu.prof vs qrcode-cpu.prof' "$second"
check $? "one file dropped on the right is what was before"

[ $failed -eq 0 ]
