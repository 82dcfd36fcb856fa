# shellcheck shell=bash disable=SC2034,SC2154
# SPDX-License-Identifier: GPL-2.0-only
#
# The machine of ARCH=arm64, the Versal board. Sourced by tests/vm/run with $cpus, $nodes and
# $mem set. The board has a single memory node, which the kernel splits (numa=fake).
# The board has eight virtio slots; a run with ADD= uses all of them.

emulator=qemu-system-aarch64
virtio=device

[ "$cpus" = 4 ] || die "CPUS=$cpus: the Versal board has 4 CPUs, two of them for Linux" 2

machine_append="console=ttyAMA0 numa=fake=$nodes"
machine=(-M xlnx-versal-virt -net none -accel "$accel" -m "${mem}M" -smp "$cpus")
