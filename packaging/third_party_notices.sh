#!/usr/bin/env bash
# packaging/third_party_notices.sh LIBRARIES
#
# Prints the notices of everything of others that a package holds: of the Debian packages whose shared libraries lie in the
# folder LIBRARIES, and of those whose headers are compiled into the program, which are the -dev packages that [run] of
# packages.txt names. A text that several packages share stands once; a licence that a text only refers to is appended.
# Left out are the compiler's own run-time libraries: they do not travel along, and what they put into a program is free.
set -euo pipefail
export LC_ALL=C
libraries=${1:?the folder of the shared libraries}
root=$(readlink -f -- "${BASH_SOURCE[0]%/*}/..")

complain() {
  printf 'lockstep: %s\n' "$*" >&2
  exit 70
}

owners_of_libraries() {
  local file owners
  for file in "$libraries"/*; do
    [[ -f $file && ! -L $file ]] || continue
    owners=$(dpkg-query -S "*lib/*-linux-gnu/${file##*/}" 2>/dev/null) || complain "no Debian package owns ${file##*/}"
    printf '%s\n' "$owners" | sed 's/:.*//'
  done
}

compiled_in() { awk '/^\[/ { group = $1 } group == "[run]" && /-dev$/ && !/^lib(c6|stdc\+\+-[0-9]+)-dev$/' "$root/packages.txt"; }

copyright_of() { printf '/usr/share/doc/%s/copyright' "$1"; }

list() {
  local package
  for package in "${packages[@]}"; do
    # shellcheck disable=SC2016 # dpkg's fields
    dpkg-query -W -f '${Package}\t${Version}\t${source:Package}\n' "$package"
  done
}

rule() { printf '\n%s\n%s\n%s\n\n' "${line//?/=}" "$1" "${line//?/=}"; }

printf -v line '%100s' ''
names=$({ owners_of_libraries && compiled_in; } | sort -u)
mapfile -t packages <<<"$names"

declare -A sharers=()
order=()
for package in "${packages[@]}"; do
  file=$(copyright_of "$package")
  [[ -s $file ]] || complain "$file is missing, and with it the notice of $package"
  sum=$(sha256sum <"$file")
  [[ -n ${sharers[$sum]-} ]] || order+=("$sum")
  sharers[$sum]+="${sharers[$sum]:+ }$package"
done

cat <<'TEXT'
Third-party notices

Lockstep comes with shared libraries of others and with code compiled from the headers of others. They are those of these
Debian packages (package, version, source); their notices follow, as Debian publishes them.

TEXT
list | sed 's/^/  /' | expand -t 32,60
for sum in "${order[@]}"; do
  read -r -a names <<<"${sharers[$sum]}"
  rule "${sharers[$sum]// /, }"
  cat "$(copyright_of "${names[0]}")"
done
for package in "${packages[@]}"; do
  grep -ohE '/usr/share/common-licenses/[A-Za-z0-9.-]*[A-Za-z0-9]' "$(copyright_of "$package")" || true
done | sort -u | while read -r licence; do
  rule "$licence"
  cat "$licence"
done
