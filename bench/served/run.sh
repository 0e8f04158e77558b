#!/usr/bin/env bash
# The directory as it is served, beside two other servers, all on two cores of this machine; see compare.mjs. What it needs of npm is
# fetched once, by the lock file, into build/served.
#   bench/served/run.sh LOCKSTEP [OPTIONS]
set -u -o pipefail
[[ $# -gt 0 ]] || { echo 'usage: bench/served/run.sh LOCKSTEP [OPTIONS]' >&2; exit 64; }
program=$(realpath -- "$1")
shift
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." || exit 70
folder=$PWD/build/served

skip() {
  printf 'bench: skipped, %s\n' "$1" >&2
  exit 0
}
for tool in node npm; do command -v "$tool" >/dev/null || skip "there is no $tool; the other servers need Node 20 or later, and npm"; done
version=$(node -p 'process.versions.node')
[[ ${version%%.*} -ge 20 ]] || skip "Node $version is too old, 20 or later is needed"

prepare() {
  local key
  mkdir -p "$folder" && cp bench/served/{package.json,package-lock.json,.npmrc,bare.mjs,scimmy.mjs,compare.mjs,table.mjs} "$folder/" || return 1
  key=$(cat "$folder/package.json" "$folder/package-lock.json" | cksum)
  [[ -f $folder/installed && $(<"$folder/installed") == "$key" ]] && return 0
  rm -f "$folder/installed"
  (cd "$folder" && npm ci --loglevel=error) || return 1
  printf '%s\n' "$key" >"$folder/installed"
}
prepare || { echo 'bench: scimmy could not be installed; the messages above say why' >&2; exit 69; }
mkdir -p out || exit 69

two_cores=()
if command -v taskset >/dev/null && (($(nproc) > 2)); then two_cores=(taskset -c "0,1"); fi
exec "${two_cores[@]}" env NODE_ENV=production node "$folder/compare.mjs" "$program" "$folder" "$PWD/out/served.json" "$@"
