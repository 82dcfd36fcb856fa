#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Fault injection of the software engine: lines that the file accepts and rejects; every
# mode hits and can be ended; a fault of kind "shown" never corrupts a migration, a fault of
# kind "silent" is detected by comparing the bytes.
#
# The last mode leaves a channel in quarantine.
# vm: ALONE=1
# vm: DEBUG=0
# vm: TIMEOUT=600
. "${0%/*}/lib/ktap"

FAULT=$SIMDMA/simdma.0/fault

# rejected line | expected text in the log
bad_lines='
|mode=: must be one of none|flip|skip_seg
nth=1|mode=: must be one of none
mode=|mode=: must be one of none
mode=rust|mode=rust: must be one of none|flip
flip|unknown key '\''flip'\'', must be one of: mode nth every prob arg chan
mode=flip when=now|unknown key '\''when'\''
mode=flip nth=0|nth=0: must be in 1..1000000
mode=flip nth=1000001|nth=1000001: must be in 1..1000000
mode=flip nth=often|nth=often: must be in 1..1000000
mode=flip every=-1|every=-1: must be in 0..1000000
mode=flip every=1000001|every=1000001: must be in 0..1000000
mode=flip prob=1001|prob=1001: must be in 0..1000
mode=flip arg=1000000001|arg=1000000001: must be in 0..1000000000
mode=flip arg=|arg=: must be in 0..1000000000
mode=flip chan=16|chan=16: must be in -1..15
'

# accepted line | how reading the file shows it
good_lines='
mode=flip|flip nth=1 every=1 prob=0 arg=1 chan=-1
mode=lose nth=3 every=5|lose nth=3 every=5 prob=0 arg=0 chan=-1
arg=0x20 mode=slow|slow nth=1 every=1 prob=0 arg=32 chan=-1
mode=early prob=1000 chan=15|early nth=1 every=1 prob=1000 arg=20 chan=15
mode=none|none nth=1 every=1 prob=0 arg=0 chan=-1
'

# Silent modes that a batch can trigger: mode and keys | batch | are wrong bytes found?
# wrap4g: the memory of the second node is above 4 GiB
# wrong_cookie: a batch waits for all its descriptors, so a wrong cookie has no effect
silent='
flip nth=3 every=5|folios=128|yes
skip_seg nth=3 every=5|folios=128|yes
swap_segs nth=3 every=5|folios=128|yes
short_last nth=3 every=5|folios=128|yes
list_cut nth=3 every=5 arg=4|folios=128|yes
overrun_page|folios=1 order=9|yes
write_src nth=3 every=5|folios=128|yes
wrap4g nth=3 every=5|folios=128 src=1 dst=0|yes
seg_limit nth=3 every=5|folios=128|yes
seg_boundary nth=3 every=5|folios=128|yes
stale|folios=120 repeat=4|yes
chan_mixup|folios=128 repeat=4|yes
error_as_success nth=3 every=5|folios=128|yes
early nth=3 every=5 arg=200|folios=128|yes
wrong_cookie nth=3 every=5|folios=128 repeat=4|no
'

# Shown modes that a batch can trigger: mode and keys | reason of the fallbacks
shown='
lose nth=3 every=5|timeout
lose_all nth=3 every=5|timeout
double nth=3 every=5|
residue nth=3 every=5|residue
success_as_error nth=3 every=5|engine
error nth=3 every=5 arg=5000|engine
read_error nth=3 every=5|engine
abort nth=3 every=5|engine
odd_result nth=3 every=5|engine
error_drops nth=3 every=5|engine
eager nth=3 every=5|
second_issue nth=3 every=5|
cb_context nth=3 every=5|
cb_locked nth=3 every=5|
realloc_dead|timeout
ring_leak|prep
late_free nth=3 every=5|
stale_callback nth=3 every=5|
null_early nth=3 every=5|
null_early|prep
prep_sleeps nth=3 every=5|
submit_fails nth=3 every=5|submit
bad_cookie nth=3 every=5|
reorder nth=3 every=5|
stuck nth=3 every=5|timeout
stuck_recovers nth=3 every=5|timeout
slow nth=3 every=5|
status_lies nth=3 every=5|
status_residue nth=3 every=5|
'

# Modes of a termination: a descriptor has to hang first. term_fails is the last check.
# cb_after_term: the callback is delayed by the timeout of a descriptor, so that the
# descriptor is in use again. Before the driver has ended the old use, which takes an RCU
# grace period, the driver cannot distinguish the late callback from a regular one.
terminations='
cb_after_term
write_after_term
term_ignored
term_wedges
'

