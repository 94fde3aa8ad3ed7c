#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Pictures of the real window, for the documentation and for looking at.
#
# usage: screenshots.sh BUILD OUTDIR [NAME...]
#
# Writes OUTDIR/NAME.png for each NAME, or for all there are. Needs no display
# and no session: it starts its own, with a private home, and drives the program
# through the actions it exports on D-Bus. Those of captures need Go.

set -eu

ALL="main-light main-dark selected-light hover-dark zoom-search-light
  zoom-search-dark top-light top-columns sandwich-light sandwich-dark
  sandwich-tables graph-light graph-dark graph-zoomed graph-contrast-light
  graph-contrast-dark tree-light tree-search-dark source-light source-dark
  source-contrast source-missing source-small source-compared filters-light
  filters-dark bottom-up-light export-light save-filters-light
  preferences-light preferences-dark preferences-filters preferences-source
  contrast-light contrast-dark no-frames welcome band-light band-dark
  band-contrast minimap-light minimap-dark minimap-contrast minimap-flame
  panel-light panel-dark details-light details-dark compare-light
  compare-dark compare-top-light compare-top-dark compare-selected-light
  compare-sandwich-light compare-tree-light compare-refused compare-small
  focus-light drop-light drop-dark drop-one facts-light names-short
  names-full trim-light small-light small-sandwich small-tree small-graph
  error location-light location-dark location-error countdown-light
  countdown-dark watch-light watch-dark small-watch capture-error-light
  capture-error-dark follow-light large-main large-top large-sandwich
  large-source large-graph large-preferences mirrored-main mirrored-top
  mirrored-sandwich mirrored-source mirrored-graph mirrored-preferences"
APP=org.libprof.Flambeau
PATH_OF_APP=/org/libprof/Flambeau

