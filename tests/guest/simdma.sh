#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The software engine without the driver: rejected parameters, the KUnit client and the
# kernel's dmatest with many configurations, the timing model, statistics, unbinding of
# devices and unloading of modules.
. "${0%/*}/lib/ktap"

# rejected parameters | expected text in the log
bad_params="
nr_dev=0|nr_dev=0: must be in 1..16
nr_dev=17|nr_dev=17: must be in 1..16
nr_dev=|nr_dev=: must be in
nr_dev=two|nr_dev=two: must be in
nr_dev=99999999999|nr_dev=99999999999: must be in
nr_chan=0|nr_chan=0: must be in 1..16
nr_chan=17|nr_chan=17: must be in 1..16
depth=0|depth=0: must be in 1..4096
depth=4097|depth=4097: must be in 1..4096
max_segs=0|max_segs=0: must be in 1..1024
max_segs=1025|max_segs=1025: must be in 1..1024
max_seg_size=63|max_seg_size=63: must be in 64..1073741824
max_seg_size=1073741825|max_seg_size=1073741825: must be in 64..1073741824
align_shift=-1|align_shift=-1: must be in 0..12
align_shift=13|align_shift=13: must be in 0..12
addr_bits=23|addr_bits=23: must be in 24..64
addr_bits=65|addr_bits=65: must be in 24..64
boundary_bits=11|boundary_bits=11: must be in 12..64
boundary_bits=65|boundary_bits=65: must be in 12..64
node=-2|node=-2: must be in -1..
node=99999|node=99999: must be in -1..
node=9|node=9: not online, must be -1 or one of 0-1
ordered=2|ordered=2: must be in 0..1
memcpy_sg=yes|memcpy_sg=yes: must be in 0..1
private=-1|private=-1: must be in 0..1
desc_ns=1000000001|desc_ns=1000000001: must be in 0..1000000000
seg_ns=-1|seg_ns=-1: must be in 0..1000000000
mbps=1000001|mbps=1000001: must be in 0..1000000
seed=-1|seed=-1: must be in 0..2147483647
align_shift=12 max_seg_size=2048|max_seg_size=2048: must be in 4096..1073741824 with align_shift=12
"

# parameters for the KUnit client
kunit_params='
nr_dev=1
ordered=0
depth=1
depth=2 ordered=0
depth=4096 max_segs=4
max_segs=1
max_segs=1024 depth=4
max_seg_size=64
align_shift=6
align_shift=12 ordered=0
addr_bits=32
boundary_bits=12
node=1 nr_chan=1
private=0
memcpy_sg=0
desc_ns=2000000
desc_ns=500000 ordered=0 seed=7
seg_ns=100000 mbps=100
'

# threads of dmatest per channel | parameters
dmatest_params='
4|nr_chan=4
4|nr_chan=4 ordered=0
1|nr_chan=4 depth=1
1|nr_chan=4 depth=1 ordered=0
2|nr_chan=2 depth=2
2|nr_chan=2 depth=2 ordered=0
2|nr_chan=4 align_shift=6
2|nr_chan=4 addr_bits=32
2|nr_chan=4 private=0
'

iterations=${ITERATIONS:-50}
cycles=${CYCLES:-20}
! slow_kernel || iterations=10 cycles=5

count() { echo "$1" | grep -c .; }
plan $(($(count "$bad_params") + $(count "$kunit_params") + $(count "$dmatest_params") + 15))

load() { modprobe simdma "$@" || bail "modprobe simdma $*"; }
unload() { rmmod simdma || bail "rmmod simdma"; }

# sum COLUMN [DEVICE]: sum over the channels of all devices, or of DEVICE
sum()
{
	awk -v name="$1" '
		$2 == "channel" { for (i = 3; i <= NF; i++) if ($i == name) c = i - 1 }
		$1 ~ /^dma/ { s += $c }
		END { print s + 0 }' $SIMDMA/${2:-*}/channels
}

