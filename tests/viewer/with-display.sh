#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Runs a command with a display, a session bus and a home of its own, and with
# nothing of the user's settings.
#
# usage: with-display.sh COMMAND [ARGUMENT...]
#
# Exits with the command's status, or with 77 (skipped) where there is no Xvfb.

set -u

for tool in Xvfb dbus-run-session; do
  if ! command -v "$tool" >/dev/null; then
    echo "1..0 # SKIP $tool is missing"
    exit 77
  fi
done

dir=$(mktemp -d) || exit 1
server=
finish () {
  [ -z "$server" ] || kill "$server" 2>/dev/null
  rm -rf "$dir"
}
trap finish EXIT
trap 'exit 1' HUP INT TERM
mkdir -m 700 "$dir/run"
mkdir -p "$dir/data" "$dir/cache" "$dir/config/gtk-4.0"
cat >"$dir/config/gtk-4.0/settings.ini" <<'INI'
[Settings]
gtk-enable-animations=false
INI

export HOME="$dir" XDG_RUNTIME_DIR="$dir/run" XDG_DATA_HOME="$dir/data"
export XDG_CONFIG_HOME="$dir/config" XDG_CACHE_HOME="$dir/cache"
export GSETTINGS_BACKEND=memory GDK_BACKEND=x11 GIO_USE_VFS=local
export GSK_RENDERER="${GSK_RENDERER:-cairo}"
unset WAYLAND_DISPLAY XDG_CURRENT_DESKTOP XAUTHORITY

# The server itself finds a free number: xvfb-run only guesses one, and two that
# begin together guess the same. It is free when nobody has its abstract socket,
# so that must not be disabled. Without a reset, which the server does when its
# last client leaves and in which the next cannot connect.
mkfifo "$dir/number"
Xvfb -displayfd 3 -screen 0 1400x960x24 -nolisten tcp -noreset \
  3>"$dir/number" >"$dir/Xvfb.log" 2>&1 &
server=$!
read -r number <"$dir/number"
if [ -z "$number" ]; then
  cat "$dir/Xvfb.log" >&2
  exit 1
fi
export DISPLAY=":$number"

# Standard output is the command's alone: what the bus starts (the accessibility
# registry greets) writes to standard error. Not exec: the trap has to run.
dbus-run-session -- sh -c 'exec "$@" >&3 3>&-' sh "$@" 3>&1 >&2
