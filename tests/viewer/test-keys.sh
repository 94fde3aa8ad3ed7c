#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# The real program, with real keys and a real pointer: open, find, walk, zoom,
# go back, sort, export. What happened is read from the titles and from the
# actions that the window exports.
#
# usage: test-keys.sh FLAMBEAU PROFILE
#
# Runs on the display and session bus that are there, and prints TAP.

set -u

if ! command -v xdotool >/dev/null; then
  echo "1..0 # SKIP xdotool is missing"
  exit 77
fi

APP=org.libprof.Flambeau
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

# describe ACTION: whether it is possible, and its state
describe () {
  gdbus call --session --dest $APP \
    --object-path /org/libprof/Flambeau/window/1 \
    --method org.gtk.Actions.Describe "$1" 2>/dev/null
}

possible () {
  case $(describe "$1") in
    "((true"*) return 0 ;;
  esac
  return 1
}

state_is () {
  case $(describe "$1") in
    *"<'$2'>"*) return 0 ;;
  esac
  return 1
}

not () {
  ! "$@"
}

# soon COMMAND...: whether it succeeds within ten seconds, and more on a busy machine
soon () {
  for _ in $(seq 200); do
    "$@" && return 0
    sleep 0.05
  done
  return 1
}

# key KEY [COMMAND...]: presses it, and waits for what comes of it. Keys are taken in
# turn, so one of whose effect nothing is to be seen needs no waiting.
key () {
  xdotool key "$1"
  shift
  [ $# -eq 0 ] || soon "$@"
}

# windows N: whether that many of the program's are seen, with popovers
windows () {
  [ "$(xdotool search --onlyvisible --class flambeau 2>/dev/null | wc -l)" -eq "$1" ]
}

# However long it takes until the second click is there.
echo gtk-double-click-time=5000 >>"$XDG_CONFIG_HOME/gtk-4.0/settings.ini"
"$flambeau" "$profile" 2>"$out/stderr" &
pid=$!
finish () {
  kill "$pid" 2>/dev/null
  wait "$pid" 2>/dev/null
  rm -rf "$out"
}
trap finish EXIT
trap 'exit 1' HUP INT TERM

echo 1..49

window=$(timeout 20 xdotool search --sync --onlyvisible --name server-cpu | tail -n 1)
[ -n "$window" ]
check $? "a window is titled after the file"
xdotool windowmove "$window" 0 0
xdotool windowfocus "$window"
soon possible export
check $? "the profile is shown"

# The keyboard

not possible copy-name
check $? "nothing is selected at first"
key Down
key Down possible copy-name
check $? "arrows select a frame"
key Return possible zoom-home
check $? "Return zooms"
key BackSpace not possible zoom-home
check $? "Backspace goes back"
soon possible forward
check $? "and forward is possible"

# What opens over the graph takes the first Escape; the selection is still there.
for opener in space Menu shift+F10 F10; do
  key $opener windows 2 && key Escape windows 1 && possible copy-name
  check $? "Escape closes what $opener has opened"
done
key alt+1
key plus possible zoom-home
check $? "plus zooms in"
key minus not possible zoom-home
check $? "minus zooms out"
key plus possible zoom-home
key alt+Home not possible zoom-home
check $? "Alt+Home shows everything"
key plus possible zoom-home
key ctrl+0 not possible zoom-home
check $? "so does Ctrl+0"
key Page_Down
key End
key Return possible zoom-home
check $? "Page Down and End lead to what can be zoomed to"
key Escape not possible copy-name
check $? "Escape clears the selection"
possible zoom-home
check $? "but keeps the zoom"
key Escape not possible zoom-home
check $? "which the next one ends"
key Down
key Down possible copy-name
key Return possible zoom-home
key BackSpace not possible zoom-home

key slash
xdotool type --delay 20 'json'
soon possible find-next
check $? "a slash begins a search"
key BackSpace
key BackSpace
key BackSpace
key BackSpace not possible find-next
check $? "Backspace in the entry erases text"
soon possible forward
check $? "and does not go back"
xdotool type --delay 20 'json'
soon possible find-next
key Return possible zoom-to-selection
check $? "Return finds the first match"
key Escape not possible find-next
check $? "Escape ends the search"

key alt+2 state_is view top
check $? "Alt+2 shows the table"
key Down possible focus-function
key f possible clear-filters
check $? "letters ask of the table's row, too"
key BackSpace not possible clear-filters
check $? "and Backspace takes that back"
key F possible clear-filters
check $? "Shift and a letter is another command"
key BackSpace not possible clear-filters
key alt+3 state_is view sandwich
check $? "Alt+3 shows the sandwich"
key Down possible back
check $? "an arrow key puts another function into the middle"
key Return
key Down possible copy-name
check $? "Return leads from the functions into the graph"
key alt+Left possible forward
check $? "and back leads to the function before"
key Escape
key alt+5 state_is view tree
check $? "Alt+5 shows the tree"
key Down possible expand-subtree
check $? "arrows select a row"
key Left
key Right
key Right
key asterisk possible copy-rows
check $? "rows close, open and can be copied"
key BackSpace possible forward
check $? "Backspace goes back in the tree, too"
key alt+1 state_is view flame
check $? "Alt+1 shows the graph"

# The pointer

eval "$(xdotool getwindowgeometry --shell "$window")"
x=$((WIDTH / 5))
# The root bar, below the strip with the whole that is there when one has zoomed.
root=156
key ctrl+0 not possible zoom-home
xdotool mousemove $x 165 click --repeat 2 --delay 60 1
soon possible zoom-home
check $? "a double click zooms"
xdotool mousemove $x $root click 1
soon not possible zoom-home
check $? "a click on the root bar zooms out"
xdotool mousemove $x 165 keydown ctrl click 4 click 4 keyup ctrl
soon possible zoom-home
check $? "Ctrl and wheel zoom"
key ctrl+0 not possible zoom-home
xdotool mousemove $x 165 mousedown 1 mousemove_relative 40 0 \
  mousemove_relative 60 5 mouseup 1
soon possible zoom-home
check $? "a drag zooms to its range"
xdotool mousemove $x $root click 1
soon not possible zoom-home
key Down possible copy-name
xdotool mousemove $x 165 mousedown 1 mousemove_relative 40 0 \
  mousemove_relative 60 5
key Escape
xdotool mouseup 1
# The next one is for the selection, and comes after all that was done.
key Escape not possible copy-name && not possible zoom-home
check $? "but not after Escape"
key Down
key Down possible copy-name
key Return possible zoom-home
xdotool mousemove $x 165 keydown ctrl click 4 click 4 keyup ctrl
xdotool click 8
soon possible forward
check $? "the back button goes back"
xdotool mousemove $x 165 keydown shift click 5 keyup shift
soon not possible forward
check $? "Shift and wheel pan"
xdotool click 8
soon possible forward
xdotool click 9
soon not possible forward
check $? "the forward button goes forward"
xdotool click 8
soon possible forward
xdotool mousemove $x 165 mousedown 2 mousemove_relative -- -40 0 \
  mousemove_relative -- -60 0 mouseup 2
soon not possible forward
check $? "the middle button pans"

# Files, by the keyboard alone

# titled NAME: sets $dialog
titled () {
  dialog=$(xdotool search --onlyvisible --name "$1" | tail -n 1)
  [ -n "$dialog" ]
}

# takes_keys WINDOW: nobody else sees to that, where there is no window manager
takes_keys () {
  xdotool windowfocus "$1" && [ "$(xdotool getwindowfocus)" = "$1" ]
}

soon takes_keys "$window"
key ctrl+e
soon titled '^Export$' && soon takes_keys "$dialog"
first=$dialog
key Return
# The next one is called the same.
not_first () { titled '^Export$' && [ "$dialog" != "$first" ]; }
soon not_first && soon takes_keys "$dialog"
key ctrl+a
xdotool type --delay 20 "$out/typed.svg"
key Return
soon test -s "$out/typed.svg"
check $? "Ctrl+E, Return, a name, Return: it is exported"

cp "$profile" "$out/other.prof"
soon takes_keys "$window"
key ctrl+o
soon titled '^Open a Profile$' && soon takes_keys "$dialog"
xdotool type --delay 20 "$out/other.prof"
key Return
soon titled '^other.prof$'
check $? "Ctrl+O, a path, Return: it is opened"

gdbus call --session --dest $APP --object-path /org/libprof/Flambeau/window/1 \
  --method org.gtk.Actions.Activate export-to "[<'$out/a.png'>]" '{}' >/dev/null
soon test -s "$out/a.png"
check $? "a script can export" "$(cat "$out/stderr")"

[ $failed -eq 0 ]
