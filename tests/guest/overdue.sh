#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# An engine that does not complete in time: its channels are terminated, and nothing is
# lost.
# vm: DEBUG=quick
. "${0%/*}/lib/ktap"

# A descriptor takes two seconds, and is overdue after a tenth of one
slow="nr_dev=1 nr_chan=2 desc_ns=1000000000 seg_ns=1000000000"
timeout=100

plan 12

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

# Letting a dead channel go and acquiring it again does not make it trustworthy
echo 0 > $PARM/offloading
echo 1 > $PARM/offloading
equal "acquired anew they are probed, and still dead" "dead " "$(states)"
echo 0 > $PARM/offloading
rmmod simdma
modprobe simdma nr_dev=1 nr_chan=2 || bail "modprobe simdma"
echo 1 > $PARM/offloading
equal "with the engine as it should be they pass" "ready " "$(states)"
check "and are used" fire folios=64
echo 0 > $PARM/offloading
check "the modules unload" unload_driver

modprobe simdma $slow || bail "modprobe simdma"
modprobe dcbm_sg timeout_ms=$timeout offloading=1 || bail "modprobe dcbm_sg"
check "migrations on the slow engine lose nothing" \
	dcbm migrate --self 8M --kind anon --pingpong 2 --verify
[ "$(awk '$1 == "timeout" { print $3 }' $DBG/fallbacks)" -gt 0 ]
result $? "and fell back"
echo 0 > $PARM/offloading
check "the modules unload again" unload_driver
finish
