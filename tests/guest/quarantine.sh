#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# An engine that does not complete in time and must not be terminated: its channels are
# quarantined with all that they may still write to, and nothing is lost. The driver
# cannot be unloaded after that.
# vm: ALONE=1
. "${0%/*}/lib/ktap"

plan 6

# A descriptor takes a second, and is overdue after a tenth of one. Others use a shared
# channel as well, so it must not be terminated.
modprobe simdma nr_dev=1 nr_chan=2 desc_ns=1000000000 private=0 || bail "modprobe simdma"
modprobe dcbm_sg timeout_ms=100 acquire=shared || bail "modprobe dcbm_sg"
echo 1 > $PARM/offloading
equal "the trigger says that it failed" "failed 0 512" \
	"$(fired folios=512 status copied fell_back)"
equal "for quarantine" 512 "$(left 'quarantine|aborted')"
equal "the channels used are quarantined" "quarantined " "$(states)"
dmesg | grep -q "quarantined: shared"
result $? "the log says so"
check "migrations lose nothing" \
	dcbm migrate --self 8M --kind anon --pingpong 2 --verify
echo 0 > $PARM/offloading
! rmmod dcbm_sg 2> /dev/null
result $? "the module stays, because its callback may be called"
finish
