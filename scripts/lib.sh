# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-only
#
# What the project's scripts share. Sourced, never run. Messages go to stderr,
# so that `make -s kdir` and the like can print a bare value on stdout.

set -euo pipefail

# shellcheck disable=SC2034
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# The guest's architecture: where its files are built, and what its kernel is. The
# kernel's own make calls both sizes of x86 "x86"; asked for x86_64 it makes another
# tinyconfig, without what is only for 64 bits. It reads what is exported.
# shellcheck disable=SC2034
case ${ARCH:=x86_64} in
x86_64|x86)
	arch=x86_64 ARCH=x86
	build=$top/build
	image_target=bzImage image_file=arch/x86/boot/bzImage ;;
arm64)
	arch=arm64
	build=$top/build/arm64
	image_target=Image image_file=arch/arm64/boot/Image
	: "${CROSS_COMPILE:=aarch64-linux-gnu-}" ;;
*)
	printf '%s: ARCH=%s: no such architecture (x86_64 or arm64)\n' "${0##*/}" "$ARCH" >&2
	exit 2 ;;
esac
export ARCH CROSS_COMPILE=${CROSS_COMPILE-}
# shellcheck disable=SC2034
configs=(base debug)
[ "$arch" != x86_64 ] || configs+=(stock)

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
	[[ " ${configs[*]} " == *" $1 "* ]] || die "CONFIG=$1: no such kernel (ARCH=$arch has ${configs[*]})" 2
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

# An entry of the cache is good if and only if its file .complete exists. It is
# built in place, as kernel build trees hold absolute paths, under a lock of its
# own; whoever gets the lock and finds no .complete wipes what is there. So an
# interrupted build is never used, and a second caller waits for the first.

# entry_begin ENTRY: lock it; true if it still has to be built, and then it is empty
entry_begin()
{
	[ ! -e "$1/.complete" ] || return 1
	lock "$1.lock"
	if [ -e "$1/.complete" ]; then
		unlock
		return 1
	fi
	rm -rf "$1"
	mkdir -p "$1"
}

# entry_finish ENTRY
entry_finish()
{
	: > "$1/.complete"
	unlock
}

# entry_used ENTRY: what is used is not dropped
entry_used()
{
	touch "$1/.used"
}
