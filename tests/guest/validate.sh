#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# vm: TIMEOUT=600
# vm: DEBUG=0
#
# The conformance suite: what it refuses, and that an engine without faults keeps every
# clause, however it is made.
. "${0%/*}/lib/ktap"

V=$DBG/validate
TRACE=/sys/kernel/tracing

# lines, and what the log says
bad_lines="
|chan=NAME and clause=ID are needed
chan=dma0chan0|chan=NAME and clause=ID are needed
clause=copy.one|chan=NAME and clause=ID are needed
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
chan=dma99chan0 clause=copy.one|chan=dma99chan0: no such channel, or somebody has it
"

# an engine, and how many skips of a channel are right with it
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

# refused LINE WORDS: and the last result stays
refused()
{
	cat $V > /tmp/before
	dmesg -c > /dev/null
	! echo "$1" 2> /dev/null > $V || return 1
	dmesg | grep -qF "dcbm_sg: validate: $2" || { dmesg; return 1; }
	cmp -s /tmp/before $V
}

# validate ARGUMENTS...: nothing fails; what does is shown
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
	check "'$line' is refused" refused "$line" "$words"
done < /tmp/list

# A channel that is held
echo 1 > $PARM/offloading
check "a channel that is in use is refused" refused "chan=dma0chan0 clause=copy.one" \
	"chan=dma0chan0: no such channel, or somebody has it"
echo 0 > $PARM/offloading
echo "chan=dma0chan0 clause=copy.one cases=3" > $V && grep -qx "status pass" $V
result $? "let go, it is tried"

# As all else, what it does is traced and counted
echo 1 > $DBG/reset
echo > $TRACE/trace
echo 1 > $TRACE/tracing_on
echo 1 > $TRACE/events/dcbm/enable
check "clauses are traced" validate --chan dma0chan0 --clause copy,term,many
echo 0 > $TRACE/events/dcbm/enable
for event in submit complete; do
	equal "what is counted is what was traced: $event" \
		"$(awk '/^dma/ { n += $7 } END { print n }' $DBG/channels)" \
		"$(grep -c "dcbm_desc_$event:" $TRACE/trace)"
done
# No multiple of a page, a cache line, or what a thread submits
check "memory of an odd size will do" validate --chan dma0chan0 --max-bytes 70001 --threads 16 --cases 2

# The second channel wedges when it is terminated, and again when it is acquired anew
second_dead()
{
	echo "mode=term_wedges chan=1" > $SIMDMA/simdma.0/fault
	echo "chan=dma0chan1 clause=term.again timeout_ms=500" > $V
	echo "mode=realloc_dead chan=1" > $SIMDMA/simdma.0/fault
	echo "chan=dma0chan0 clause=many.channels timeout_ms=500" > $V
	grep -qx "why dma0chan1, the second channel, is dead" $V && grep -qx "status skip" $V || { cat $V; return 1; }
}
check "a second channel that is dead is left alone" second_dead
check "the modules unload" unload_driver

echo "$engines" | grep . > /tmp/list
while IFS='|' read -r params skips; do
	check "simdma $params keeps every clause" engine "$params" "$skips"
done < /tmp/list
finish
