#!/usr/bin/env bash
# lint.sh [COUNT|all]: clang-tidy over the COUNT sources (40) that the latest commits touched, a header counting for the
# source beside it, or over all. Reads how they are compiled from build/dev, which a build must have left there; sources
# that are compiled together are looked at together, which takes little longer than one alone. Tests are left out: their
# fixtures follow GoogleTest's customs.
set -eu -o pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
count=${1-40}
folders='base|bench|cli|directory|fakes|live|properties|reports|scenarios|sim|tidy'

tests_apart() { grep -v -e '_test\.' -e '_fixture\.' || true; }

sources() {
  if [[ $count == all ]]; then
    git -c safe.directory="$PWD" ls-files '*.cpp' | tests_apart
    return
  fi
  # The whole list is read, so that no command writes into a closed pipe.
  git -c safe.directory="$PWD" log --format= --name-only --diff-filter=d -- '*.cpp' '*.h' | tests_apart |
    sed 's/\.h$/.cpp/' | awk -v most="$count" '!seen[$0]++ && system("test -f " $0) == 0 && printed++ < most'
}

# The compiled files that hold the sources of standard input: batches, or the source itself where it stands alone.
compiled() {
  local path batches
  batches=$(find build/dev -path '*/Unity/unity_*.cxx' -not -path '*_test.dir/*')
  while IFS= read -r path; do
    if ! xargs -d '\n' grep -lF "\"$PWD/$path\"" <<<"$batches"; then
      grep -F "\"file\": \"$PWD/$path\"" build/dev/compile_commands.json >/dev/null && printf '%s\n' "$path"
    fi || true
  done | sort -u
}

wanted=$(sources)
units=$(compiled <<<"$wanted")
if [[ -z $units ]]; then
  echo 'lint.sh: none of the sources is compiled in build/dev; build the preset dev first' >&2
  exit 1
fi
printf 'clang-tidy over %d sources, compiled as %d\n' "$(wc -l <<<"$wanted")" "$(wc -l <<<"$units")"
# A batch includes its sources, on purpose.
xargs -d '\n' -n 1 -P 1 clang-tidy-19 --quiet -p build/dev --checks=-bugprone-suspicious-include \
  --header-filter="/($folders)/[a-z_/]*\\.(h|cpp)\$" <<<"$units"
