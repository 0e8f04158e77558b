#!/usr/bin/env bash
# Runs the scenarios with two builds of the program and compares, run by run, script, seed, fingerprint and verdict.
#
#   .ci/compare_fingerprints.sh LEFT RIGHT [ARGUMENTS OF lockstep run]
#
# Without arguments it takes seeds 1 to 3. Exit code 0: the same; 1: they differ; 2: a build did not produce them.
set -u -o pipefail

if (($# < 2)); then
  sed -n '2,7s/^# \{0,1\}//p' "$0" >&2
  exit 64
fi
left=$1 right=$2
shift 2
(($# > 0)) || set -- --seeds 1..3

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Each run of the JSON on stdin as `script seed fingerprint verdict`, sorted: the order of workers is nobody's.
runs_of() {
  awk '
    function field(name,    text) {
      if (!match($0, "\"" name "\" *: *(\"[^\"]*\"|-?[0-9]+)")) return "-"
      text = substr($0, RSTART, RLENGTH)
      sub("^\"" name "\" *: *", "", text)
      gsub("\"", "", text)
      return text
    }
    /"fingerprint"/ { print field("script"), field("seed"), field("fingerprint"), field("verdict") }
  ' | LC_ALL=C sort
}

record() {
  local program=$1 into=$2 code=0
  shift 2
  "$program" run "$@" --format json >"$into.json" || code=$?
  runs_of <"$into.json" >"$into"
  if ((code != 0)) || [[ ! -s $into ]]; then
    echo "$program run $* --format json: exit code $code, $(wc -l <"$into") runs" >&2
    exit 2
  fi
}

record "$left" "$work/left" "$@"
record "$right" "$work/right" "$@"
if ! diff -u --label "$left" --label "$right" "$work/left" "$work/right"; then
  echo "the fingerprints differ" >&2
  exit 1
fi
echo "$(wc -l <"$work/left") runs with the same fingerprint and verdict in $left and $right"
