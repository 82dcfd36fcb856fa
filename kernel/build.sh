#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# kernel/build.sh [--dir|--entry|--source] CONFIG
#
# Build the kernel CONFIG (base, debug or stock) unless it is in the cache. Prints on
# stdout the path of:
#	--dir		the build tree, for make -C DIR M=... modules
#	--entry		the cache entry: image, release, kdir, modroot/
#	--source	the patched source tree; no kernel is built
# Messages go to stderr. Without an option, nothing is printed on stdout.
#
# KERNEL_SRC=DIR builds DIR, a tree that already has the interfaces of the series,
# instead of the distribution's source. Such a build is incremental: make runs
# again whenever a file of the tree has changed.
#
# ARCH=arm64 builds for the Versal board. There is no stock kernel for arm64: the
# distribution's kernel has no driver for the board's DMA engine.

. "$(dirname "$0")/../scripts/lib.sh"

series=6.12
tarball=${DCBM_TARBALL:-/usr/src/linux-source-$series.tar.xz}
patches=$top/kernel/patches/$series
jobs=${JOBS:-$(nproc)}
keep_days=30	# entries unused for longer are removed
keep_newest=4	# entries of a kind; the others are removed when unused for an hour

# Estimates for the message, measured on two cores. They are not time limits.
declare -A minutes=([base]=7 [debug]=14)

fragments()
{
	echo "$top/kernel/config/common.fragment"
	echo "$top/kernel/config/$arch.fragment"
	[ "$1" != debug ] || echo "$top/kernel/config/debug.fragment"
}

# The version of the package represents the content of the tarball; size and time
# detect a tarball that was replaced by hand.
source_key()
{
	{
		dpkg-query -W -f '${Version}\n' "linux-source-$series" 2>/dev/null || true
		stat -L -c '%s %Y' "$tarball"
		cat "$patches"/*.patch
	} | short_hash
}

compiler_key()
{
	local cc=${CC:-${CROSS_COMPILE}gcc}

	command -v "$cc" > /dev/null || die "$cc is missing: run make setup" 3
	echo "$cc"
	"$cc" --version | head -n 1
	"${CROSS_COMPILE}ld" --version | head -n 1
}

# Remove entries that have not been used for keep_days, or exceed keep_newest.
prune()
{
	local kind entry n age now

	now=$(date +%s)
	for kind in source stock {,x86_64-,arm64-}{base,debug} arm64-sysroot root; do
		n=0
		while read -r entry; do
			n=$((n + 1))
			age=$((now - $(stat -c %Y "$entry")))
			entry=${entry%/.used}
			if [ $age -gt $((keep_days * 86400)) ] ||
			   { [ $n -gt $keep_newest ] && [ $age -gt 3600 ]; }; then
				# Skip an entry whose lock is held: it is being built
				(
					flock -n 9 || exit 0
					say "removing ${entry##*/}, last used $((age / 3600)) hours ago"
					rm -f "$entry/.complete"
					rm -rf "$entry"
				) 9>"$entry.lock"
			fi
		done < <(find "$cache" -maxdepth 2 -path "$cache/$kind-*/.used" -printf '%T@ %p\n' |
			 sort -rn | cut -d' ' -f2-)
	done
}

# run_logged LOG WHAT COMMAND...: run COMMAND with its output in LOG. Prints a line
# of progress every 20 s, and the errors in LOG if COMMAND fails.
run_logged()
{
	local log=$1 what=$2 pid start last now
	shift 2

	start=$(date +%s)
	last=$start
	"$@" >> "$log" 2>&1 &
	pid=$!
	# A background process does not receive ^C
	# shellcheck disable=SC2064  # expand $pid now
	trap "kill $pid 2>/dev/null; exit 130" INT TERM HUP
	while kill -0 $pid 2>/dev/null; do
		sleep 1
		now=$(date +%s)
		if [ $((now - last)) -ge 20 ]; then
			say "  $what: $(grep -c '^  CC' "$log" || true) files compiled," \
			    "$((now - start)) s"
			last=$now
		fi
	done
	if ! wait $pid; then
		grep -E -B2 -A6 '(error|Error|undefined reference)' "$log" | tail -n 40 >&2 ||
			tail -n 20 "$log" >&2
		die "$what failed; full log: $log"
	fi
	trap - INT TERM HUP
}

