#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# All DMA through bounce buffers: without the copies to and from the bounce buffers, which
# the DMA API makes at map and unmap, the engine would copy wrong data.
# vm: APPEND=swiotlb=force
. "${0%/*}/../lib/ktap"

size=32M rounds=4
! slow_kernel || size=16M rounds=2

plan 17
modprobe zynqmp_dma || bail "modprobe zynqmp_dma"
modprobe dcbm_sg timeout_ms=20000 || bail "modprobe dcbm_sg"

for spec in "folios=512" "folios=16 order=4" "folios=1 order=9" "folios=512 backend=memcpy" \
	"folios=1 order=9 chan=1"; do
	check "$spec: correct and by DMA" fire "$spec"
done
# More than the bounce buffers can hold: the rest is left to the CPU
equal "folios=512 order=4: correct and partly by DMA" "ok yes" \
	"$(set -- $(fired "folios=512 order=4" status copied); [ "$2" -gt 0 ] && echo "$1 yes")"
[ "$(value $DBG/trigger fell_back)" -gt 0 ] && [ "$(left '^map$')" = "$(value $DBG/trigger fell_back)" ]
result $? "folios=512 order=4: the reason of all fallbacks is map: $(left '^map$') folios"
used=/sys/kernel/debug/swiotlb/io_tlb_used_hiwater
[ "$(cat $used)" -gt 0 ]
result $? "bounce buffers were used: $(cat $used) slots"

echo 1 > $PARM/offloading
for kind in anon thp shmem; do
	echo 0 > $PARM/folios_migrated
	check "$kind: no write is lost" \
		dcbm migrate --self $size --kind $kind --pingpong $rounds --verify
	[ "$(cat $PARM/folios_migrated)" != 0 ]
	result $? "$kind: by DMA $(cat $PARM/folios_migrated), by CPU $(cat $PARM/folios_failures)"
done

# An unmodified sort(1) with memory in folios of 64K, which is migrated meanwhile
thp=/sys/kernel/mm/transparent_hugepage
lines=400008
sorted_while_moved()
{
	seq $lines | awk -v n=$lines '{ print $1 * 146773 % (n + 1) }' > /tmp/numbers
	echo never > $thp/hugepages-2048kB/enabled
	echo always > $thp/hugepages-64kB/enabled
	numactl --preferred=0 sort --buffer-size=64M --parallel=1 -n -o /tmp/sorted /tmp/numbers &
	while kill -0 $! 2> /dev/null; do
		dcbm migrate --pid $! --pingpong 2 > /tmp/move 2>&1 || break
		grep '^process:' /tmp/move >> /tmp/moves
	done
	wait $! && seq $lines | cmp - /tmp/sorted
}
echo 0 > $PARM/folios_migrated
check "64K folios: the output of sort is correct" sorted_while_moved
made=$(cat $thp/hugepages-64kB/stats/anon_fault_alloc)
# A line of /tmp/moves: process: 102 MiB, 26132 pages in 582 folios
large=$(awk '$4 > 2 * $7 { n++ } END { print n + 0 }' /tmp/moves)
[ "$made" -gt 0 ] && [ "$large" -gt 0 ] && [ "$(cat $PARM/folios_migrated)" != 0 ]
result $? "64K folios: $made allocated, migrated in $large of $(wc -l < /tmp/moves) moves, folios by DMA $(cat $PARM/folios_migrated)"
head -n 3 /tmp/moves | sed 's/^/# /'
echo 0 > $PARM/offloading
rmmod dcbm_sg && rmmod zynqmp_dma
result $? "the modules unload"
finish
