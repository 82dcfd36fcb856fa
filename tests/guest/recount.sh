#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Every number in debugfs equals the number recomputed from a recording of the same run:
# test batches, migrations by two threads, and fallbacks.
. "${0%/*}/lib/ktap"

plan 6
lib=${0%/*}/lib
load_driver nr_dev=2 nr_chan=4 depth=8 ordered=0
# Without compaction and NUMA balancing, whose batches could start before the recording
echo syscall_or_cpuset > $PARM/reason_mask
echo 1 > $PARM/offloading
trace=/tmp/recount.dat

work()
{
	for spec in "folios=512 repeat=5" "folios=1 order=9 repeat=3" \
		"folios=37 backend=memcpy chan=3" "folios=2 order=3"; do
		echo "$spec" > $DBG/trigger || return 1
	done
	dcbm migrate --self 32M --kind anon,shmem --pingpong 4 --threads 2 > /dev/null || return 1
	# Batches below min_folios are left to the CPU
	echo 8 > $PARM/min_folios
	echo "folios=7 repeat=3" > $DBG/trigger || return 1
	echo 1 > $PARM/min_folios
}

echo 1 > $DBG/reset
trace-cmd start -b 16384 -e dcbm > /dev/null || bail "trace-cmd start"
check "record batches, migrations and fallbacks" work
trace-cmd stop
trace-cmd extract -o $trace > /dev/null 2>&1 || bail "trace-cmd extract"
cat $DBG/batch_size $DBG/batch_latency $DBG/desc_latency $DBG/desc_segments \
	$DBG/channels $DBG/fallbacks | awk -f $lib/flatten.awk | sort > /tmp/debugfs

trace-cmd report $trace 2> /dev/null > /tmp/report
check "the recording is complete and consistent" awk -f $lib/recount.awk /tmp/report
awk -f $lib/recount.awk /tmp/report | sort > /tmp/recounted
[ -s /tmp/recounted ] && cp /tmp/recounted /tmp/debugfs $trace /out/ 2> /dev/null
check "batch_size, latencies, segments, channels and fallbacks agree" \
	diff -u /tmp/debugfs /tmp/recounted
# Empty files would agree as well
has() { grep -c "$1" /tmp/debugfs; }
[ "$(has '^channels ')" = 8 ] && [ "$(has '^fallbacks small 3 21 ')" = 1 ]
result $? "the files have eight channels and three small batches"

# No phase is 0: the driver waits for the slow engine, and all other phases take time, too
phases()
{
	awk '/ dcbm_batch_phases:/ {
		for (i = 1; i <= NF; i++)
			if (split($i, part, "=") == 2 && part[1] ~ /_ns$/)
				sum[part[1]] += part[2]
	}
	END {
		for (name in sum) {
			n++
			bad += sum[name] == 0
			print name, sum[name]
		}
		exit bad || n != 6
	}' /tmp/report
}
check "every phase of a batch takes time" phases

# The comparison must detect a single missing event
grep -m 1 -n dcbm_desc_complete: /tmp/report | cut -d: -f1 > /tmp/line
sed "$(cat /tmp/line)d" /tmp/report | awk -f $lib/recount.awk 2> /dev/null | sort > /tmp/less
! cmp -s /tmp/debugfs /tmp/less
result $? "a missing event is detected"

echo 0 > $PARM/offloading
unload_driver || bail "the modules do not unload"
finish
