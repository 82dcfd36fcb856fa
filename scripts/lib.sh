# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Functions and variables of the project's scripts, to be sourced. Messages go to stderr,
# because some scripts print a value on stdout, as `make -s kdir` does.

set -euo pipefail

# shellcheck disable=SC2034
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# The guest's architecture: its build folder and its kernel image. ARCH is exported for the
# kernel's make and must be "x86": with x86_64, tinyconfig lacks the 64-bit options.
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
# For depmod and mkfs
PATH=$PATH:/usr/sbin:/sbin

# Otherwise the kernel's make would use the variables (CONFIG=, CMD=, ...) and the
# jobserver of the make that has called us.
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

# check_config CONFIG: exit if there is no such kernel for this architecture
check_config()
{
	[[ " ${configs[*]} " == *" $1 "* ]] || die "CONFIG=$1: no such kernel (ARCH=$arch has ${configs[*]})" 2
}

# short_hash < DATA: a key for file names
short_hash()
{
	sha256sum | cut -c1-16
}

# stat_list PATH...: name, size and time of every file below PATH, sorted; a cheap way to
# detect changes
stat_list()
{
	{ find "$@" -name .git -prune -o -type f -printf '%p %s %T@\n' 2>/dev/null || true; } | sort
}

# lock FILE: hold an exclusive lock on FILE until this shell ends; prints a message before
# it waits. Children inherit the lock, so it is held as long as one of them may still write
# to the protected files.
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

# An entry of the cache is valid if and only if its file .complete exists. Each entry has a
# lock and is built in place, because kernel build trees contain absolute paths. A caller
# that holds the lock and finds no .complete removes the rest of an interrupted build. So an
# incomplete entry is never used, and a second caller waits for the first.

# entry_begin ENTRY: if ENTRY has to be built, lock it, empty it, and return true
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

# entry_used ENTRY: record the use, so that the entry is not removed
entry_used()
{
	touch "$1/.used"
}
