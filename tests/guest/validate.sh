#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# vm: TIMEOUT=600
# vm: DEBUG=0
#
# The conformance suite: rejected lines; an engine without faults passes every clause in
# several configurations.
. "${0%/*}/lib/ktap"

V=$DBG/validate
TRACE=/sys/kernel/tracing

# rejected line | expected text in the log
bad_lines="
|chan=NAME and clause=ID are required
chan=dma0chan0|chan=NAME and clause=ID are required
clause=copy.one|chan=NAME and clause=ID are required
chan= clause=copy.one|chan=: must have 1..31 characters
chan=dma0chan0 clause=copy|clause=copy: must be one of copy.one|copy.few
chan=dma0chan0 clause=copy.one seed=x|seed=x: must be in 0..4294967295
chan=dma0chan0 clause=copy.one cases=1000001|cases=1000001: must be in 0..1000000
chan=dma0chan0 clause=copy.one timeout_ms=9|timeout_ms=9: must be in 10..60000
chan=dma0chan0 clause=copy.one threads=0|threads=0: must be in 1..16
chan=dma0chan0 clause=copy.one depth=4097|depth=4097: must be in 1..4096
chan=dma0chan0 clause=copy.one max_bytes=65535|max_bytes=65535: must be in 65536..4194304
chan=dma0chan0 clause=copy.one unsafe=2|unsafe=2: must be in 0..1
chan=dma0chan0 clause=copy.one sead=1|unknown key 'sead', must be one of: chan clause
chan=dma99chan0 clause=copy.one|chan=dma99chan0: no such channel, or it is in use
"

# parameters of the engine | maximum number of skipped clauses per channel
engines='
nr_chan=2|5
nr_chan=2 ordered=0|7
nr_chan=2 depth=1 max_segs=1|9
nr_chan=1 memcpy_sg=0|10
nr_chan=2 align_shift=6 max_seg_size=4096 boundary_bits=12|4
'
more=
if slow_kernel; then
	more="--timeout-ms 20000 --cases 2"
	engines=$(echo "$engines" | head -n 3)
fi

count() { echo "$1" | grep -c .; }
plan $(($(count "$bad_lines") + $(count "$engines") + 8))

# refused LINE WORDS: LINE is rejected with WORDS in the log, and the last result is kept
refused()
{
	cat $V > /tmp/before
	dmesg -c > /dev/null
	! echo "$1" 2> /dev/null > $V || return 1
	dmesg | grep -qF "dcbm_sg: validate: $2" || { dmesg; return 1; }
	cmp -s /tmp/before $V
}

# validate ARGUMENTS...: no clause fails; prints the clauses that do
validate()
{
	dcbm validate --unsafe $more "$@" > /tmp/validate 2> /tmp/validate.err || {
		grep -v '^ *ok' /tmp/validate | tail -n 25
		cat /tmp/validate.err
		return 1
	}
}

# engine PARAMETERS SKIPS
engine()
{
	local rc=0 skips ran
	modprobe simdma nr_dev=1 $1 || return 1
	modprobe dcbm_sg || return 1
	validate || rc=1
	ran=$(grep -c '^ok .* dma0chan0 ' /tmp/validate)
	skips=$(grep -c '^ok .* dma0chan0 .*# SKIP' /tmp/validate)
	[ "$ran" = 44 ] && [ "$skips" -le "$2" ] || { grep SKIP /tmp/validate; echo "$ran ran"; rc=1; }
	unload_driver && return $rc
}

load_driver nr_dev=1 nr_chan=2
echo "$bad_lines" | tail -n +2 | grep . > /tmp/list
while IFS='|' read -r line words; do
	check "'$line' is rejected" refused "$line" "$words"
done < /tmp/list

# A channel in use
echo 1 > $PARM/offloading
check "a channel in use is rejected" refused "chan=dma0chan0 clause=copy.one" \
	"chan=dma0chan0: no such channel, or it is in use"
echo 0 > $PARM/offloading
echo "chan=dma0chan0 clause=copy.one cases=3" > $V && grep -qx "status pass" $V
result $? "a released channel is accepted"

# The descriptors of the suite are traced and counted
echo 1 > $DBG/reset
echo > $TRACE/trace
echo 1 > $TRACE/tracing_on
echo 1 > $TRACE/events/dcbm/enable
check "clauses run with tracing enabled" validate --chan dma0chan0 --clause copy,term,many
echo 0 > $TRACE/events/dcbm/enable
for event in submit complete; do
	equal "as many descriptors in debugfs as events: $event" \
		"$(awk '/^dma/ { n += $7 } END { print n }' $DBG/channels)" \
		"$(grep -c "dcbm_desc_$event:" $TRACE/trace)"
done
# 70001 is no multiple of a page, of a cache line, or of a thread's share
check "--max-bytes of an odd size" validate --chan dma0chan0 --max-bytes 70001 --threads 16 --cases 2

# The second channel hangs when it is terminated, and after it is acquired again
second_dead()
{
	echo "mode=term_wedges chan=1" > $SIMDMA/simdma.0/fault
	echo "chan=dma0chan1 clause=term.again timeout_ms=500" > $V
	echo "mode=realloc_dead chan=1" > $SIMDMA/simdma.0/fault
	echo "chan=dma0chan0 clause=many.channels timeout_ms=500" > $V
	grep -qx "why dma0chan1, the second channel, is dead" $V && grep -qx "status skip" $V || { cat $V; return 1; }
}
check "many.channels is skipped if the second channel is dead" second_dead
check "the modules unload" unload_driver

echo "$engines" | grep . > /tmp/list
while IFS='|' read -r params skips; do
	check "simdma $params passes every clause" engine "$params" "$skips"
done < /tmp/list
finish
