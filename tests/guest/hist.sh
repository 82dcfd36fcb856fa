#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The recipes of Documentation/histograms.rst, executed as documented: each is armed, sees
# batches of every kind, has the same counts as the files in debugfs, and is removed.
# vm: TIMEOUT=600
. "${0%/*}/lib/ktap"

lib=${0%/*}/lib
page=/docs/histograms.rst
names=${RECIPES:-$(awk -f $lib/recipe.awk $page)}
plan $(($(echo $names | wc -w) * 3 + 3))
cd /sys/kernel/tracing || bail "no tracefs"
tmp=/tmp/recipe
mkdir -p $tmp

# All kinds of batches: offloaded, with errors, too small; completions out of order
work()
{
	echo 1 > $DBG/reset
	echo "folios=512 repeat=3" > $DBG/trigger || return 1
	echo "folios=37 backend=memcpy chan=3" > $DBG/trigger || return 1
	echo 8 > $PARM/min_folios
	echo "folios=7 repeat=2" > $DBG/trigger
	echo 1 > $PARM/min_folios
	echo "mode=error nth=2 every=7" > $SIMDMA/simdma.0/fault
	echo "folios=256 repeat=2" > $DBG/trigger || return 1
	echo mode=none > $SIMDMA/simdma.0/fault
	[ "$(awk '/^dma/ { n += $12 } END { print n }' $DBG/channels)" != 0 ]
}

# Commands that arm the recipe, and commands that remove it, in reverse order
arms() { grep '^echo ' $tmp/lines; }
ends()
{
	arms | awk '{ line[NR] = $0 } END { while (NR) print line[NR--] }' |
		sed "s/echo 1 > /echo 0 > /; s/echo '/echo '!/; s/ > \(.*trigger\)/ >> \1/"
}

# sum FILE FIELD [KEY]: sum of FIELD in a histogram, over the rows that match KEY
sum()
{
	awk -v field=$2 -v match_key="${3-}" -f $lib/hist.awk $1 || echo failed
}

# same WHAT EXPECTED FOUND
same()
{
	[ "$2" = "$3" ] && return
	echo "$1: debugfs has $2, the histogram $3"
	return 1
}

# column FILE FIRST_WORD N: the sum of a column of debugfs
column() { awk -v first="$2" -v n=$3 '$1 ~ first { s += $n } END { printf "%.0f\n", s }' $DBG/$1; }

# channels FILE FIELD N: FIELD per channel equals column N, which is not all zero
channels()
{
	local chan dev
	[ "$(column channels ^dma $3)" != 0 ] || return 1
	awk '/^dma/ { print $1 }' $DBG/channels > $tmp/chans
	while read -r chan; do
		dev=${chan#dma}
		same "$chan $2" "$(column channels "^$chan\$" $3)" \
			"$(sum $1 $2 "dev_id: +${dev%chan*}, chan_id: +${dev#*chan}[, ]")" || return 1
	done < $tmp/chans
}

h=events/dcbm
compare_sizes()
{
	local outcome
	for outcome in 0 1 2; do
		same "outcome $outcome" "$(column batch_size folios$ $((outcome + 4)))" \
			"$(sum $h/dcbm_batch_end/hist hitcount "outcome: +$outcome,")" || return 1
	done
	same folios "$(value $DBG/batch_size folios_sum)" "$(sum $h/dcbm_batch_end/hist folios)" &&
	same bytes "$(value $DBG/batch_size bytes_sum)" "$(sum $h/dcbm_batch_end/hist bytes)"
}

compare_who()
{
	same bytes "$(value $DBG/batch_size bytes_sum)" "$(sum $h/dcbm_batch_end/hist bytes "sh ")" &&
	same bytes_dma "$(column channels ^dma 9)" "$(sum $h/dcbm_batch_end/hist bytes_dma "sh ")"
}

compare_batch()
{
	# The histogram has only the offloaded batches, so its time is less than that of all
	same batches "$(column batch_size folios$ 4)" "$(sum $h/dcbm_batch_end/hist hitcount)" &&
	[ "$(sum $h/dcbm_batch_end/hist ns)" -lt "$(value $DBG/batch_latency sum)" ]
}

compare_phases()
{
	local phase all=0
	for phase in plan map prep submit wait unmap; do
		all=$((all + $(sum $h/dcbm_batch_phases/hist ${phase}_ns)))
	done
	same ns "$(value $DBG/batch_latency sum)" $all
}

compare_fallbacks()
{
	local reason n=0
	[ "$(column fallbacks "^[a-z]" 3)" != 0 ] || return 1
	awk '/^[a-z]/ { print $1 }' $DBG/fallbacks > $tmp/reasons
	while read -r reason; do
		grep -q "[ |]$n $reason\>" $page || { echo "$n is not $reason on the page"; return 1; }
		same "$reason: folios" "$(column fallbacks "^$reason\$" 3)" \
			"$(sum $h/dcbm_fallback/hist folios "reason: +$n ")" &&
		same "$reason: bytes" "$(column fallbacks "^$reason\$" 4)" \
			"$(sum $h/dcbm_fallback/hist bytes "reason: +$n ")" || return 1
		n=$((n + 1))
	done < $tmp/reasons
}

compare_bytes() { channels $h/dcbm_desc_complete/hist bytes 9; }

compare_results()
{
	channels $h/dcbm_desc_complete/hist busy_ns 11 &&
	same errors "$(column channels ^dma 12)" \
		"$(sum $h/dcbm_desc_complete/hist hitcount "result: +[1-47] ")"
}

compare_inflight()
{
	channels $h/dcbm_desc_submit/hist hitcount 7 &&
	same "most in flight" "$(awk '/^dma/ && $14 > m { m = $14 } END { print m }' $DBG/channels)" \
		"$(awk '/^\{/ { split($0, w, "inflight: +"); if (w[2] + 0 > m) m = w[2] + 0 } END { print m }' \
		   $h/dcbm_desc_submit/hist)"
}

compare_driver_latency()
{
	same count "$(value $DBG/desc_latency count)" "$(sum $h/dcbm_desc_complete/hist hitcount)" &&
	same ns "$(value $DBG/desc_latency sum)" "$(sum $h/dcbm_desc_complete/hist ns)"
}

compare_latency()
{
	channels events/synthetic/dcbm_latency/hist hitcount 7 &&
	[ "$(sum events/synthetic/dcbm_latency/hist us)" -gt 0 ]
}

# Expected number from the trace of the run
compare_overtaken()
{
	local all in_order recorded
	recorded=$(sed -n 's/.*dcbm_desc_complete: .* desc=\([0-9]*\) chan=\([^ ]*\) .*/\2 \1/p' trace |
		awk '{ d = $2 + 0; if (d < most[$1] + 0) n++; else most[$1] = d } END { print n + 0 }')
	all=$(sum $h/dcbm_desc_complete/hist hitcount)
	in_order=$(sum events/synthetic/dcbm_in_order/hist hitcount)
	[ "$recorded" != 0 ] || { echo "no descriptor was overtaken"; return 1; }
	same descriptors "$(column channels ^dma 7)" $all &&
	same overtaken $recorded $((all - in_order))
}

