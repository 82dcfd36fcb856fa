#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Test of the conformance suite: for each fault mode of the engine one clause fails with the
# fault and passes without it. /out/mutants has the table.
# vm: TIMEOUT=900
# vm: ALONE=1
# vm: DEBUG=0
. "${0%/*}/lib/ktap"

FAULT=$SIMDMA/simdma.0/fault

# mode | more keys of the fault | parameters of the engine | clause that detects the fault.
# Modes that leave a channel in quarantine are last.
mutants='
flip|||copy.one
skip_seg|||copy.few
swap_segs|||copy.many
short_last|||copy.lengths
list_cut|||copy.many
tail_lost|||copy.lengths
misalign|||copy.align
mispair|||copy.uneven
overlap|||copy.overlap
overrun_byte|||copy.outside
overrun_page|||copy.outside
write_src|||copy.source
wrap4g|||limit.above4g
seg_limit|||limit.segment
seg_boundary||boundary_bits=12|limit.boundary
stale|||reuse.ack
chan_mixup|||many.channels
error_as_success|||done.error
early|||done.data
wrong_cookie|||refuse.depth
fence_ignored|||order.same
lose|||done.once
lose_all|||done.once
double|||done.once
residue|||done.result
success_as_error|||done.result
error|||done.result
read_error|||done.result
abort|||done.result
odd_result|||done.result
error_drops|||done.once
eager|||start.pending
second_issue|||start.once
cb_context|||done.context
no_interrupt_hangs|||done.silent
term_wedges|||term.again
realloc_dead|||chan.reacquire
ring_leak|||reuse.ring
late_free|arg=100000|depth=1|prep.idle
ack_ignored|||reuse.ack
stale_callback|||prep.clean
stale_flags|||reuse.ack
null_early|nth=5 every=5||prep.idle
prep_sleeps|||prep.atomic
takes_uneven_totals|||refuse.totals
takes_empty|||refuse.empty
takes_zero|||refuse.zero
submit_fails|||status.cookies
bad_cookie|||status.cookies
reorder|||status.order
stuck|||time.bound
stuck_recovers|||time.bound
slow|arg=1000||time.bound
status_lies|||status.progress
status_stuck|||status.progress
status_residue|||status.residue
cb_after_term|||term.prepared
write_after_term|||term.prepared
term_ignored|||term.prepared
term_fails|||term.again
'

# These faults take effect some time after the event that the clause waits for. On a busy host
# this may be too late for the clause, so they get three tries.
late=" early cb_after_term write_after_term "

count() { echo "$1" | grep -c .; }
plan $(($(count "$mutants") + 2))

load()
{
	modprobe simdma nr_dev=1 nr_chan=8 $1 && modprobe dcbm_sg timeout_ms=1000
}

# try CLAUSE: run it; leaves its status in /tmp/status and the reason in /tmp/why
try()
{
	local bound=500
	# A tenth of the bound must be enough for a page, even on a busy host
	[ "$1" != time.bound ] || bound=5000
	echo "chan=dma0chan$chan clause=$1 timeout_ms=$bound unsafe=1" > $DBG/validate || return 1
	value $DBG/validate status > /tmp/status
	sed -n 's/^why //p' $DBG/validate > /tmp/why
}

# mutant MODE MORE ENGINE CLAUSE
mutant()
{
	local rc=0 chances=1
	[ -z "$3" ] || load "$3" || return 1
	# The clause must pass without the fault
	try $4 && [ "$(cat /tmp/status)" = pass ] || { cat /tmp/status /tmp/why; return 1; }
	case "$late" in
	*" $1 "*) chances=3 ;;
	esac
	while [ $chances -gt 0 ]; do
		echo "mode=$1 $2" > $FAULT && try $4 || rc=1
		[ "$(cat /tmp/status)" = pass ] || break
		chances=$((chances - 1))
	done
	[ "$(cat /tmp/status)" = fail ] || { cat /tmp/status /tmp/why; rc=1; }
	printf '%-20s %-16s %5s %s\n' $1 $4 "$(value $DBG/validate descriptors)" \
		"$(cat /tmp/why)" >> /out/mutants
	echo mode=none > $FAULT
	if [ "$(value $DBG/validate chan_state)" = quarantined ]; then
		chan=$((chan + 1))
		return $rc
	fi
	# Reload the modules if the channel is permanently unusable
	if [ -n "$3" ] || [ "$(value $DBG/validate chan_state)" != ready ] || [ $1 = realloc_dead ] ||
		[ $1 = ring_leak ] || [ $1 = term_wedges ]; then
		rmmod dcbm_sg && rmmod simdma || rc=1
		reload=1
	fi
	return $rc
}

chan=0
load "" || bail "modprobe"
# All modes except cb_locked, which violates no clause: a provider may have no free descriptor
# during a callback
awk '/^fault / && $2 != "cb_locked" { print $2 }' $FAULT | sort > /tmp/modes
echo "$mutants" | grep . | cut -d'|' -f1 | sort > /tmp/tried
check "every mode of the engine is in the table" cmp /tmp/modes /tmp/tried

echo "$mutants" | grep . > /tmp/list
reload=
while IFS='|' read -r mode more engine clause; do
	if [ -z "$engine" ] && [ -n "$reload" ]; then
		load "" || bail "modprobe"
		reload=
	elif [ -n "$engine" ] && [ -z "$reload" ]; then
		rmmod dcbm_sg && rmmod simdma
	fi
	mutant "$mode" "$more" "$engine" "$clause" > /tmp/said
	rc=$?
	[ $rc = 0 ] || sed 's/^/# /' /tmp/said
	result $rc "$clause detects $mode ($(value $DBG/validate descriptors) descriptors)"
done < /tmp/list
[ "$(wc -l < /out/mutants)" = "$(count "$mutants")" ]
result $? "/out/mutants has a row for every mode"
finish
