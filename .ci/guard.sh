#!/usr/bin/env bash
# guard.sh [--renew] [NAME...]: counts the instructions that fixed work takes (bench/guard.cpp) and holds them against
# bench/guard.expected. More than 5 % above fails; more than 5 % below passes and says that the figure wants renewing, which
# --renew does. Expects build/dev/bench/lockstep_guard, and valgrind. Takes about twenty seconds of one core.
#
# Instructions do not depend on how busy the machine is, but on which it is: what a processor offers decides which way the C
# library copies and OpenSSL hashes. So both are held to what every x86-64 processor has.
set -u -o pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." || exit 70
program=build/dev/bench/lockstep_guard
expected=bench/guard.expected
tolerance=5
out=out/guard

die() {
  printf 'guard.sh: %s\n' "$*" >&2
  exit 70
}

# The instructions from the begin to the end of the work; what makes it ready is not counted.
count() {
  local name=$1
  rm -f "$out/$name.callgrind"
  env -i \
    GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX512F,-AVX512VL,-AVX512BW,-AVX2,-AVX,-BMI1,-BMI2,-ERMS,-FSRM,-LZCNT,-MOVBE,-RTM,-SSSE3,-SSE4_1,-SSE4_2:glibc.cpu.x86_non_temporal_threshold=0x1000000 \
    OPENSSL_ia32cap=0:0 \
    valgrind --tool=callgrind --collect-atstart=no --toggle-collect=lockstep_guarded --callgrind-out-file="$out/$name.callgrind" \
    "$program" "$name" >"$out/$name.log" 2>&1 || return 1
  awk '$1 == "summary:" && $2 > 0 { print $2; found = 1 } END { exit !found }' "$out/$name.callgrind"
}

renew=
if [[ ${1-} == --renew ]]; then
  renew=yes
  shift
fi
command -v valgrind >/dev/null || die 'valgrind is missing; ./lockstep test installs it'
[[ $(uname -m) == x86_64 ]] || die "the figures are those of x86-64, and this is $(uname -m)"
[[ -x $program ]] || die "$program is missing; ./lockstep test builds it"
mapfile -t all < <("$program")
names=("$@")
((${#names[@]} > 0)) || names=("${all[@]}")
mkdir -p "$out" || exit 70

declare -A before=() now=()
if [[ -f $expected ]]; then
  while read -r name figure; do
    [[ $name == '' || $name == '#' ]] || before[$name]=$figure
  done <"$expected"
fi

failed=0
for name in "${names[@]}"; do
  now[$name]=$(count "$name") || die "$name could not be counted; $out/$name.log says why"
  if [[ -z ${before[$name]-} ]]; then
    printf '%-12s %13d  new\n' "$name" "${now[$name]}"
    [[ -n $renew ]] || failed=1
    continue
  fi
  # In hundredths of a per cent.
  change=$(((now[$name] - before[$name]) * 10000 / before[$name]))
  verdict=
  if ((change > tolerance * 100)); then
    verdict='  MORE than allowed'
    [[ -n $renew ]] || failed=1
  elif ((change < -tolerance * 100)); then
    verdict='  less: renew the figure with .ci/guard.sh --renew'
  fi
  printf '%-12s %13d  expected %13d  %s%d.%02d %%%s\n' "$name" "${now[$name]}" "${before[$name]}" \
    "$([[ $change == -* ]] && echo - || echo +)" $((${change#-} / 100)) $((${change#-} % 100)) "$verdict"
done

if [[ -n $renew ]]; then
  {
    printf '# Instructions of the works in bench/guard.cpp, as .ci/guard.sh counts them; it writes this file when called with --renew.\n'
    for name in "${all[@]}"; do
      figure=${now[$name]-${before[$name]-}}
      [[ -z $figure ]] || printf '%s %d\n' "$name" "$figure"
    done
  } >"$expected"
  printf 'written: %s\n' "$expected"
fi
if ((failed)); then
  printf 'guard.sh: the work takes more instructions than bench/guard.expected allows, or is not in there. If that is meant, renew it\n' >&2
  printf 'with .ci/guard.sh --renew; else callgrind_annotate %s/NAME.callgrind says where they are spent.\n' "$out" >&2
  exit 1
fi
