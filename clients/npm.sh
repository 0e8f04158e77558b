# Node and npm, for scripts that source this.

# need_node WHO WHAT: ends with 0 and a word where Node 20 or npm is missing, which WHAT needs.
need_node() {
  local who=$1 what=$2 tool version
  for tool in node npm; do
    command -v "$tool" >/dev/null && continue
    printf '%s: skipped, there is no %s; %s need Node 20 or later, and npm\n' "$who" "$tool" "$what" >&2
    exit 0
  done
  version=$(node -p 'process.versions.node')
  [[ ${version%%.*} -ge 20 ]] && return
  printf '%s: skipped, Node %s is too old for %s, which need 20 or later\n' "$who" "$version" "$what" >&2
  exit 0
}

# install_by_lock_file FOLDER: what its package-lock.json names; what is there already is not fetched again.
install_by_lock_file() {
  local folder=$1 key
  key=$(cat "$folder/package.json" "$folder/package-lock.json" | cksum)
  [[ -f $folder/installed && $(<"$folder/installed") == "$key" ]] && return 0
  rm -f "$folder/installed"
  (cd "$folder" && npm ci --loglevel=error) || return 1
  printf '%s\n' "$key" >"$folder/installed"
}