# Every submitted descriptor has completed or was terminated
settled()
{
	[ "$(sum in_flight)" = 0 ] &&
		[ "$(sum submitted)" = $(($(sum completed) + $(sum terminated))) ] || {
		cat $SIMDMA/*/channels
		return 1
	}
}

# refused PARAMETERS WORDS
refused()
{
	dmesg -c > /dev/null
	# Unquoted: one word per parameter
	if modprobe simdma $1 2> /tmp/err; then
		rmmod simdma
		echo "accepted"
		return 1
	fi
	grep -q "Invalid argument" /tmp/err || { cat /tmp/err; return 1; }
	dmesg | grep -qF "simdma: $2" || { dmesg; return 1; }
	[ ! -e /sys/module/simdma ] && [ ! -e $SIMDMA ] && [ ! -e /sys/bus/platform/devices/simdma.0 ]
}

# client [SKIPS]: run the KUnit client on the loaded engine; at most SKIPS cases are skipped
client()
{
	local rc=0 skips planned
	modprobe simdma_kunit || return 1
	cat /sys/kernel/debug/kunit/simdma_client/results \
		/sys/kernel/debug/kunit/simdma_errors/results > /tmp/results || rc=1
	rmmod simdma_kunit || rc=1
	skips=$(grep -c '^    ok .*# SKIP' /tmp/results)
	planned=$(sed -n 's/^    1\.\.//p' /tmp/results | awk '{ n += $1 } END { print n + 0 }')
	if grep -q '^ *not ok' /tmp/results || [ "$planned" = 0 ] ||
		[ "$(grep -c '^    ok ' /tmp/results)" != "$planned" ] ||
		[ "$skips" -gt "${1:-$planned}" ]; then
		cat /tmp/results
		rc=1
	fi
	settled || rc=1
	return $rc
}

client_with()
{
	local rc=0
	load $1
	client || rc=1
	unload
	return $rc
}

# summaries N: at least N threads of dmatest have ended
summaries() { [ "$(dmesg | grep -c 'summary [0-9]* tests')" -ge "$1" ]; }

# summed WORD DISTANCE: sum of the numbers DISTANCE words after WORD in the summaries of
# /tmp/dmesg
summed()
{
	awk -v word="$1" -v distance="$2" '
		/summary [0-9]+ tests/ {
			for (i = 1; i <= NF; i++)
				if ($i == word)
					s += $(i + distance)
		}
		END { print s + 0 }' /tmp/dmesg
}

# start_dmatest PARAMETERS...: run=1 must be the last parameter
start_dmatest()
{
	dmesg -c > /dev/null
	modprobe dmatest device=simdma.0 timeout=60000 "$@" run=1
}

# run_dmatest THREADS PARAMETERS...: run dmatest on all channels of simdma.0 to its end. The
# only failures allowed are those of prep: dmatest does not wait for a free descriptor.
run_dmatest()
{
	local threads nr tests failed wanting rc=0
	nr=$(value $SIMDMA/simdma.0/config nr_chan)
	threads=$(($1 * nr))
	shift
	start_dmatest "$@" || return 1
	wait_for 300 summaries $threads || rc=1
	dmesg > /tmp/dmesg
	rmmod dmatest || rc=1
	tests=$(summed tests, -1)
	failed=$(summed tests, 1)
	wanting=$(grep -c "'prep error'" /tmp/dmesg)
	if [ "$failed" != "$wanting" ] || [ "$(sum ring_full)" != "$wanting" ] ||
		grep 'result #' /tmp/dmesg | grep -qv "'prep error'"; then
		grep dmatest /tmp/dmesg
		rc=1
	fi
	if [ "$tests" = 0 ] || [ "$(sum completed)" != $((tests - wanting)) ]; then
		echo "completed $(sum completed) of $tests"
		rc=1
	fi
	settled || rc=1
	return $rc
}

dmatest_with()
{
	local rc=0
	load nr_dev=1 $2
	run_dmatest $1 threads_per_chan=$1 iterations=$iterations || rc=1
	unload
	return $rc
}

# takes MS PARAMETERS: 20 copies of 10000 bytes take at least MS milliseconds. There is no
# upper limit, because the host may be busy.
takes()
{
	local begin end took rc=0
	load nr_dev=1 nr_chan=1 $2
	begin=$(cut -d' ' -f1 /proc/uptime | tr -d .)
	run_dmatest 1 threads_per_chan=1 iterations=20 transfer_size=10000 || rc=1
	end=$(cut -d' ' -f1 /proc/uptime | tr -d .)
	took=$(((end - begin) * 10))
	if [ $took -lt $1 ]; then
		echo "took $took ms"
		rc=1
	fi
	unload
	return $rc
}

# Parameters
echo "$bad_params" | grep . > /tmp/list
while IFS='|' read -r params words; do
	check "$params is rejected" refused "$params" "$words"
done < /tmp/list

defaults()
{
	[ "$(ls $SIMDMA | tr '\n' ' ')" = "simdma.0 simdma.1 " ] || return 1
	for want in "nr_chan 8" "depth 64" "max_segs 64" "max_seg_size 1048576" "align_shift 0" \
		"addr_bits 64" "boundary_bits 64" "ordered 1" "private 1" "mbps 0"; do
		grep -qx "$want" $SIMDMA/simdma.1/config || { echo "no $want"; return 1; }
	done
	[ "$(head -n 1 $SIMDMA/simdma.0/config)" = "# simdma config v1" ] &&
		[ "$(head -n 1 $SIMDMA/simdma.0/channels)" = "# simdma channels v1" ] &&
		[ "$(grep -c ^dma $SIMDMA/simdma.0/channels)" = 8 ]
}
nodes()
{
	for i in 0 1; do
		[ "$(value $SIMDMA/simdma.$i/config node)" = $i ] &&
			[ "$(cat /sys/bus/platform/devices/simdma.$i/numa_node)" = $i ] || return 1
	done
}
load
check "defaults" defaults
check "devices alternate between the nodes" nodes
check "the KUnit client with the defaults, no test skipped" client 0
unload

# Configurations
echo "$kunit_params" | grep . > /tmp/list
while read -r params; do
	check "the KUnit client with $params" client_with "$params"
done < /tmp/list
echo "$dmatest_params" | grep . > /tmp/list
while IFS='|' read -r threads params; do
	check "dmatest, $threads threads per channel, with $params" dmatest_with "$threads" "$params"
done < /tmp/list

# One thread only: dmatest never yields its CPU while it polls, and the worker needs another
polled()
{
	local rc=0
	load nr_dev=1 nr_chan=1
	run_dmatest 1 threads_per_chan=1 iterations=$iterations polled=1 || rc=1
	unload
	return $rc
}
check "dmatest, polled" polled

# The timing model
check "desc_ns: 20 copies of 50 ms" takes 1000 desc_ns=50000000
check "seg_ns: 20 copies of 50 ms" takes 1000 seg_ns=50000000
check "mbps: 20 copies of 10000 bytes at 10^6 bytes/s" takes 200 mbps=1

# Statistics
stats()
{
	local bytes
	run_dmatest 2 threads_per_chan=2 iterations=10 transfer_size=4096 || return 1
	bytes=$(sum bytes)
	[ "$bytes" = $((4 * 10 * 4096)) ] && [ "$(sum segments)" = 40 ] && [ "$(sum failed)" = 0 ] || {
		cat $SIMDMA/simdma.0/channels
		return 1
	}
}
reset_zeroes()
{
	echo 1 > $SIMDMA/simdma.0/reset || return 1
	awk '$1 ~ /^dma/ { for (i = 2; i <= NF; i++) s += $i } END { exit s != 0 }' \
		$SIMDMA/simdma.0/channels
}
load nr_dev=1 nr_chan=2
check "bytes and segments are counted" stats
check "reset clears all counters" reset_zeroes
unload

# A device in use
busy() { [ "$(sum completed simdma.0)" -gt "$1" ]; }
load nr_dev=2 nr_chan=4
start_dmatest threads_per_chan=2
check "dmatest runs" wait_for 60 busy 100
not_unloaded() { ! rmmod simdma 2> /dev/null && [ -e $SIMDMA/simdma.0 ]; }
check "the module in use cannot be removed" not_unloaded
echo simdma.0 > /sys/bus/platform/drivers/simdma/unbind
[ ! -e $SIMDMA/simdma.0 ]
result $? "a device in use can be unbound"
stopped()
{
	echo 0 > /sys/module/dmatest/parameters/run && rmmod dmatest
}
check "the client of an unbound device can release its channels" stopped
echo simdma.0 > /sys/bus/platform/drivers/simdma/bind
check "bound again, the device works" client
unload

cycle()
{
	local i=0 rc
	while [ $i -lt $cycles ]; do
		modprobe simdma nr_dev=$((i % 16 + 1)) nr_chan=$((16 - i % 16)) ordered=$((i % 2)) || return 1
		[ "$(ls $SIMDMA | wc -l)" = $((i % 16 + 1)) ] || return 1
		start_dmatest max_channels=4 iterations=3 || return 1
		# Stop dmatest while it runs, or after its first summary
		[ $((i % 2)) = 0 ] || wait_for 60 summaries 1 || return 1
		rmmod dmatest && settled && rmmod simdma || return 1
		i=$((i + 1))
	done
}
check "loaded and removed $cycles times" cycle
finish