# The CPU that completes the failed descriptor records nothing after that. Until tracing
# is off everywhere, other CPUs may.
compare_stop()
{
	same tracing_on 0 "$(cat tracing_on)" &&
	awk '
	!match($0, /\[[0-9]+\]/) { next }
	{ cpu = substr($0, RSTART, RLENGTH) }
	failed == "" && /dcbm_desc_complete: .* result=(read|write)_failed/ { failed = cpu; next }
	cpu == failed { print "recorded after the failure: " $0; bad = 1 }
	END { exit failed == "" || bad }' trace
}

# recipe NAME: extract the recipe, and the commands that arm and remove it
recipe()
{
	awk -v name=$1 -f $lib/recipe.awk $page > $tmp/lines
	arms > $tmp/arm
	ends > $tmp/end
}

load_driver nr_dev=2 nr_chan=4 depth=8 ordered=0
# Held channels: descriptor ids are only unique as long as a channel is held
echo syscall_or_cpuset > $PARM/reason_mask
echo 1 > $PARM/offloading
echo 1 > tracing_on
# mono orders the events of all CPUs
echo mono > trace_clock
check "the page has recipes" [ -n "$names" ]
for name in $names; do
	recipe $name
	event=$(sed -n 's|.*> events/dcbm/\([a-z_]*\)/trigger$|\1|p' $tmp/lines | head -n 1)
	if [ ! -e $h/$event/trigger ]; then
		for text in "can be armed" "agrees with debugfs" "can be removed"; do
			skip "$name: $text" "the driver has no event $event"
		done
		continue
	fi
	echo > trace
	[ $name != overtaken ] || echo 1 > $h/dcbm_desc_complete/enable
	check "$name: can be armed" sh -e $tmp/arm
	work > $tmp/out 2>&1 || echo "# the work failed: $(cat $tmp/out)"
	echo 0 > $h/enable
	check "$name: agrees with debugfs" compare_$name
	check "$name: can be removed" sh -e $tmp/end
	echo 1 > tracing_on
done
left=$(cat events/dcbm/*/trigger events/synthetic/*/trigger synthetic_events 2> /dev/null | grep -v '^#')
equal "no trigger and no synthetic event is left" "" "$left"

# The comparison must detect a difference: a recipe armed after the batches has no counts
recipe sizes
work > /dev/null 2>&1
sh -e $tmp/arm
late=0
compare_sizes > /dev/null || late=1
result $((! late)) "a recipe armed after the batches does not agree"
sh -e $tmp/end
echo 0 > $PARM/offloading
unload_driver || bail "the modules do not unload"
finish
