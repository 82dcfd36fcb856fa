# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-only
#
# What the project's scripts share. Sourced, never run. Messages go to stderr,
# so that `make -s kdir` and the like can print a bare value on stdout.

set -euo pipefail

# shellcheck disable=SC2034
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck disable=SC2034
cache=${XDG_CACHE_HOME:-$HOME/.cache}/dcbm-sg
export LC_ALL=C
# depmod, mkfs: not in everybody's path
PATH=$PATH:/usr/sbin:/sbin

# The variables of our own make (CONFIG=, CMD=, ...) and its jobserver are not for
# the kernel's make, which would take them for its own.
unset MAKEFLAGS MFLAGS MAKEOVERRIDES MAKELEVEL

say()
{
	printf '%s\n' "$*" >&2
}

# die MESSAGE [STATUS]
die()
{
	say "${0##*/}: $1"
	exit "${2:-1}"
}

# One name for each kernel that modules are built for and that the VM boots.
check_config()
{
	case $1 in
	base|debug|stock) ;;
	*) die "CONFIG=$1: no such kernel (base, debug or stock)" 2 ;;
	esac
}

# short_hash < DATA: a key for file names
short_hash()
{
	sha256sum | cut -c1-16
}

# stat_list PATH...: name, size and time of every file below, in a stable order:
# enough to see that something changed, and cheap
stat_list()
{
	{ find "$@" -name .git -prune -o -type f -printf '%p %s %T@\n' 2>/dev/null || true; } | sort
}

# lock FILE: hold an exclusive lock on FILE until this shell ends, and say so if
# that means waiting. Children inherit it: as long as one of them may still
# write to what the lock protects, nobody else gets in.
lock()
{
	mkdir -p "$(dirname "$1")"
	exec {lock_fd}>"$1"
	if ! flock -n "$lock_fd"; then
		say "waiting for another run that holds ${1##*/} ..."
		flock "$lock_fd"
	fi
}

unlock()
{
	exec {lock_fd}>&-
}
