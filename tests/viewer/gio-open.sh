#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# What a double click in the file manager does, end to end:
#
#   file type -> desktop entry -> D-Bus activation -> window, and a second file
#   in the same process.
#
# usage: gio-open.sh INSTALLED_PREFIX PROFILE
#
# INSTALLED_PREFIX is where `meson install` went (not a DESTDIR: the caches are
# made and the D-Bus service points there). Prints TAP. Needs no display and no
# session: it starts its own, and touches neither the user's settings nor data.

set -u

APP_ID=org.libprof.Flambeau
TYPE=application/x-pprof
PATIENCE=20 # seconds to wait for anything

if [ $# -ne 2 ]; then
  echo "usage: gio-open.sh INSTALLED_PREFIX PROFILE" >&2
  exit 2
fi

# Outside: a private home, then a display around a session bus around this
# script. Inside: $GIO_OPEN_HOME is that home.
if [ -z "${GIO_OPEN_HOME:-}" ]; then
  for tool in xvfb-run dbus-run-session xdotool gio gdbus; do
    if ! command -v "$tool" >/dev/null; then
      echo "1..0 # SKIP $tool is missing"
      exit 0
    fi
  done

  prefix=$(realpath -e "$1") || exit 1
  profile=$(realpath -e "$2") || exit 1
  GIO_OPEN_HOME=$(mktemp -d) || exit 1
  trap 'rm -rf "$GIO_OPEN_HOME"' EXIT
  trap 'exit 1' HUP INT TERM
  mkdir -m 700 "$GIO_OPEN_HOME/run"
  mkdir "$GIO_OPEN_HOME/data" "$GIO_OPEN_HOME/config" "$GIO_OPEN_HOME/cache"

  export GIO_OPEN_HOME
  export HOME="$GIO_OPEN_HOME"
  export XDG_RUNTIME_DIR="$GIO_OPEN_HOME/run"
  export XDG_DATA_HOME="$GIO_OPEN_HOME/data"
  export XDG_CONFIG_HOME="$GIO_OPEN_HOME/config"
  export XDG_CACHE_HOME="$GIO_OPEN_HOME/cache"
  export XDG_DATA_DIRS="$prefix/share:/usr/local/share:/usr/share"
  # GIO ignores a desktop entry whose program is not in the path.
  export PATH="$prefix/bin:$PATH"
  export GSETTINGS_BACKEND=memory GSK_RENDERER=cairo GDK_BACKEND=x11
  export GTK_A11Y=none GIO_USE_VFS=local LC_ALL=C.UTF-8
  unset WAYLAND_DISPLAY XDG_CURRENT_DESKTOP GSETTINGS_SCHEMA_DIR

  # Not exec: the trap has to run. The bus says what it could not limit.
  xvfb-run -a -s "-screen 0 1280x800x24 -nolisten tcp -noreset" \
    dbus-run-session -- "$0" "$prefix" "$profile" \
    2>"$GIO_OPEN_HOME/stderr"
  status=$?
  [ $status -eq 0 ] || sed 's/^/# /' "$GIO_OPEN_HOME/stderr"
  exit $status
fi

prefix=$1
profile=$2
number=0
failed=0
pid=

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

# equals FOUND EXPECTED NAME
equals () {
  [ "$1" = "$2" ]
  check $? "$3" "found '$1', expected '$2'"
}

content_type () {
  gio info -a standard::content-type "$1" |
    sed -n 's/^ *standard::content-type: //p'
}

# bus METHOD [ARGUMENT]
bus () {
  method=$1
  shift
  gdbus call --session --dest org.freedesktop.DBus \
    --object-path /org/freedesktop/DBus \
    --method "org.freedesktop.DBus.$method" "$@"
}

# The process that owns the application's name; nothing while nobody does.
owner () {
  bus GetConnectionUnixProcessID $APP_ID 2>/dev/null |
    sed -n 's/^(uint32 \([0-9]*\),)$/\1/p'
}

window () {
  xdotool search --onlyvisible --name "$1" 2>/dev/null | head -n 1
}

now () {
  date +%s%3N
}

# wait_for COMMAND...: prints its first output that is not empty
wait_for () {
  end=$(($(now) + PATIENCE * 1000))
  while :; do
    out=$("$@")
    if [ -n "$out" ]; then
      echo "$out"
      return 0
    fi
    [ "$(now)" -lt $end ] || return 1
    sleep 0.02
  done
}

finish () {
  # Only the process that this script's own bus has started.
  [ -z "$pid" ] || kill "$pid" 2>/dev/null
}
trap finish EXIT
trap 'exit 1' HUP INT TERM

files="$HOME/files"
mkdir "$files"
cp "$profile" "$files/cpu.prof"
cp "$profile" "$files/heap.pb.gz"
cp "$profile" "$files/x.pprof"
chmod 644 "$files"/*

echo 1..12

# The file type and who opens it

for name in cpu.prof heap.pb.gz x.pprof; do
  equals "$(content_type "$files/$name")" $TYPE "$name is $TYPE"
done

default=$(gio mime $TYPE | sed -n "1s/^Default application for .*: //p")
equals "$default" $APP_ID.desktop "$TYPE opens with $APP_ID.desktop"

bus ListActivatableNames | grep -qF "'$APP_ID'"
check $? "the bus can start $APP_ID" "no service file in $prefix/share/dbus-1/services"

equals "$(owner)" "" "nothing runs before"

# The first file starts the program

start=$(now)
message=$(gio open "$files/cpu.prof" 2>&1)
check $? "gio open cpu.prof" "$message"

pid=$(wait_for owner)
check $? "the bus started the program" "$APP_ID has no owner after $PATIENCE s"

found=$(wait_for window 'cpu\.prof')
check $? "a window is titled cpu.prof" "none after $PATIENCE s"
[ -z "$found" ] || echo "# $(($(now) - start)) ms from gio open to the window"

# The second file goes to the same process

start=$(now)
message=$(gio open "$files/heap.pb.gz" 2>&1)
found=$(wait_for window 'heap\.pb\.gz')
check $? "a second gio open shows heap.pb.gz" "$message"
[ -z "$found" ] || echo "# $(($(now) - start)) ms for the second window"

second=$(owner)
[ -n "$pid" ] && [ "$second" = "$pid" ] && [ -n "$(window 'cpu\.prof')" ]
check $? "one process shows both windows" "process $pid, then $second"

# What the icon's menu offers is an action of the process

message=$(gdbus call --session --dest $APP_ID \
  --object-path /org/libprof/Flambeau \
  --method org.freedesktop.Application.ActivateAction \
  open-location '@av []' '@a{sv} {}' 2>&1)
found=$(wait_for window '^Open Location$')
check $? "the action open-location asks for an address" "$message"

[ $failed -eq 0 ]