# The build functions run in this shell and not in $(...), so that a signal reaches
# the shell whose trap kills make. Each function sets $entry; build_source also
# sets $tree.

build_source()
{
	local p

	[ -r "$tarball" ] || die "$tarball is missing: run make setup" 3
	entry=$cache/source-$(source_key)
	tree=$entry/linux
	if entry_begin "$entry"; then
		say "unpacking ${tarball##*/} and applying the series (about 30 s)"
		mkdir "$tree"
		tar -xf "$tarball" -C "$tree" --strip-components=1
		for p in "$patches"/*.patch; do
			patch -d "$tree" -p1 -s --no-backup-if-mismatch -F0 < "$p" >&2 ||
				die "${p##*/} does not apply"
		done
		entry_finish "$entry"
	fi
	entry_used "$entry"
}

# configure SRC OBJ CONFIG: write .config; fail if a line of a fragment is missing
configure()
{
	local src=$1 obj=$2 list line missing=
	mapfile -t list < <(fragments "$3")

	make -s -C "$src" O="$obj" tinyconfig >/dev/null
	(cd "$obj" && "$src/scripts/kconfig/merge_config.sh" -m -O . .config "${list[@]}") >/dev/null
	make -s -C "$src" O="$obj" olddefconfig >/dev/null

	# If a symbol is in two fragments, the last line counts.
	while read -r line; do
		case $line in
		*=*)	grep -qxF -- "$line" "$obj/.config" || missing+="  $line"$'\n' ;;
		*)	! grep -q "^${line}=" "$obj/.config" || missing+="  # $line is not set"$'\n' ;;
		esac
	done < <(sed -nE 's/^# (CONFIG_[A-Z0-9_]+) is not set$/\1/p; /^CONFIG_/p' "${list[@]}" |
		 awk -F= '{ line[$1] = $0 } END { for (s in line) print line[s] }' | sort)
	[ -z "$missing" ] || die "these lines of the fragments are missing in .config:"$'\n'"$missing"
}

# compile SRC ENTRY CONFIG: build all files of a cache entry
compile()
{
	local src=$1 entry=$2 config=$3 obj=$2/kdir
	# Fixed values, so that equal inputs give an equal image
	local vars=(KBUILD_BUILD_USER=dcbm KBUILD_BUILD_HOST=dcbm KBUILD_BUILD_TIMESTAMP="$series")

	mkdir -p "$obj"
	configure "$src" "$obj" "$config"
	run_logged "$entry/build.log" "kernel $config" \
		make -C "$src" O="$obj" -j"$jobs" "${vars[@]}" "$image_target" modules
	run_logged "$entry/build.log" "modules of $config" \
		make -C "$obj" "${vars[@]}" INSTALL_MOD_PATH="$entry/modroot" INSTALL_MOD_STRIP=1 modules_install
	make -s -C "$obj" kernelrelease > "$entry/release"
	ln -sfn "kdir/$image_file" "$entry/image"
}

build_ours()
{
	local config=$1 f

	build_source
	entry=$cache/$arch-$config-$({ source_key; compiler_key; mapfile -t f < <(fragments "$config"); cat "${f[@]}"; } | short_hash)
	if entry_begin "$entry"; then
		say "building the kernel '$config' for $arch: about $((minutes[$config] * 2 / jobs + 1)) minutes with $jobs jobs," \
		    "only this first time"
		compile "$tree" "$entry" "$config"
		entry_finish "$entry"
		say "kernel '$config' is ready: $entry"
		prune
	fi
	entry_used "$entry"
}

