# shellcheck shell=bash disable=SC2034,SC2154
# SPDX-License-Identifier: GPL-2.0-only
#
# The machine of ARCH=x86_64 for tests/vm/run, which sources this with $cpus, $nodes and
# $mem set: a q35 with an even share of CPUs and memory for each node.

emulator=qemu-system-x86_64
virtio=pci

# A socket for each node where that comes out even: a socket that lay in two nodes
# would be warned about. Nodes get their CPUs in blocks, as 0-1 and 2-3.
sockets=$cpus
[ $((cpus % nodes)) != 0 ] || sockets=$nodes
numa=()
for ((n = 0; n < nodes; n++)); do
	first=$((n * cpus / nodes)) next=$(((n + 1) * cpus / nodes))
	size=$((mem / nodes))
	[ $n != 0 ] || size=$((mem - size * (nodes - 1)))
	numa+=(-object "memory-backend-ram,id=m$n,size=${size}M")
	cpu=
	if [ $first -lt $next ]; then
		cpu=,cpus=$first-$((next - 1))
	fi
	numa+=(-numa "node,nodeid=$n,memdev=m$n$cpu")
done

# no_timer_check, tsc=reliable: both checks compare emulated clocks and fail by
# chance when the host is busy.
# la57=off: identify_cpu() clears the boot CPU's capabilities with interrupts on. One
# that comes just then finds pgtable_l5_enabled() false, and KASAN, whose bounds
# depend on it, calls the whole direct map wild memory (1 boot of 36).
machine_append="console=ttyS0 no_timer_check tsc=reliable"
machine=(-M q35 -accel "$accel" -cpu "max,la57=off" -m "${mem}M"
	-smp "$cpus,sockets=$sockets,cores=$((cpus / sockets)),threads=1"
	"${numa[@]}")
