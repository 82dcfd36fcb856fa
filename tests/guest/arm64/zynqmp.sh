#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The eight channels of the Versal board: with the distribution's driver, which has memcpy
# and a ring of 32, and with the series, which adds memcpy_sg.
. "${0%/*}/../lib/ktap"

TRACE=/sys/kernel/tracing
size=64M rounds=6
! slow_kernel || size=16M rounds=4

plan 30

load()
{
	modprobe $1 || bail "modprobe $1"
	modprobe dcbm_sg timeout_ms=20000 || bail "modprobe dcbm_sg"
}

unload()
{
	rmmod dcbm_sg && rmmod $1
}

# traced SPEC: fire a batch that must be copied by DMA; print the number of completion events
traced()
{
	echo > $TRACE/trace
	# An earlier recording may have stopped tracing
	echo 1 > $TRACE/tracing_on
	echo 1 > $TRACE/events/dcbm/dcbm_desc_complete/enable
	fire "$1" > /tmp/fired || { cat /tmp/fired; return 1; }
	echo 0 > $TRACE/events/dcbm/dcbm_desc_complete/enable
	grep -c 'dcbm_desc_complete:' $TRACE/trace
}

# imbalance SPEC: fire a batch and print the imbalance over the channels (max/mean of bytes)
imbalance()
{
	echo 1 > $DBG/reset
	fire "$1" > /tmp/fired || { cat /tmp/fired; return 1; }
	value $DBG/channels imbalance
}

low() { awk -v n="$1" 'BEGIN { exit !(n != "" && n <= 1.05) }'; }

by_dma()
{
	local dma=$(cat $PARM/folios_migrated) cpu=$(cat $PARM/folios_failures)

	echo "by DMA $dma, by CPU $cpu"
	[ "$dma" -gt 0 ] && [ $((dma * 100)) -ge $(((dma + cpu) * 99)) ]
}

# migrations NAME: no write is lost, and at least 99 % of the folios are copied by DMA
migrations()
{
	echo 1 > $PARM/offloading
	for kind in anon thp shmem; do
		echo 0 > $PARM/folios_migrated
		echo 0 > $PARM/folios_failures
		check "$1: $kind: no write is lost" \
			dcbm migrate --self $size --kind $kind --pingpong $rounds --verify
		check "$1: $kind: at least 99 % by DMA" by_dma
	done
	echo 0 > $PARM/offloading
}

# dmatest on all channels
dmatest()
{
	modprobe dmatest timeout=20000 iterations=20 || return 1
	dmesg -c > /dev/null
	echo 1 > /sys/module/dmatest/parameters/run
	cat /sys/module/dmatest/parameters/wait > /dev/null
	dmesg | grep 'dmatest: .*: summary' > /tmp/dmatest
	echo 0 > /sys/module/dmatest/parameters/run
	rmmod dmatest
	cat /tmp/dmatest
	[ "$(grep -c 'summary 20 tests, 0 failures' /tmp/dmatest)" = 8 ] &&
		[ "$(wc -l < /tmp/dmatest)" = 8 ]
}

# red DRIVER: print the failing KUnit tests of DRIVER
red()
{
	modprobe $1 && modprobe zynqmp_kunit || bail "modprobe zynqmp_kunit"
	awk '/^    not ok/ { printf "%s ", $4 }
	     /^    ok/ { ok++ }
	     END { if (!ok) print "all" }' /sys/kernel/debug/kunit/zynqmp/results
	rmmod zynqmp_kunit $1
}

# The distribution's driver: the tests detect every bug that the series fixes
equal "unpatched: the KUnit tests of the bugs fail" "descriptor_comes_back_clean \
error_keeps_what_is_pending error_tells_done_from_not_done terminate_leaves_it_usable \
sg_copies sg_mixes_with_memcpy sg_error_is_reported " "$(red zynqmp_dma_unpatched)"
load zynqmp_dma_unpatched
equal "unpatched: 512 folios on one channel: one completion per folio" 512 \
	"$(traced "folios=512 chan=1")"
equal "unpatched: the channels have memcpy only" "memcpy " \
	"$(awk '/^dma/ { print $4 }' $DBG/channels | sort -u | tr '\n' ' ')"
migrations unpatched
unload zynqmp_dma_unpatched
result $? "unpatched: the modules unload"

# With the series
equal "patched: all KUnit tests pass" "" "$(red zynqmp_dma)"
load zynqmp_dma
n=$(traced "folios=512 chan=1")
[ -n "$n" ] && [ "$n" -ge 16 ] && [ "$n" -le $((512 / 31 + 1)) ]
result $? "patched: 512 folios on one channel: $n completions"
# More than a ring of descriptors, so that they are reused
n=$(traced "folios=512 chan=1 repeat=20")
[ -n "$n" ] && [ "$n" -ge 320 ] && [ "$n" -le $((20 * (512 / 31 + 1))) ]
result $? "patched: 20 times 512 folios: $n completions"
equal "patched: memcpy on one channel: one completion per folio" 512 \
	"$(traced "folios=512 chan=1 backend=memcpy")"
for spec in "folios=512" "folios=1 order=9" "folios=512 backend=memcpy" "folios=7 order=4"; do
	check "patched: $spec: correct and by DMA" fire "$spec"
done
equal "patched: eight channels have memcpy_sg" "memcpy_sg 8" \
	"$(awk '/^dma/ { n[$4]++ } END { for (b in n) print b, n[b] }' $DBG/channels)"
for spec in "folios=512" "folios=1 order=9"; do
	n=$(imbalance "$spec")
	low "$n"
	result $? "patched: $spec: imbalance $n"
done
migrations patched
echo 1 > $DBG/reset
echo 1 > $PARM/offloading
dcbm migrate --self $size --kind anon --pingpong 2 > /dev/null
n=$(value $DBG/channels imbalance)
low "$n"
result $? "patched: migrations: imbalance $n"
echo 0 > $PARM/offloading
check "patched: dmatest passes on eight channels" dmatest
unload zynqmp_dma
result $? "the modules unload"
finish
