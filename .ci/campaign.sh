#!/usr/bin/env bash
# Random worlds against the laws, and the laws against mistakes that are known to be there: campaign.sh PROGRAM WORLDS.
# So many worlds are the same each time, so that a change is judged by what it changes; a minute more is of worlds that
# nobody has seen, by the commit: whoever builds it again plays the same.
set -u -o pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." || exit 70
program=$1
worlds=$2
out=out/ci/campaign
rm -rf "$out"

# The corpus first, then the worlds: no law is broken, and each probe that is not rare is hit (from some 600 worlds on).
explored=()
((worlds >= 600)) && explored=(--require-probes)
"$program" fuzz --seeds "1..$worlds" "${explored[@]}" --out "$out/worlds" || exit 1

# Fresh ones.
commit=$(git -c safe.directory="$PWD" rev-parse --short=7 HEAD 2>/dev/null || echo 0)
first=$((16#${commit:0:7} + 1000000))
"$program" fuzz --seeds "$first..$((first + 100000))" --time 60s --out "$out/fresh" || exit 1

# A canary: with a mistake in it, the same must fail.
"$program" fuzz --seeds "1..$worlds" --failures 1 --planted suspend_forgets_sessions --out "$out/canary" > "$out.canary.log"
code=$?
[[ $code == 1 ]] || { cat "$out.canary.log"; echo "campaign: the canary ended with $code and not 1" >&2; exit 1; }

# A few of the planted defects, each found and made small.
"$program" fuzz --planted all --sample 5 --seeds 1..2000 --out "$out/planted"
