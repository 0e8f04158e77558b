#!/usr/bin/env bash
# .ci/fuzz.sh SECONDS [NAME...]: builds the libFuzzer programs and runs each, or those named, for so many seconds from
# its seeds. New inputs go to build/fuzz/corpus/NAME and are used again; an input that breaks a program is kept in
# out/ci/NAME-*, and `build/fuzz/FOLDER/fuzz/NAME_fuzz FILE` repeats it.
set -u -o pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." || exit 70
seconds=${1:?for how many seconds}
shift
if (($# == 0)); then
  for source in */fuzz/*_fuzz.cpp; do
    name=${source##*/}
    set -- "$@" "${name%_fuzz.cpp}"
  done
fi
cmake --preset fuzz && cmake --build --preset fuzz || exit 1
mkdir -p out/ci

for name in "$@"; do
  folder=$(printf '%s\n' */fuzz/"$name"_fuzz.cpp)
  folder=${folder%%/*}
  corpus=build/fuzz/corpus/$name
  mkdir -p "$corpus"
  log=out/ci/fuzz-$name.log
  if ! "build/fuzz/$folder/fuzz/${name}_fuzz" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=8192 \
    -print_final_stats=1 -verbosity=0 -dict="$folder/fuzz/$name.dict" -artifact_prefix="out/ci/$name-" \
    "$corpus" "$folder/fuzz/$name" >"$log" 2>&1; then
    tail -n 60 "$log"
    exit 1
  fi
  printf '%s: %s inputs in %s seconds\n' "$name" "$(sed -n 's/^stat::number_of_executed_units: //p' "$log")" "$seconds"
done
