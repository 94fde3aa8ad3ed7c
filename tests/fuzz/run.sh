#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Runs each fuzz target, with clang's sanitizers, for so many seconds of a processor
# in all, on as many processors as there are. New inputs stay in the build folder;
# what breaks a target is kept there as crash-*: it belongs into corpus/ together with
# its fix.
#
# Where the variable FUZZ_SEED is set, to a number, it is about the same inputs each
# time, so that a check of a change tells of the change and not of luck.
#
# usage: tests/fuzz/run.sh [SECONDS]
set -euo pipefail
shopt -s nullglob # not every target has files under tests/data
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
build=${FLAMBEAU_BUILD:-$root/build-fuzz}
seconds=${1:-60}

if [ ! -f "$build/build.ninja" ]; then
  CC=clang meson setup -Dviewer=disabled -Dfuzz=true \
    -Db_sanitize=address,undefined -Db_lundef=false \
    -Dc_args=-fno-sanitize-recover=all "$build" "$root"
fi
ninja -C "$build"

mapfile -t targets < <(find "$build/tests/fuzz" -maxdepth 1 -type f \
  -name 'fuzz-*' -perm -u+x | sort)
[ ${#targets[@]} -gt 0 ]
export ASAN_OPTIONS=allocator_may_return_null=1 G_SLICE=always-malloc
export LSAN_OPTIONS=print_suppressions=0:suppressions=$root/tests/data/lsan.supp

# fuzz TARGET: for its share of the seconds; what it says is one piece
fuzz() {
  local target=$1 name found log=$1.log status=0

  name=$(basename "$target")
  name=${name#fuzz-}
  found=$build/tests/fuzz/found/$name
  # What goes on with a profile starts from those of its reader.
  [ -d "$root/tests/fuzz/corpus/$name" ] || name=pprof
  mkdir -p "$found"
  "$target" -seed="${FUZZ_SEED:-0}" -max_total_time=$((seconds / ${#targets[@]})) \
    -rss_limit_mb=2048 -timeout=10 -max_len=65536 -print_final_stats=1 \
    -artifact_prefix="$build/tests/fuzz/" \
    -dict="$root/tests/fuzz/$name.dict" \
    "$found" "$root/tests/fuzz/corpus/$name" "$root/tests/data/$name/"*/ \
    >"$log" 2>&1 || status=$?
  printf '\n== %s\n%s\n' "$(basename "$target")" "$(cat "$log")"
  return $status
}

# Those that are at work end by themselves, also when one has found something.
status=0
running=0
for target in "${targets[@]}"; do
  if [ $running -ge "$(nproc)" ]; then
    wait -n || status=1
    running=$((running - 1))
  fi
  fuzz "$target" &
  running=$((running + 1))
done
for (( ; running > 0; running--)); do
  wait -n || status=1
done
exit $status
