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

# shellcheck source=clients/npm.sh
. clients/npm.sh
need_node bench 'the other servers'

prepare() {
  mkdir -p "$folder" && cp bench/served/{package.json,package-lock.json,.npmrc,bare.mjs,scimmy.mjs,compare.mjs,table.mjs} "$folder/" || return 1
  install_by_lock_file "$folder"
}
prepare || { echo 'bench: scimmy could not be installed; the messages above say why' >&2; exit 69; }
mkdir -p out || exit 69

two_cores=()
if command -v taskset >/dev/null && (($(nproc) > 2)); then two_cores=(taskset -c "0,1"); fi
exec "${two_cores[@]}" env NODE_ENV=production node "$folder/compare.mjs" "$program" "$folder" "$PWD/out/served.json" "$@"
