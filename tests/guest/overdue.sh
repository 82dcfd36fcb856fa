#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# An engine that does not complete in time: nothing is lost, whether the channel can be
# terminated or has to be quarantined.
. "${0%/*}/lib/ktap"

# A descriptor takes a second, and is overdue after a tenth of one
slow="nr_dev=1 nr_chan=2 desc_ns=1000000000"
timeout=100

plan 15

# Fires SPEC and shows the value of each KEY of the result in one line
fired()
{
	local spec=$1 out="" key
	shift
	echo "$spec" > $DBG/trigger 2> /dev/null
	for key; do
		out="$out $(value $DBG/trigger $key)"
	done
	echo $out
}

# Folios that the last trigger left to the CPU for the reasons that match
left() { awk -v re="$1" '$1 == "fallback" && $2 ~ re { n += $3 } END { print n + 0 }' $DBG/trigger; }

states() { awk '/^dma/ { print $5 }' $DBG/channels | sort -u | tr '\n' ' '; }
all_in_state() { [ "$(states)" = "$1 " ]; }

modprobe simdma $slow || bail "modprobe simdma"
modprobe dcbm_sg timeout_ms=$timeout || bail "modprobe dcbm_sg"
echo 1 > $PARM/offloading

equal "all is copied by the CPU, and right" "ok 0 64 0" \
	"$(fired folios=64 status copied fell_back mismatches)"
equal "for want of time" 64 "$(left 'timeout|aborted')"
# The probe is as slow as all the rest
check "the channels fail their probe and are dead" wait_for 10 all_in_state dead
equal "with no channel left all is copied by the CPU" "ok 0 64 0" \
	"$(fired folios=64 status copied fell_back mismatches)"
equal "and the reason is that" 64 "$(left no_channel)"

echo 0 > $PARM/offloading
echo 1 > $PARM/offloading
equal "channels acquired anew are ready" "ready " "$(states)"
check "migrations meanwhile lose nothing" \
	dcbm migrate --self 8M --kind anon --pingpong 2 --verify
[ "$(cat $PARM/folios_failures)" -gt 0 ]
result $? "and fell back"
echo 0 > $PARM/offloading
check "the modules unload" unload_driver

# Others use a shared channel as well, so it must not be terminated
modprobe simdma $slow private=0 || bail "modprobe simdma"
modprobe dcbm_sg timeout_ms=$timeout acquire=shared || bail "modprobe dcbm_sg"
echo 1 > $PARM/offloading
equal "shared: the trigger says that it failed" "failed 0 64" \
	"$(fired folios=64 status copied fell_back)"
equal "shared: for quarantine" 64 "$(left 'quarantine|aborted')"
equal "shared: the channels used are quarantined" "quarantined " "$(states)"
dmesg | grep -q "quarantined: shared"
result $? "shared: the log says so"
check "shared: migrations lose nothing" \
	dcbm migrate --self 8M --kind anon --pingpong 2 --verify
echo 0 > $PARM/offloading
! rmmod dcbm_sg 2> /dev/null
result $? "shared: the module stays, because its callback may be called"
finish
