#!/usr/bin/env bash
# Client libraries of others, as npm has them, against the world of `lockstep serve`: what is in tls/ over TLS on ports of its
# own, what is in proxy/ under the real names. Each world tells its settings as it tells them to everybody, and must end well on
# SIGTERM. Files are chosen by the beginnings of their names; without any all are run. Works in build/clients.
#   clients/run.sh LOCKSTEP [NAME...]
set -u -o pipefail
[[ $# -gt 0 ]] || { echo 'usage: clients/run.sh LOCKSTEP [NAME...]' >&2; exit 64; }
program=$(realpath -- "$1")
shift
names=("$@")
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." || exit 70
folder=$PWD/build/clients

# shellcheck source=clients/npm.sh
. clients/npm.sh
need_node clients 'the libraries'

# Libraries and tests side by side, where imports find each other.
prepare() {
  mkdir -p "$folder" && cp clients/package.json clients/package-lock.json clients/.npmrc "$folder/" || return 1
  rm -rf "$folder/support" "$folder/tls" "$folder/proxy"
  cp -R clients/support clients/tls clients/proxy "$folder/" || return 1
  install_by_lock_file "$folder"
}

server='' tests=''
# shellcheck disable=SC2329  # called by trap
end() {
  [[ -z $tests ]] || kill "$tests" 2>/dev/null
  [[ -z $server ]] || { kill "$server" && wait "$server"; } 2>/dev/null
}
trap end EXIT

# The files of a folder that are wanted.
files_of() {
  local file name
  for file in "$1"/*_test.mjs; do
    [[ ${#names[@]} -gt 0 ]] || printf '%s\n' "$file"
    for name in "${names[@]}"; do [[ ${file##*/} != "$name"* ]] || printf '%s\n' "$file"; done
  done
}

# Plays the files of a folder in one world, started with the options.
play() {
  local name=$1 status
  local -a files
  shift
  mapfile -t files < <(cd "$folder" && files_of "$name")
  [[ ${#files[@]} -gt 0 ]] || return 0
  played=$((played + ${#files[@]}))
  rm -f "$folder/settings" "$folder/env"
  mkfifo "$folder/settings"
  "$program" serve "$@" --tls-folder "$folder/authority" --env "$folder/env" >"$folder/settings" 2>"$folder/$name.log" &
  server=$!
  exec 7<"$folder/settings"
  # The settings are printed once every port listens and the file is written.
  if ! read -r -t 60 <&7; then
    echo "clients: lockstep serve $* did not start:" >&2
    cat "$folder/$name.log" >&2
    return 1
  fi
  (
    unset HTTP_PROXY HTTPS_PROXY ALL_PROXY NO_PROXY http_proxy https_proxy all_proxy no_proxy
    # shellcheck source=/dev/null
    . "$folder/env"
    cd "$folder" && exec node --test --test-concurrency=1 --test-timeout=60000 --test-reporter=spec "${files[@]}"
  ) &
  tests=$!
  wait "$tests"
  status=$?
  tests=
  kill "$server"
  wait "$server"
  local ended=$?
  server=
  exec 7<&-
  if [[ $ended -ne 0 ]]; then
    echo "clients: lockstep serve $* ended with $ended:" >&2
    cat "$folder/$name.log" >&2
    return 1
  fi
  return "$status"
}

prepare || { echo 'clients: the libraries could not be installed; the messages above say why' >&2; exit 1; }
played=0
play tls --tls || exit 1
play proxy --proxy || exit 1
[[ $played -gt 0 ]] || { printf 'clients: no test file begins with: %s\n' "${names[*]}" >&2; exit 64; }
