#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Parameters and keys: a value that is not allowed is rejected with -EINVAL and a line in
# the log that names the allowed values, and the old value is kept.
# vm: DEBUG=quick
. "${0%/*}/lib/ktap"

# parameter | rejected value | expected text in the log
bad_params='
offloading|2|must be in 0..1
offloading||must be in 0..1
offloading|tomorrow|must be in 0..1
nr_dma_chan|0|must be in 1..16
nr_dma_chan|17|must be in 1..16
nr_dma_chan|-1|must be in 1..16
nr_dma_chan|x|must be in 1..16
reason_mask|nonsense|must be a list of reasons
reason_mask|memory_failure|must be a list of reasons
reason_mask|0xffff|must be a list of reasons
backend|dma|must be one of auto
completion|sleep|must be one of irq
min_folios|0|must be in 1..65536
max_sg|0|must be in 1..256
max_sg|257|must be in 1..256
acquire|stolen|must be one of exclusive
timeout_ms|9|must be in 10..60000
timeout_ms|60001|must be in 10..60000
'
good_params='
nr_dma_chan|3|3
reason_mask|none|none
reason_mask|demotion,syscall_or_cpuset|syscall_or_cpuset,demotion
reason_mask|0x1|compaction
reason_mask|all|compaction,memory_hotplug,syscall_or_cpuset,mempolicy_mbind,numa_misplaced,contig_range,longterm_pin,demotion,damon
backend|memcpy|memcpy
backend|auto|auto
completion|hybrid|hybrid
completion|poll|poll
completion|irq|irq
min_folios|7|7
min_folios|1|1
max_sg|256|256
chan_filter|simdma.1,dma0|simdma.1,dma0
chan_filter||
timeout_ms|10000|10000
'
bad_specs='
folios=0|folios=0: must be in 1..65536
order=11|order=11: must be in 0..10
src=5|src=5: must be a node with memory: 0-1
dst=1000|dst=1000: must be in 0..
chan=17|must be in 1..16
backend=cpu|must be one of auto|memcpy_sg|memcpy
repeat=0|must be in 1..1000000
foo=1|unknown key
folios|must be in 1..65536
'

count() { echo "$1" | grep -c '|'; }
plan $(($(count "$bad_params") + $(count "$good_params") + $(count "$bad_specs") + 5))

# refused FILE TEXT WORDS: writing TEXT fails with -EINVAL, and WORDS are in the log
refused()
{
	dmesg -c > /dev/null
	if echo "$2" > "$1" 2> /tmp/err; then
		echo "accepted"
		return 1
	fi
	grep -q "Invalid argument" /tmp/err || { cat /tmp/err; return 1; }
	dmesg | grep -qF "$3" || { dmesg; return 1; }
}

refused_param()
{
	local before after
	before=$(cat $PARM/$1)
	refused $PARM/$1 "$2" "$1: " && dmesg | grep -qF "$3" || { dmesg; return 1; }
	after=$(cat $PARM/$1)
	[ "$before" = "$after" ] || { echo "was '$before', is '$after'"; return 1; }
}

accepted_param()
{
	echo "$2" > $PARM/$1 || return 1
	[ "$(cat $PARM/$1)" = "$3" ] || { cat $PARM/$1; return 1; }
}

load_driver nr_dev=2 nr_chan=2
fire "folios=3 seed=77" || bail "the trigger does not work"
cat $DBG/trigger > /tmp/trigger.before

echo "$bad_params" | grep '|' > /tmp/list
while IFS='|' read -r name text words; do
	check "$name='$text' is rejected" refused_param "$name" "$text" "$words"
done < /tmp/list
echo "$good_params" | grep '|' > /tmp/list
while IFS='|' read -r name text shown; do
	check "$name='$text' is accepted" accepted_param "$name" "$text" "$shown"
done < /tmp/list
echo "$bad_specs" | grep '|' > /tmp/list
while IFS='|' read -r text words; do
	check "trigger: $text is rejected" refused $DBG/trigger "$text" "$words"
done < /tmp/list
check "trigger: a rejected line keeps the last result" cmp /tmp/trigger.before $DBG/trigger

# A line that is too long; a filter without a match; more channels than exist
long=$(printf 'folios=1 %0300d' 0)
check "trigger: a line of 300 characters is rejected" refused $DBG/trigger "$long" "must have at most"
no_channel()
{
	echo nosuch > $PARM/chan_filter
	if echo 1 > $PARM/offloading 2> /tmp/err; then
		echo 0 > $PARM/offloading
		return 1
	fi
	echo > $PARM/chan_filter
	grep -q "No such device" /tmp/err && [ "$(cat $PARM/offloading)" = 0 ]
}
check "offloading=1 without a channel: ENODEV, and offloading stays 0" no_channel
echo 16 > $PARM/nr_dma_chan
too_many()
{
	! echo chan=5 > $DBG/trigger 2> /tmp/err && grep -q "No such device" /tmp/err
}
check "trigger: more channels than exist: ENODEV" too_many
keeps_channels()
{
	local rc=0
	echo 1 > $PARM/offloading || return 1
	echo nosuch > $PARM/chan_filter && rc=1
	[ "$(value $DBG/channels channels)" = 4 ] && [ -z "$(cat $PARM/chan_filter)" ] || rc=1
	echo 0 > $PARM/offloading
	return $rc
}
check "chan_filter without a match: the held channels are kept" keeps_channels
unload_driver || bail "the modules do not unload"
finish