if [ $# -lt 2 ]; then
  echo "usage: screenshots.sh BUILD OUTDIR [NAME...]" >&2
  exit 2
fi

here=$(dirname "$(realpath "$0")")
build=$(realpath -e "$1")
mkdir -p "$2"
out=$(realpath -e "$2")
shift 2

if [ -z "${SHOTS_INSIDE:-}" ]; then
  SHOTS_INSIDE=1 GTK_A11Y=none LC_ALL=C.UTF-8 TZ=UTC \
    GSETTINGS_SCHEMA_DIR="$build/data" \
    "$here/with-display.sh" "$(command -v python3)" \
    "$here/../servers/with-servers.py" \
    "$here/../../data/examples/qrcode-cpu.prof" "$build/tests/go" \
    "$0" "$build" "$out" "$@"
  exit
fi

cat >>"$XDG_CONFIG_HOME/gtk-4.0/settings.ini" <<'INI'
gtk-font-name=Cantarell 11
gtk-decoration-layout=:close
INI
# Without a compositor a border takes the place of the shadow.
cat >"$XDG_CONFIG_HOME/gtk-4.0/gtk.css" <<'CSS'
window.solid-csd { padding: 0; border: none; box-shadow: none; }
CSS
# Where a user would have them: no picture shows the folder of the sources.
examples=$HOME/profiles
mkdir -p "$examples"
cp "$here"/../../data/examples/*.prof "$examples"
pid=

finish () {
  [ -z "$pid" ] || kill "$pid" 2>/dev/null || true
}
trap finish EXIT

# window TITLE: waits for it and sets $window
find_window () {
  window=$(timeout 20 xdotool search --sync --onlyvisible --name "$1" | tail -n 1)
  xdotool windowmove "$window" 0 0
  xdotool windowfocus "$window"
  sleep 0.6
}

# start SCHEME TITLE [ARGUMENT...]
start () {
  scheme=$1
  title=$2
  shift 2
  ADW_DEBUG_COLOR_SCHEME=$scheme "${PROGRAM:-$build/viewer/flambeau}" "$@" &
  pid=$!
  find_window "$title"
}

stop () {
  kill "$pid"
  wait "$pid" 2>/dev/null || true
  pid=
}

# Types are said with what is empty: gdbus gives a program three seconds to tell
# what its methods take, and guesses when that is too busy to answer.

# action NAME [PARAMETER]: of the window
action () {
  gdbus call --session --dest $APP --object-path $PATH_OF_APP/window/1 \
    --method org.gtk.Actions.Activate "$1" "@av [${2:+<$2>}]" '@a{sv} {}' >/dev/null
  sleep 0.3
}

# state NAME VALUE: of an action of the window
state () {
  gdbus call --session --dest $APP --object-path $PATH_OF_APP/window/1 \
    --method org.gtk.Actions.SetState "$1" "<$2>" '@a{sv} {}' >/dev/null
  sleep 0.3
}

# at X Y: moves the pointer to a point of the window without its shadow
at () {
  extents
  xdotool mousemove $((left + $1)) $((top + $2))
  sleep 0.1
}

extents () {
  # left, right, top, bottom
  set -- $(xprop -id "$window" _GTK_FRAME_EXTENTS |
    sed -n 's/.*= //p' | tr -d ',')
  left=${1:-0} right=${2:-0} top=${3:-0} bottom=${4:-0}
}

# shoot NAME: the window without its shadow
shoot () {
  extents
  eval "$(xdotool getwindowgeometry --shell "$window")"
  import -window "$window" -crop \
    "$((WIDTH - left - right))x$((HEIGHT - top - bottom))+$left+$top" \
    +repage "$out/$1.png"
  echo "$out/$1.png"
}

# The frame of a name, by searching for it.
select_frame () {
  action search "'$1'"
  action find-next
  action search "''"
}

main () {
  start "$1" server-cpu "$examples/server-cpu.prof"
  at 700 600
}

# The slower program with the one from before: nothing is clicked.
compare () {
  scheme=$1
  shift
  start "$scheme" 'after.* vs ' "$@" \
    --compare "$examples/regression-before.prof" \
    "$examples/regression-after.prof"
  at 700 600
}

compare_light () { compare prefer-light; shoot compare-light; }
compare_dark () { compare prefer-dark; shoot compare-dark; }

compare_top_light () {
  compare prefer-light --view=top
  shoot compare-top-light
}

compare_top_dark () { compare prefer-dark --view=top; shoot compare-top-dark; }

compare_selected_light () {
  compare prefer-light
  select_frame finderPenalty
  shoot compare-selected-light
}

compare_sandwich_light () {
  compare prefer-light --view=sandwich
  sleep 0.5
  shoot compare-sandwich-light
}

# graph SCHEME NAME: with a function that is heavy enough to be drawn
graph () {
  start "$1" server-cpu --view=graph "$examples/server-cpu.prof"
  action side-panel
  sleep 1.5
  select_frame findMatch
  shoot "$2"
}

graph_light () { graph prefer-light graph-light; }
graph_dark () { graph prefer-dark graph-dark; }

graph_contrast () {
  export ADW_DEBUG_HIGH_CONTRAST=1
  graph "$1" "$2"
  unset ADW_DEBUG_HIGH_CONTRAST
}

graph_contrast_light () { graph_contrast prefer-light graph-contrast-light; }
graph_contrast_dark () { graph_contrast prefer-dark graph-contrast-dark; }

graph_zoomed () {
  start prefer-light server-cpu --view=graph "$examples/server-cpu.prof"
  sleep 1.5
  select_frame findMatch
  action zoom-in
  action zoom-in
  action zoom-in
  shoot graph-zoomed
}

compare_tree_light () {
  compare prefer-light --view=tree
  shoot compare-tree-light
}

compare_refused () {
  start prefer-light regression \
    --compare "$examples/server-heap.prof" "$examples/regression-after.prof"
  sleep 0.5
  shoot compare-refused
}

# Everything still fits.
compare_small () {
  compare prefer-light
  xdotool windowsize "$window" 640 420
  sleep 0.6
  shoot compare-small
}

main_light () { main prefer-light; shoot main-light; }
main_dark () { main prefer-dark; shoot main-dark; }

selected_light () {
  main prefer-light
  select_frame compress/flate.
  shoot selected-light
}

hover_dark () {
  main prefer-dark
  select_frame compress/flate.
  at 400 160
  sleep 0.8
  shoot hover-dark
}

zoom_search () {
  main "$1"
  action side-panel
  select_frame api.
  action zoom-to-selection
  action search "'json'"
  action find-next
  shoot "$2"
}

zoom_search_light () { zoom_search prefer-light zoom-search-light; }
zoom_search_dark () { zoom_search prefer-dark zoom-search-dark; }

top_light () {
  start prefer-light server-cpu --view=top "$examples/server-cpu.prof"
  action side-panel
  at 400 310
  xdotool click 1
  at 400 770
  sleep 0.3
  shoot top-light
}

# With another column, and the menu to choose more from.
top_columns () {
  start prefer-light server-cpu --view=top "$examples/server-cpu.prof"
  at 600 104
  sleep 0.3
  xdotool click 3
  sleep 1
  at 640 128
  xdotool click 1
  sleep 1
  at 600 104
  sleep 0.3
  xdotool click 3
  sleep 1
  at 600 160
  shoot top-columns
}

sandwich () {
  start "$1" server-cpu "$examples/server-cpu.prof"
  action side-panel
  select_frame runtime.mallocgc
  action view "'sandwich'"
  at 300 770
  sleep 0.5
  shoot "$2"
}

sandwich_light () { sandwich prefer-light sandwich-light; }
sandwich_dark () { sandwich prefer-dark sandwich-dark; }

sandwich_tables () {
  start prefer-light server-cpu --view=sandwich "$examples/server-cpu.prof"
  select_frame runtime.mallocgc
  at 850 110
  xdotool click 1
  at 300 770
  sleep 0.5
  shoot sandwich-tables
}

tree_light () {
  start prefer-light server-cpu --view=tree "$examples/server-cpu.prof"
  action side-panel
  select_frame compress/flate.
  at 300 770
  sleep 0.5
  shoot tree-light
}

tree_search_dark () {
  start prefer-dark server-cpu --view=tree "$examples/server-cpu.prof"
  action search "'json'"
  action find-next
  at 300 770
  sleep 0.5
  shoot tree-search-dark
}

# Sources are looked for in a folder that was chosen.
source_view () {
  cp -r "$here/../../data/examples/qrcode" "$HOME/qrcode"
  start "$1" qrcode-cpu --view=source "$examples/qrcode-cpu.prof"
  select_frame 'qr.finderPenalty'
  action locate-source-in "'$HOME/qrcode'"
  at 300 770
  sleep 0.8
}

source_light () { source_view prefer-light; shoot source-light; }
source_dark () { source_view prefer-dark; shoot source-dark; }
source_contrast () {
  export ADW_DEBUG_HIGH_CONTRAST=1
  source_view prefer-light
  shoot source-contrast
  unset ADW_DEBUG_HIGH_CONTRAST
}
source_missing () {
  start prefer-light server-cpu --view=source "$examples/server-cpu.prof"
  select_frame compress/flate.
  sleep 0.5
  shoot source-missing
}
source_small () { small source-small source; }
source_compared () {
  cp -r "$here/../../data/examples/qrcode" "$HOME/qrcode"
  patch -s -d "$HOME/qrcode" -p1 <"$here/../../data/examples/regression.patch"
  compare prefer-light --view=source
  select_frame finderPenalty
  action locate-source-in "'$HOME/qrcode'"
  sleep 0.8
  shoot source-compared
}

filters () {
  main "$1"
  action own-code-only
  action filter "('ignore', 'runtime.gcBgMarkWorker')"
  at 400 700
  sleep 0.5
  shoot "$2"
}

filters_light () { filters prefer-light filters-light; }
filters_dark () { filters prefer-dark filters-dark; }

bottom_up_light () {
  start prefer-light server-cpu "$examples/server-cpu.prof"
  state bottom-up true
  at 400 700
  sleep 0.5
  shoot bottom-up-light
}

band () {
  main "$1"
  action side-panel
  at 300 260
  xdotool mousedown 1 mousemove_relative 60 10 mousemove_relative 340 60
  sleep 0.3
  shoot "$2"
  xdotool mouseup 1
}

band_light () { band prefer-light band-light; }
band_dark () { band prefer-dark band-dark; }
band_contrast () {
  export ADW_DEBUG_HIGH_CONTRAST=1
  band prefer-light band-contrast
  unset ADW_DEBUG_HIGH_CONTRAST
}

minimap () {
  main "$1"
  action side-panel
  select_frame "$3"
  action zoom-to-selection
  at 700 700
  sleep 0.3
  shoot "$2"
}

minimap_light () { minimap prefer-light minimap-light compress/flate.; }
minimap_dark () { minimap prefer-dark minimap-dark compress/flate.; }
minimap_contrast () {
  export ADW_DEBUG_HIGH_CONTRAST=1
  minimap prefer-dark minimap-contrast compress/flate.
  unset ADW_DEBUG_HIGH_CONTRAST
}
minimap_flame () {
  main prefer-light
  state direction "'flame'"
  action side-panel
  select_frame api.
  action zoom-to-selection
  at 700 700
  sleep 0.3
  shoot minimap-flame
}

names () {
  main prefer-light
  state names "'$1'"
  at 400 700
  shoot "$2"
}

names_short () { names short names-short; }
names_full () { names full names-full; }

trim_light () {
  main prefer-light
  state trim 5.0
  at 400 700
  shoot trim-light
}

# small NAME VIEW: as small as a window can be
small () {
  start prefer-light server-cpu --view="$2" "$examples/server-cpu.prof"
  extents
  xdotool windowsize "$window" $((640 + left + right)) $((420 + top + bottom))
  at 100 400
  sleep 0.5
  shoot "$1"
}

# The panel's lower half: the sections below the callees.
panel () {
  main "$1"
  select_frame api.
  at 1000 500
  xdotool click --repeat 20 5
  sleep 0.5
  shoot "$2"
}

panel_light () { panel prefer-light panel-light; }
panel_dark () { panel prefer-dark panel-dark; }

details () {
  main "$1"
  action details
  sleep 1
  window=$(xdotool search --onlyvisible --name '^Profile Details$' | tail -n 1)
  shoot "$2"
}

# As the command line asks for it.
focus_light () {
  start prefer-light server-cpu --focus=json "$examples/server-cpu.prof"
  at 400 700
  shoot focus-light
}

details_light () { details prefer-light details-light; }
details_dark () { details prefer-dark details-dark; }

small_light () { small small-light flame; }
small_sandwich () { small small-sandwich sandwich; }
small_tree () { small small-tree tree; }
small_graph () { small small-graph graph; }

facts_light () {
  main prefer-light
  action side-panel
  select_frame compress/flate.
  xdotool key space
  sleep 0.5
  # The popover is a window of its own.
  import -window root -crop 1200x780+0+0 +repage "$out/facts-light.png"
  echo "$out/facts-light.png"
}

# drop NAME FILE...: drags them over the window, but does not let go
drop () {
  name=$1
  shift
  (cd "$examples" && exec "$build/tests/viewer/drag-files" "$@") &
  files=$!
  source=$(timeout 20 xdotool search --sync --onlyvisible --name '^drag-files$' |
    tail -n 1)
  xdotool windowmove "$source" 1260 0
  sleep 0.5
  xdotool mousemove 1320 60 mousedown 1
  for x in 1300 1270 1240 1180 1000 902; do
    sleep 0.1
    xdotool mousemove $x 300
  done
  sleep 0.5
  shoot "$name"
  xdotool key Escape mouseup 1
  kill $files
}

drop_light () {
  main prefer-light
  drop drop-light server-cpu.prof qrcode-cpu.prof
}
drop_dark () {
  main prefer-dark
  drop drop-dark server-cpu.prof qrcode-cpu.prof
}
drop_one () {
  main prefer-light
  drop drop-one qrcode-cpu.prof
}

export_light () {
  main prefer-light
  action export
  sleep 2
  window=$(xdotool search --onlyvisible --name '^Export$' | tail -n 1)
  shoot export-light
}

# of the application
app_action () {
  gdbus call --session --dest $APP --object-path $PATH_OF_APP \
    --method org.gtk.Actions.Activate "$1" '@av []' '@a{sv} {}' >/dev/null
  sleep 1
}

# What the window looks like, as a number.
look () {
  import -window "$window" rgb:- 2>/dev/null | cksum
}

# wait_while COMMAND [ARGUMENT...]: at most ten seconds
wait_while () {
  for turn in $(seq 50); do
    "$@" || return 0
    sleep 0.2
  done
  echo "screenshots.sh: for ten seconds: $*" >&2
  exit 1
}

focused () { [ "$(xdotool getwindowfocus)" = "$1" ]; }
looks_like () { [ "$(look)" = "$1" ]; }

# Under the name of the filters that are in force.
save_filters () {
  action preset "'--ignore=json --hide=^runtime[.]'"
  sleep 1
  action save-preset
  wait_while focused "$window"
  dialog=$(xdotool getwindowfocus)
  xdotool type 'Without JSON'
  sleep 0.5
}

save_filters_light () {
  main prefer-light
  save_filters
  window=$(xdotool getactivewindow 2>/dev/null || xdotool getwindowfocus)
  shoot save-filters-light
}

# choose X: the page of the preferences whose button is there
choose () {
  shown=$(look)
  at "$1" 25
  xdotool click 1
  # Not only the button under the pointer.
  at 380 400
  wait_while looks_like "$shown"
  sleep 0.5
}

# preferences SCHEME NAME
preferences () {
  main "$1"
  save_filters
  xdotool key Return
  wait_while focused "$dialog"
  app_action preferences
  find_window '^Preferences$'
  case $2 in
    preferences-filters) choose 380 ;;
    preferences-source) choose 280 ;;
  esac
  shoot "$2"
}

preferences_light () { preferences prefer-light preferences-light; }
preferences_dark () { preferences prefer-dark preferences-dark; }
preferences_source () { preferences prefer-light preferences-source; }
preferences_filters () { preferences prefer-light preferences-filters; }

contrast () {
  export ADW_DEBUG_HIGH_CONTRAST=1
  main "$1"
  select_frame compress/flate.
  shoot "$2"
  unset ADW_DEBUG_HIGH_CONTRAST
}

contrast_light () { contrast prefer-light contrast-light; }
contrast_dark () { contrast prefer-dark contrast-dark; }

no_frames () {
  main prefer-light
  action preset "'--ignore=json --focus=nothing-of-that-name'"
  at 400 700
  shoot no-frames
}

welcome () {
  start prefer-light server-heap "$examples/qrcode-cpu.prof" \
    "$examples/server-cpu.prof" "$examples/server-heap.prof"
  sleep 0.5
  stop
  start prefer-light Flambeau
  at 100 700
  shoot welcome
}

error () {
  head -c 5000 "$examples/server-cpu.prof" >"$HOME/trace-0412.pb.gz"
  start prefer-dark trace-0412 "$HOME/trace-0412.pb.gz"
  shoot error
}

# location NAME SCHEME: the dialog, once the program has told what it has
location () {
  start "$2" Flambeau
  action open-location
  find_window '^Open Location$'
  xdotool type "localhost:${3:-$GO_PORT}"
  sleep 0.3
  xdotool key Return
  sleep 1.5
  shoot "$1"
}

location_light () { location location-light prefer-light; }
location_dark () { location location-dark prefer-dark; }
location_error () { location location-error prefer-light 1; }

countdown () {
  start "$2" Flambeau
  action capture "'localhost:$GO_PORT/debug/pprof/profile?seconds=5'"
  sleep 2.2
  shoot "$1"
}

countdown_light () { countdown countdown-light prefer-light; }
countdown_dark () { countdown countdown-dark prefer-dark; }

# A program that was captured again and again.
watch () {
  start "$2" 'profile.*localhost' \
    "localhost:$GO_PORT/debug/pprof/profile?seconds=1"
  sleep 2
  for n in 1 2 3; do
    action capture-again
    sleep 1.5
  done
  action show-capture 'uint32 3'
  state watch 'uint32 30'
  sleep 1
  action capture-again
  sleep 0.3
}

watch_light () { watch x prefer-light; at 400 700; shoot watch-light; }
watch_dark () { watch x prefer-dark; at 400 700; shoot watch-dark; }
small_watch () {
  watch x prefer-light
  extents
  xdotool windowsize "$window" $((640 + left + right)) $((420 + top + bottom))
  at 100 400
  sleep 0.5
  shoot small-watch
}

capture_error () {
  start "$2" Flambeau
  action capture "'localhost:$SERVER_PORT/busy'"
  sleep 1
  shoot "$1"
}

capture_error_light () { capture_error capture-error-light prefer-light; }
capture_error_dark () { capture_error capture-error-dark prefer-dark; }

# looks NAME ENVIRONMENT: as it looks elsewhere
looks () {
  PROGRAM=$build/tests/viewer/looks
  export "$2"
  "look_at_${1#*-}" "$1"
  unset "${2%%=*}"
  PROGRAM=
}

look_at_main () {
  main prefer-light
  select_frame compress/flate.
  shoot "$1"
}
look_at_top () { start prefer-light server-cpu --view=top "$examples/server-cpu.prof"; shoot "$1"; }
look_at_sandwich () { sandwich prefer-light "$1"; }
look_at_source () { source_view prefer-light; shoot "$1"; }
look_at_graph () { graph prefer-light "$1"; }
look_at_preferences () { preferences prefer-light "$1"; }

large_main () { looks large-main LOOKS_DPI=192; }
large_top () { looks large-top LOOKS_DPI=192; }
large_sandwich () { looks large-sandwich LOOKS_DPI=192; }
large_source () { looks large-source LOOKS_DPI=192; }
large_graph () { looks large-graph LOOKS_DPI=192; }
large_preferences () { looks large-preferences LOOKS_DPI=192; }
mirrored_main () { looks mirrored-main LOOKS_MIRRORED=1; }
mirrored_top () { looks mirrored-top LOOKS_MIRRORED=1; }
mirrored_sandwich () { looks mirrored-sandwich LOOKS_MIRRORED=1; }
mirrored_source () { looks mirrored-source LOOKS_MIRRORED=1; }
mirrored_graph () { looks mirrored-graph LOOKS_MIRRORED=1; }
mirrored_preferences () { looks mirrored-preferences LOOKS_MIRRORED=1; }

follow_light () {
  start prefer-light Flambeau
  action capture "'localhost:$SERVER_PORT/to?http://127.0.0.1:$OTHER_PORT/good'"
  sleep 1
  window=$(xdotool getwindowfocus)
  shoot follow-light
}

for name in ${@:-$ALL}; do
  "$(echo "$name" | tr - _)"
  stop
done
