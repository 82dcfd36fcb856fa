#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# `dcbm top --once` with the real driver: batches between its two reads are in the interval,
# earlier batches are in the totals, and a reset is detected.
. "${0%/*}/lib/ktap"

plan 11
load_driver nr_dev=2 nr_chan=2
shown=/tmp/shown

# number OBJECT KEY: value of KEY in an object of the JSON output
number()
{
	awk -v object="\"$1\":" -v key="\"$2\":" '
		$1 == object { inside = 1 }
		inside && $1 == key { sub(/,$/, "", $2); print $2; exit }' $shown
}

# waits PID: dcbm top has read the statistics once and waits for the second read
waits() { grep -q poll /proc/$1/wchan; }

# look COMMAND: run dcbm top, with COMMAND between its two reads
look()
{
	local pid
	dcbm top --once --json --interval 5 > $shown &
	pid=$!
	wait_for 30 waits $pid || return 1
	eval "$1"
	wait $pid
}

echo "folios=512 repeat=2" > $DBG/trigger || bail "the trigger does not work"
check "batches between the two reads" look "echo folios=64 repeat=3 > $DBG/trigger"
equal "batches of the interval" 3 "$(number interval batches)"
equal "folios of the interval" 192 "$(number interval folios)"
equal "bytes by DMA" $((192 * 4096)) "$(number interval by_dma)"
equal "batches in total" 5 "$(number total batches)"
equal "descriptors in total" "$(awk '/^dma/ { n += $7 } END { print n }' $DBG/channels)" \
	"$(number total descriptors)"
equal "bytes in total" "$(value $DBG/batch_size bytes_sum)" "$(number total bytes)"

look "echo 1 > $DBG/reset"
grep -q '"reset": true' $shown
result $? "a reset is reported"

dcbm top --once --interval 0.1 > $shown
grep -q '^dma0chan0 ' $shown && grep -q '^FALLBACK ' $shown
result $? "text output"
check "without a terminal: status 3" sh -c 'dcbm top < /dev/null; [ $? = 3 ]'
unload_driver || bail "the modules do not unload"
check "without the driver: status 3" sh -c 'dcbm top --once; [ $? = 3 ]'
finish
