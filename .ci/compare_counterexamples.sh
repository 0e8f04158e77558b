#!/usr/bin/env bash
# Looks for a seeded defect with two builds of the program, with one worker and with two, and compares what they found
# and made of it: the same scripts, byte by byte.
#
#   .ci/compare_counterexamples.sh LEFT RIGHT DEFECT
#
# Exit code 0: the same; 1: they differ; 2: a build found nothing.
set -u -o pipefail

if (($# != 3)); then
  sed -n '2,7s/^# \{0,1\}//p' "$0" >&2
  exit 64
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

hunt() {
  local program=$1 jobs=$2 into=$3 code=0
  "$program" fuzz --planted "$4" --size small --seeds 1..60 --failures 2 --shrinking 150 --jobs "$jobs" --out "$into" >"$into.log" || code=$?
  if ((code != 1)); then
    cat "$into.log" >&2
    echo "$program fuzz --planted $4: exit code $code" >&2
    exit 2
  fi
  # The runs beside the scripts name the program.
  find "$into" ! -name scenario.yaml ! -name campaign.json -type f -delete
}

hunt "$1" 1 "$work/left" "$3"
hunt "$2" 2 "$work/right" "$3"
if ! diff -ru "$work/left" "$work/right"; then
  echo "the counterexamples differ" >&2
  exit 1
fi
echo "$(find "$work/left" -name scenario.yaml | wc -l) counterexamples, byte by byte the same in $1 and $2"
