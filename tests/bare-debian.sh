#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# The README's two commands on a bare Debian 12: debootstrap makes the system in
# a folder, the project is cloned into it, "./dev run" and "./dev test" run
# inside. By hand, as root; takes a while and 3 GB.
#
# usage: tests/bare-debian.sh FOLDER [MIRROR]
#
# MIRROR is the address debootstrap fetches from; by default the first one of
# this system's own package sources.
set -euo pipefail
folder=${1:?usage: tests/bare-debian.sh FOLDER [MIRROR]}
source=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
mirror=${2:-$(apt-get indextargets --format '$(REPO_URI)' | grep -v security | head -n 1)}

inside() {
  chroot "$folder" env -i HOME=/root LC_ALL=C.UTF-8 \
    PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"
}

finish() {
  umount --recursive "$folder/dev" "$folder/proc" || true
}

if [ ! -e "$folder/etc/debian_version" ]; then
  debootstrap --variant=minbase bookworm "$folder" "$mirror"
fi
# The package sources and what reaching them takes are those of this system.
cp -rL /etc/apt/. "$folder/etc/apt/"
cp -L /etc/resolv.conf /etc/hosts "$folder/etc/"
if [ -d /usr/local/share/ca-certificates ]; then
  mkdir -p "$folder/usr/local/share/ca-certificates" "$folder/etc/ssl/certs"
  cp -rL /etc/ssl/certs/. "$folder/etc/ssl/certs/"
fi
trap finish EXIT
mount -t proc proc "$folder/proc"
mount --rbind /dev "$folder/dev"
# What is unmounted in there stays mounted here.
mount --make-rslave "$folder/dev"

rm -rf "$folder/srv/flambeau"
git clone -q --no-local "$source" "$folder/srv/flambeau"
inside sh -c 'cd /srv/flambeau && ./dev run'
ls -l "$folder/srv/flambeau/build/"*.svg "$folder/srv/flambeau/build/"*.png
inside sh -c 'cd /srv/flambeau && ./dev test'
