#!/usr/bin/env bash
# packaging/man_page.sh PROGRAM DATE
#
# Prints the manual page of the program, made from what --help says of it and of each of its commands.
set -euo pipefail
export LC_ALL=C
program=${1:?the program} date=${2:?a date}

# Text as it stands: nothing in it is a request or an escape of troff.
verbatim() {
  printf '.nf\n'
  sed -e 's/\\/\\e/g' -e 's/-/\\-/g' -e "s/^[.']/\\\\\&&/"
  printf '.fi\n'
}

commands_of() { "$program" "$@" --help | sed -n '/^Subcommands:/,/^$/s/^  \([a-z]\{1,\}\) .*/\1/p'; }

# Of the command named and of those below it. What a command has no footer of its own for, the program's stands in.
describe() {
  local command help
  help=$("$program" "$@" --help)
  printf '.SH "lockstep %s"\n' "$*"
  printf '%s\n' "${help%"$footer"}" | sed -e :a -e '/^\n*$/{$d;N;ba' -e '}' | verbatim
  for command in $(commands_of "$@"); do
    describe "$@" "$command"
  done
}

overview=$("$program" --help)
footer=Examples:${overview#*Examples:}
cat <<TEXT
.TH LOCKSTEP 1 "$date" "lockstep $("$program" --version)" "User Commands"
.SH NAME
lockstep \\- simulation and conformance test bench for directory synchronisation
.SH SYNOPSIS
.B lockstep
COMMAND [OPTIONS]
.SH DESCRIPTION
TEXT
verbatim <<<"$overview"
for command in $(commands_of); do
  describe "$command"
done
