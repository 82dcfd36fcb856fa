# shellcheck shell=bash disable=SC2034,SC2154
# SPDX-License-Identifier: GPL-2.0-only
#
# The machine of ARCH=x86_64, a q35. Sourced by tests/vm/run with $cpus, $nodes and $mem set.
# CPUs and memory are shared evenly over the nodes.

emulator=qemu-system-x86_64
virtio=pci

# A socket per node if CPUS is a multiple of NODES, because QEMU warns about a socket in two
# nodes; else a socket per CPU. Nodes get consecutive CPUs, as 0-1 and 2-3.
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

# no_timer_check, tsc=reliable: both checks compare emulated clocks and fail at random on a
# busy host.
# la57=off: identify_cpu() clears the boot CPU's capabilities with interrupts enabled. During
# an interrupt at that time pgtable_l5_enabled() is false, and KASAN, whose bounds depend on
# it, reports every access to the direct map as wild (1 of 36 boots).
machine_append="console=ttyS0 no_timer_check tsc=reliable"
machine=(-M q35 -accel "$accel" -cpu "max,la57=off" -m "${mem}M"
	-smp "$cpus,sockets=$sockets,cores=$((cpus / sockets)),threads=1"
	"${numa[@]}")
