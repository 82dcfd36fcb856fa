# shellcheck shell=bash disable=SC2034,SC2154
# SPDX-License-Identifier: GPL-2.0-only
#
# The machine of ARCH=arm64 for tests/vm/run, which sources this with $cpus, $nodes and
# $mem set: the Versal board, whose one memory the kernel splits into nodes.

emulator=qemu-system-aarch64
virtio=device

[ "$cpus" = 4 ] || die "CPUS=$cpus: the Versal board has 4, two of them for Linux" 2

machine_append="console=ttyAMA0 numa=fake=$nodes"
machine=(-M xlnx-versal-virt -net none -accel "$accel" -m "${mem}M" -smp "$cpus")