# Modes that no batch can trigger: the driver copies whole pages in paired lists of equal
# totals from separate sources, sets DMA_PREP_INTERRUPT and DMA_CTRL_ACK, uses no fences, and
# reads no status after the callback. The KUnit client covers them: mode | test that fails
client='
tail_lost|simdma_client.part_of_a_page_is_copied
misalign|simdma_client.part_of_a_page_is_copied
overrun_byte|simdma_client.part_of_a_page_is_copied
overlap|simdma_errors.sources_may_overlap
mispair|simdma_errors.uneven_lists_are_streams
fence_ignored|simdma_client.order_is_as_declared
no_interrupt_hangs|simdma_client.no_callback_without_interrupt
ack_ignored|simdma_client.descriptor_waits_for_its_ack
stale_flags|simdma_client.nothing_is_left_in_a_descriptor
takes_uneven_totals|simdma_errors.invalid_lists_are_refused
takes_empty|simdma_errors.invalid_lists_are_refused
takes_zero|simdma_client.invalid_is_refused
status_stuck|simdma_client.copies_all
'

# Modes whose effect remains after mode=none until the channel is acquired again
lasting="realloc_dead ring_leak term_wedges term_ignored"

# Each hanging descriptor costs one timeout, so the debug kernel, with its longer timeout,
# migrates less memory
timeout=200 size=16M bound=60
! slow_kernel || timeout=2000 size=2M bound=300

count() { echo "$1" | grep -c .; }
# list LIST: its lines, in /tmp/list
list() { echo "$1" | grep . > /tmp/list; }
# modes < LIST: the first word of each line
modes() { sed 's/[| ].*//'; }

plan $(($(count "$bad_lines") + $(count "$good_lines") + 2 * $(count "$silent") + \
	3 * $(count "$shown") + 2 * $(count "$terminations") + 2 * $(count "$client") + 13))

load()
{
	# A short ring of short lists, so that a batch has many descriptors; every page has the
	# maximum segment size and ends at a boundary; several descriptors are in flight.
	modprobe simdma nr_dev=1 nr_chan=2 depth=8 max_seg_size=4096 boundary_bits=12 \
		desc_ns=200000 || bail "modprobe simdma"
	modprobe dcbm_sg max_sg=8 timeout_ms=$timeout offloading=1 || bail "modprobe dcbm_sg"
}

reacquire() { echo 0 > $PARM/offloading && echo 1 > $PARM/offloading; }
probed() { ! grep -q ' probing ' $DBG/channels; }
hit() { [ "$(value $FAULT hits)" -gt 0 ]; }

refused()
{
	local before
	before=$(value_line)
	dmesg -c > /dev/null
	! echo "$1" > $FAULT || { echo "accepted"; return 1; }
	dmesg | grep -qF "simdma simdma.0: fault: $2" || { dmesg; return 1; }
	[ "$(value_line)" = "$before" ] || { value_line; return 1; }
}
value_line() { tail -n 3 $FAULT | tr '\n' ' '; }

taken()
{
	echo "$1" > $FAULT || return 1
	[ "$(value_line)" = "mode $2 seen 0 hits 0 " ] || { value_line; return 1; }
}

# set_fault MODE [KEY...]: arm the fault, and acquire the channels again if MODE needs this
set_fault()
{
	echo "mode=$*" > $FAULT || return 1
	[ "$1" != realloc_dead ] || reacquire
}

# struck: the armed fault has hit
struck() { hit || { value_line; return 1; }; }

# healed MODE: after the end of the fault a batch is correct and copied by DMA completely
healed()
{
	echo mode=none > $FAULT || return 1
	wait_for 10 probed || return 1
	case " $lasting " in
	*" $1 "*) reacquire || return 1 ;;
	*) all_in_state ready || reacquire || return 1 ;;
	esac
	all_in_state ready && fire folios=64 && [ "$(value $FAULT seen)" = 0 ] || {
		cat $DBG/channels
		return 1
	}
}

# finds SPEC yes|no: the batch has wrong bytes, or has none
finds()
{
	echo "$1" > $DBG/trigger 2> /dev/null
	case $2-$(value $DBG/trigger status)-$(value $DBG/trigger mismatches) in
	yes-failed-0) false ;;
	yes-failed-*|no-ok-0) struck ;;
	*) false ;;
	esac || { cat $DBG/trigger; return 1; }
}

