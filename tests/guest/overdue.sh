#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# An engine that does not complete in time: its channels are terminated, and no data is
# lost.
# vm: DEBUG=quick
. "${0%/*}/lib/ktap"

# A descriptor takes two seconds, and is overdue after 100 ms
slow="nr_dev=1 nr_chan=2 desc_ns=1000000000 seg_ns=1000000000"
timeout=100

plan 12

modprobe simdma $slow || bail "modprobe simdma"
modprobe dcbm_sg timeout_ms=$timeout || bail "modprobe dcbm_sg"
echo 1 > $PARM/offloading

equal "the batch is copied by the CPU and correct" "ok 0 64 0" \
	"$(fired folios=64 status copied fell_back mismatches)"
equal "the reason of all fallbacks is timeout or aborted" 64 "$(left 'timeout|aborted')"
# The probe copy is as slow as the batch
check "the channels fail the probe and are dead" wait_for 10 all_in_state dead
equal "without a usable channel the batch is copied by the CPU" "ok 0 64 0" \
	"$(fired folios=64 status copied fell_back mismatches)"
equal "the reason of all fallbacks is no_channel" 64 "$(left no_channel)"

# Releasing and acquiring a dead channel does not make the channel usable
echo 0 > $PARM/offloading
echo 1 > $PARM/offloading
equal "acquired again, the channels fail the probe and are dead" "dead " "$(states)"
echo 0 > $PARM/offloading
rmmod simdma
modprobe simdma nr_dev=1 nr_chan=2 || bail "modprobe simdma"
echo 1 > $PARM/offloading
equal "with a fast engine the channels pass the probe" "ready " "$(states)"
check "and copy a batch" fire folios=64
echo 0 > $PARM/offloading
check "the modules unload" unload_driver

modprobe simdma $slow || bail "modprobe simdma"
modprobe dcbm_sg timeout_ms=$timeout offloading=1 || bail "modprobe dcbm_sg"
check "migrations on the slow engine: no write is lost" \
	dcbm migrate --self 8M --kind anon --pingpong 2 --verify
[ "$(awk '$1 == "timeout" { print $3 }' $DBG/fallbacks)" -gt 0 ]
result $? "migrations on the slow engine: fallbacks for timeout"
echo 0 > $PARM/offloading
check "the modules unload after that, too" unload_driver
finish