# A user's own tree. Its content is not hashed: make runs if the name, size or time
# of a file has changed, and make decides what to compile.
build_user()
{
	local config=$1 src now f

	src=$(realpath -e "$KERNEL_SRC") || die "KERNEL_SRC=$KERNEL_SRC: no such folder" 2
	[ -e "$src/include/linux/migrate_copy_offload.h" ] ||
		die "KERNEL_SRC=$KERNEL_SRC has no include/linux/migrate_copy_offload.h: apply the series (kernel/patches) first" 2
	if [ -e "$src/.config" ] || [ -d "$src/include/generated" ]; then
		die "KERNEL_SRC=$KERNEL_SRC has been built in place: run make mrproper in it, or use a clean copy (git worktree)" 2
	fi
	mapfile -t f < <(fragments "$config")
	entry=$cache/$arch-$config-user-$({ echo "$src"; compiler_key; } | short_hash)
	lock "$entry.lock"
	now=$({ find "$src" -name .git -prune -o -type f -printf '%p %s %T@\n' | sort; cat "${f[@]}"; } | short_hash)
	if [ "$(cat "$entry/.complete" 2>/dev/null)" != "$now" ]; then
		say "building the kernel '$config' of $KERNEL_SRC" \
		    "(about $((minutes[$config] * 2 / jobs + 1)) minutes with $jobs jobs, less when few files changed)"
		mkdir -p "$entry"
		rm -rf "$entry/.complete" "$entry/build.log" "$entry/modroot"
		compile "$src" "$entry" "$config"
		echo "$now" > "$entry/.complete.new"
		mv "$entry/.complete.new" "$entry/.complete"
		prune
	fi
	unlock
	entry_used "$entry"
}

# fetch PACKAGE=VERSION DIR: download one .deb. The package lists of apt may be
# empty or old: if the first try fails, update them and try again.
fetch()
{
	# As root, apt would switch to the user _apt, who cannot write to DIR
	local get=(apt-get -q -o APT::Sandbox::User=root download "$1")

	cd "$2"
	"${get[@]}" && return
	if [ "$(id -u)" = 0 ]; then
		apt-get -q update
	else
		sudo apt-get -q update
	fi
	"${get[@]}"
}

# The distribution's own kernel: the build tree from its headers package, and the
# image of the same version, which is unpacked but not installed.
build_stock()
{
	local meta package release version

	meta=$("$top/scripts/setup" --packages "distribution kernel $series headers")
	read -r package version < <(dpkg-query -W -f '${Depends}\n' "$meta" 2>/dev/null |
		sed -nE 's/^(linux-headers-[^ ]+) \(= ([^)]+)\).*/\1 \2/p') ||
		die "$meta is missing: run make setup" 3
	release=${package#linux-headers-}
	# Debian 13's package follows the newest kernel, which backports may supply
	[[ $release = "$series".* ]] ||
		die "$meta is of Linux $release, CONFIG=stock needs $series" 3
	package=linux-image-$release
	entry=$cache/stock-$(printf '%s' "$release-$version" | tr -c 'A-Za-z0-9.+-' _)
	if entry_begin "$entry"; then
		say "fetching the distribution's $package (about 100 MB)"
		mkdir "$entry/deb"
		(fetch "$package=$version" "$entry/deb") > "$entry/build.log" 2>&1 || {
			tail -n 5 "$entry/build.log" >&2
			die "apt-get download $package=$version failed; full log: $entry/build.log" 3
		}
		dpkg-deb -x "$entry"/deb/*.deb "$entry/modroot"
		rm -rf "$entry/deb"
		# Debian 13's package has /usr/lib, and relies on a link /lib of the system
		[ -e "$entry/modroot/lib" ] || ln -s usr/lib "$entry/modroot/lib"
		depmod -b "$entry/modroot" "$release"
		echo "$release" > "$entry/release"
		ln -sfn "modroot/boot/vmlinuz-$release" "$entry/image"
		ln -sfn "/usr/src/linux-headers-$release" "$entry/kdir"
		entry_finish "$entry"
	fi
	entry_used "$entry"
}

what=
case ${1-} in
--dir|--entry|--source) what=$1; shift ;;
esac
config=${1:-base}
check_config "$config"

if [ "$what" = --source ]; then
	build_source
	echo "$tree"
	exit
fi
if [ "$config" = stock ]; then
	build_stock
elif [ -n "${KERNEL_SRC-}" ]; then
	build_user "$config"
else
	build_ours "$config"
fi
case $what in
--dir)	echo "$entry/kdir" ;;
--entry) echo "$entry" ;;
*)	say "kernel '$config' $(cat "$entry/release"): $entry" ;;
esac