# survives REASON: a batch is correct, with fallbacks for REASON, or none if it is empty
survives()
{
	[ "$(fired "folios=128 repeat=4" status mismatches)" = "ok 0" ] && struck || {
		cat $DBG/trigger
		return 1
	}
	if [ -n "$1" ]; then
		[ "$(left "$1")" -gt 0 ]
	else
		[ "$(value $DBG/trigger fell_back)" = 0 ]
	fi || { cat $DBG/trigger; return 1; }
}

# migrates REASON: as survives, for migrations
migrates()
{
	local rc=0
	timeout $bound dcbm migrate --self $size --kind anon --pingpong 2 --verify || rc=$?
	struck || rc=1
	[ -z "$1" ] || awk -v re="$1" '$1 ~ re && $3 > 0 { n++ } END { exit !n }' $DBG/fallbacks || {
		cat $DBG/fallbacks
		rc=1
	}
	return $rc
}

# terminated MODE: the engine hangs during a batch and is terminated with MODE armed
terminated()
{
	local rc=0
	echo $((5 * timeout)) > $PARM/timeout_ms
	set_fault stuck || return 1
	echo "folios=64" > $DBG/trigger &
	wait_for 10 hit && set_fault $1 $([ $1 != cb_after_term ] || echo arg=$((5 * timeout))) || rc=1
	wait $! || rc=1
	echo $timeout > $PARM/timeout_ms
	[ "$(value $DBG/trigger status)" = ok ] && [ "$(left 'timeout|aborted')" -gt 0 ] || {
		cat $DBG/trigger
		rc=1
	}
	wait_for 10 probed && struck || rc=1
	return $rc
}

# told_apart: late callbacks of terminated descriptors do not complete a later batch that
# uses the same descriptors
told_apart()
{
	local rc=0
	dmesg -c > /dev/null
	echo $((5 * timeout)) > $PARM/timeout_ms
	set_fault stuck || return 1
	echo "folios=64" > $DBG/trigger &
	wait_for 20 late_callback || { echo "no late callback in the log"; rc=1; }
	echo mode=none > $FAULT
	wait $! || rc=1
	echo $timeout > $PARM/timeout_ms
	[ "$(value $DBG/trigger status)" = ok ] || { cat $DBG/trigger; rc=1; }
	return $rc
}
late_callback() { dmesg | grep -q "callback for a descriptor that has ended"; }

# client_result TEST ok|"not ok": run only TEST of the KUnit client and compare its result
client_result()
{
	printf %s "$1" > /sys/module/kunit/parameters/filter_glob
	modprobe simdma_kunit || return 1
	cat /sys/kernel/debug/kunit/${1%.*}/results > /tmp/results
	rmmod simdma_kunit
	! grep -q '# SKIP' /tmp/results && grep -q "^    $2 .* ${1#*.}\$" /tmp/results || {
		cat /tmp/results
		return 1
	}
}
fails_client() { client_result "$1" "not ok" && struck; }
passes_client() { echo mode=none > $FAULT && client_result "$1" ok; }

load

# The file fault
titles()
{
	[ "$(head -n 1 $FAULT)" = "# simdma fault v1" ] &&
		[ "$(value_line)" = "mode none nth=1 every=1 prob=0 arg=0 chan=-1 seen 0 hits 0 " ]
}
well_formed()
{
	! grep -vE '^#|^fault [a-z0-9_]+ (silent|shown) [0-9]+ [^ ]|^mode [a-z0-9_]+( [a-z]+=-?[0-9]+){5}$|^(seen|hits) [0-9]+$' \
		$FAULT
}
# Every mode is in exactly one of the lists above, in that of its kind
all_here()
{
	{ echo "$silent" | modes; echo "$shown" | modes | uniq; echo "$terminations" | modes; echo "$client" | modes
		echo term_fails; } | grep . | sort > /tmp/here
	awk '$1 == "fault" { print $2 }' $FAULT | sort | diff - /tmp/here || return 1
	for kind in silent shown; do
		awk -v kind=$kind '$1 == "fault" && $3 != kind { print $2 }' $FAULT > /tmp/others
		case $kind in
		silent) echo "$silent" ;;
		shown) echo "$shown" ;;
		esac | modes | grep . | grep -xFf /tmp/others && return 1
	done
	return 0
}
check "no fault is armed by default" titles
check "every line of the file is well-formed" well_formed
check "every mode is tested by this case" all_here

echo "mode=residue nth=1000 arg=3" > $FAULT
echo "$bad_lines" | sed 1d | grep '|' > /tmp/list
while IFS='|' read -r line words; do
	check "'$line' is rejected" refused "$line" "$words"
done < /tmp/list
check "a line of more than 255 characters is rejected" refused "mode=flip $(printf '%256s' '')" "line must have at most 255 characters"
list "$good_lines"
while IFS='|' read -r line shows; do
	check "'$line' is accepted" taken "$line" "$shows"
