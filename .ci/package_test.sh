#!/usr/bin/env bash
# .ci/package_test.sh [BUILD]
#
# Makes the packages twice from the program in BUILD (build/release), compares them byte for byte, and tries them in a
# Debian 12 that holds nothing but what debootstrap calls minbase: the .tar.gz unpacked, the .deb installed and removed.
# Needs root, for the bare Debian, which is kept in build/bare-debian-12.tar; it comes from where apt gets its packages.
set -euo pipefail
export LC_ALL=C
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
build=${1:-build/release}
bare=build/bare-debian-12.tar
readonly first_verdict_within=10 # seconds

complain() {
  local code=$1
  shift
  printf 'package_test: %s\n' "$*" >&2
  exit "$code"
}

((EUID == 0)) || complain 69 "a bare Debian can only be set up as root"
command -v debootstrap >/dev/null || complain 69 "debootstrap is missing; './lockstep test' installs what packages.txt names"
unshare --mount --pid --net --fork true 2>/dev/null || complain 69 "this container may make no namespaces, so there is no bare Debian to be in"
[[ -x $build/cli/lockstep ]] || complain 69 "there is no program in $build; './lockstep package' builds it"

mkdir -p build
work=$(mktemp -d "$PWD/build/package_test.XXXXXX")
trap 'rm -rf --one-file-system "$work"' EXIT
root=$work/root

make_bare_debian() {
  local mirror
  # shellcheck disable=SC2016 # apt's fields
  mirror=$(apt-get indextargets --format '$(CODENAME) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
    awk '$1 == "bookworm" && $2 == "main" { print $3; exit }')
  [[ -n $mirror ]] || complain 69 "apt knows no source of Debian 12"
  debootstrap --variant=minbase bookworm "$work/bare" "$mirror" >"$work/log" 2>&1 ||
    { tail -n 20 "$work/log" >&2 && complain 69 "debootstrap failed"; }
  tar -C "$work/bare" --numeric-owner --exclude='./var/cache/apt/*' --exclude='./dev/*' -cf "$bare.new" .
  mv "$bare.new" "$bare"
  rm -rf --one-file-system "$work/bare"
}

# A command in the bare Debian: its own processes, no network, no variable of ours.
inside() {
  unshare --mount --pid --net --fork --root="$root" --wd=/ --mount-proc \
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/nonexistent "$@"
}

must_fail() {
  local why=$1
  shift
  ! "$@" >/dev/null 2>&1 || complain 1 "$why"
}

files() { (cd "$root" && find . -xdev \( -path ./proc -o -path ./var/lib/dpkg -o -path ./var/log \) -prune -o -print | sort); }

# The program by the name given: judges the core, plays a script of its library, and writes reports where it is called.
try() {
  local program=$1 began took
  began=$(date +%s%3N)
  inside "$program" conform scim --report /var/tmp/conform >"$work/conform" || { cat "$work/conform" && complain 1 "$program conform failed"; }
  took=$(($(date +%s%3N) - began))
  # The core deviates in one should: discovery asks for the token.
  grep -E '^[0-9]+ cases: 1 deviates, [1-9][0-9]* conforms' "$work/conform" || complain 1 "$program conform gave no verdict"
  ((took < first_verdict_within * 1000)) || complain 1 "the first verdict took $took ms"
  [[ -s $root/var/tmp/conform/report.json ]] || complain 1 "$program conform wrote no report"
  inside "$program" run scenarios/library/entra --report /var/tmp/run | tail -n 3
  [[ -s $root/var/tmp/run/index.html ]] || complain 1 "$program run wrote no report"
  inside "$program" explain P-3.3-7 >/dev/null
  rm -r "$root"/var/tmp/*
  printf '%s: the last verdict %d ms after the call\n' "$program" "$took"
}

packaging/package.sh "$build" --into "$work/first" >/dev/null
(umask 077 && TZ=Asia/Tokyo packaging/package.sh "$PWD/$build" --into "$work/second" >/dev/null)
diff -r "$work/first" "$work/second" || complain 1 "two packages of one program differ"
(cd "$work/first" && sha256sum --check SHA256SUMS)


# What the packages ask of a system: docs/package.md names these versions.
needs_at_most() {
  local newest
  newest=$(find "$work/first/tree" -type f \( -name lockstep -o -name '*.so.*' \) -exec objdump -T {} + | grep -oE "\b$1_[0-9.]+" | sort -uV | tail -n 1)
  [[ -n $newest && $(printf '%s\n' "$newest" "$1_$2" | sort -V | tail -n 1) == "$1_$2" ]] || complain 1 "the program needs $newest"
}
mkdir "$work/first/tree"
tar -C "$work/first/tree" -xzf "$work"/first/*.tar.gz
needs_at_most GLIBC 2.34
needs_at_most GLIBCXX 3.4.30

[[ -s $bare ]] || make_bare_debian
mkdir "$root"
tar -C "$root" --numeric-owner -xf "$bare"
for compiler in cc c++ gcc clang cmake; do
  must_fail "the bare Debian has $compiler" inside sh -c "command -v $compiler"
done
files >"$work/before"

mkdir "$root/srv/lockstep"
tar -C "$root/srv/lockstep" --strip-components=1 -xzf "$work"/first/*.tar.gz
try /srv/lockstep/bin/lockstep
rm -r "$root/srv/lockstep"

cp "$work"/first/*.deb "$root/srv/lockstep.deb"
inside dpkg -i /srv/lockstep.deb
[[ -z $(inside dpkg --verify lockstep) ]] || complain 1 "dpkg does not find what the package says"
try lockstep
inside test -s /usr/share/doc/lockstep/THIRD_PARTY_NOTICES
inside dpkg -r lockstep
must_fail "dpkg still knows the package" inside dpkg-query -W lockstep
rm "$root/srv/lockstep.deb"
files >"$work/after"
diff "$work/before" "$work/after" || complain 1 "dpkg -r left something behind"
