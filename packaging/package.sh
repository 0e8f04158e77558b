#!/usr/bin/env bash
# packaging/package.sh BUILD [--into DIR]
#
# Makes the packages of the program that the folder BUILD holds: lockstep-VERSION-linux-ARCH.tar.gz, lockstep_VERSION_ARCH.deb and
# SHA256SUMS, in DIR (out/package). The same program and the same SOURCE_DATE_EPOCH give the same bytes; without the
# variable it is the time of the last commit. `./lockstep package` calls it with a release build.
set -euo pipefail
export LC_ALL=C TZ=UTC
umask 022
root=$(readlink -f -- "${BASH_SOURCE[0]%/*}/..")
readonly exit_usage=64 exit_unavailable=69 exit_bench_failed=70

complain() {
  local code=$1
  shift
  printf 'lockstep: %s\n' "$*" >&2
  exit "$code"
}

build=$(readlink -f -- "${1:?the folder of the build}")
shift
into=out/package
while (($# > 0)); do
  case $1 in
    --into)
      (($# > 1)) || complain $exit_usage "--into needs a folder"
      into=$2
      shift 2
      ;;
    *) complain $exit_usage "'$1' is no option of package; './lockstep package --help' shows them" ;;
  esac
done
for tool in dpkg-deb dpkg-query objdump strip; do
  command -v "$tool" >/dev/null || complain $exit_unavailable "packages need $tool; they are made on Debian 12"
done

commit_time() { git -C "$root" -c safe.directory="$root" log -1 --format=%ct 2>/dev/null || stat -c %Y "$root/CHANGELOG.md"; }
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(commit_time)}
export SOURCE_DATE_EPOCH

mkdir -p "$into" || complain $exit_unavailable "cannot write to $into"
into=$(readlink -f -- "$into")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

version=$("$build/cli/lockstep" --version)
architecture=$(dpkg --print-architecture)
name=lockstep-$version
tree=$work/$name

# Whatever has a time gets the same one, and whoever made the package owns nothing in it.
settle() {
  chmod -R u=rwX,go=rX "$1"
  find "$1" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
}

lay_out() {
  cmake --install "$build" --prefix "$tree" --strip >"$work/install.log" 2>&1 ||
    { cat "$work/install.log" >&2 && complain $exit_bench_failed "cmake could not lay the package out"; }
  "$root/packaging/third_party_notices.sh" "$tree/lib/lockstep" >"$tree/share/doc/lockstep/THIRD_PARTY_NOTICES"
  mkdir -p "$tree/share/man/man1"
  "$root/packaging/man_page.sh" "$tree/bin/lockstep" "$(date -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%d)" | gzip -9n \
    >"$tree/share/man/man1/lockstep.1.gz"
  settle "$tree"
}

make_tarball() {
  tar -C "$work" --sort=name --owner=0 --group=0 --numeric-owner --format=gnu -cf - "$name" | gzip -9n >"$1"
}

# Of the libraries that do not travel along, the versions of Debian 12.
control() {
  cat <<TEXT
Package: lockstep
Version: $version
Architecture: $architecture
Maintainer: The maintainers of Lockstep
Installed-Size: $(find "$1" -type f -printf '%s\n' | awk '{ kib += int(($1 + 1023) / 1024) } END { print kib }')
Depends: libc6 (>= 2.36), libgcc-s1 (>= 12), libstdc++6 (>= 12), zlib1g (>= 1:1.2.13)
Recommends: ca-certificates
Section: devel
Priority: optional
Description: simulation and conformance test bench for directory synchronisation
 Judges SCIM service providers clause by clause, with reports for people and
 for CI, and plays scripts of an identity rollout on a virtual clock.
 .
 OpenSSL, SQLite and the other libraries that it needs come with it.
TEXT
}

make_deb() {
  local deb=$work/deb
  mkdir -p "$deb/DEBIAN"
  cp -a "$tree" "$deb/usr"
  control "$deb/usr" >"$deb/DEBIAN/control"
  (cd "$deb" && find usr -type f -print0 | sort -z | xargs -0 md5sum) >"$deb/DEBIAN/md5sums"
  settle "$deb"
  dpkg-deb --root-owner-group -Zgzip -z9 --build "$deb" "$1" >/dev/null
}

lay_out
tarball=$name-linux-$architecture.tar.gz
deb=lockstep_${version}_$architecture.deb
make_tarball "$into/$tarball"
make_deb "$into/$deb"
(cd "$into" && sha256sum "$tarball" "$deb" >SHA256SUMS)
shown=$into/
shown=${shown#"$PWD/"}
printf '%s\n' "$shown$tarball" "$shown$deb" "${shown}SHA256SUMS"