done < /tmp/list

# Which descriptors are hit
nth()
{
	set_fault error nth=3 every=0 && echo "folios=128" > $DBG/trigger || return 1
	[ "$(value_line)" = "mode error nth=3 every=0 prob=0 arg=0 chan=-1 seen 16 hits 1 " ] &&
		[ "$(left engine)" = 8 ] || { value_line; return 1; }
}
one_channel()
{
	set_fault error chan=1 && echo "folios=128" > $DBG/trigger || return 1
	[ "$(value $FAULT seen)" = 8 ] && [ "$(value $FAULT hits)" = 8 ] && [ "$(left engine)" = 64 ] &&
		[ "$(awk '$1 ~ /chan1$/ { print $NF }' $SIMDMA/simdma.0/channels)" = 0 ] || { value_line; return 1; }
}
# The same descriptors each time
by_chance()
{
	local first
	set_fault error prob=300 && echo "folios=512" > $DBG/trigger || return 1
	first=$(value $FAULT hits)
	[ $first -gt 5 ] && [ $first -lt 40 ] || { value_line; return 1; }
	set_fault error prob=300 && echo "folios=512" > $DBG/trigger || return 1
	[ "$(value $FAULT hits)" = $first ] || { value_line; return 1; }
}
check "nth with every=0 hits once" nth
check "chan=1 does not hit the other channel" one_channel
check "prob hits at random, and the same with the same seed" by_chance
echo mode=none > $FAULT

# Faults change while memory is migrated
changed()
{
	local mode rc=0
	timeout $bound dcbm migrate --self $size --kind anon --pingpong 4 --verify > /tmp/migrate &
	while kill -0 $! 2> /dev/null; do
		for mode in error residue reorder slow double eager null_early none; do
			echo "mode=$mode prob=100" > $FAULT || rc=1
			cat $FAULT > /dev/null || rc=1
		done
	done
	wait $! || { cat /tmp/migrate; rc=1; }
	return $rc
}
check "faults change during migrations: no write is lost" changed
check "afterwards all channels work" healed none

# Silent ones
list "$silent"
while IFS='|' read -r fault spec wrong; do
	set_fault $fault
	check "$fault: hits; wrong bytes found: $wrong" finds "$spec" $wrong
	check "$fault: can be ended" healed ${fault%% *}
done < /tmp/list

# Shown ones
list "$shown"
while IFS='|' read -r fault reason; do
	# Only polling reads the status
	case $fault in
	status*) echo poll > $PARM/completion ;;
	esac
	set_fault $fault
	check "$fault: a batch is correct; fallbacks: ${reason:-none}" survives "$reason"
	healed ${fault%% *} > /dev/null
	echo 1 > $DBG/reset
	set_fault $fault
	check "$fault: migrations: no write is lost" migrates "$reason"
	echo irq > $PARM/completion
	check "$fault: can be ended" healed ${fault%% *}
done < /tmp/list

# A descriptor that becomes free slightly after its callback must not shorten the lists:
# 512 folios are 64 lists of 8
lists_stay_long()
{
	local descs
	set_fault late_free arg=5000 && echo 1 > $DBG/reset && fire folios=512 && struck || return 1
	descs=$(awk '/^dma/ { n += $7 } END { print n }' $DBG/channels)
	[ "$descs" = 64 ] || { echo "$descs descriptors"; return 1; }
}
check "late_free: the lists keep their length" lists_stay_long
healed late_free > /dev/null

list "$terminations"
while read -r mode; do
	check "$mode: hits, and the batch is correct" terminated $mode
	[ $mode != cb_after_term ] || check "$mode: completes no later use of the descriptor" told_apart
	check "$mode: can be ended" healed $mode
done < /tmp/list
echo 0 > $PARM/offloading
check "the modules unload" unload_driver

# One device with one channel for the KUnit client
modprobe kunit && modprobe simdma nr_dev=1 nr_chan=1 || bail "modprobe simdma"
list "$client"
while IFS='|' read -r mode test; do
	set_fault $mode
	check "$mode: ${test#*.} fails" fails_client $test
	check "$mode: can be ended" passes_client $test
done < /tmp/list
rmmod simdma || bail "rmmod simdma"

# Last, because quarantine is permanent
load
set_fault stuck
echo "folios=64" > $DBG/trigger 2> /dev/null &
wait_for 10 hit && set_fault term_fails
wait $!
check "term_fails: the channels are quarantined" wait_for 10 all_in_state quarantined
finish
