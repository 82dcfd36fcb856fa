#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# An engine that does not complete in time and must not be terminated: its channels are
# quarantined together with all memory that they may still write, and no data is lost. The
# driver cannot be unloaded after that.
# vm: ALONE=1
. "${0%/*}/lib/ktap"

plan 6

# A descriptor takes a second, and is overdue after 100 ms. A shared channel has other
# clients, so the driver must not terminate it.
modprobe simdma nr_dev=1 nr_chan=2 desc_ns=1000000000 private=0 || bail "modprobe simdma"
modprobe dcbm_sg timeout_ms=100 acquire=shared || bail "modprobe dcbm_sg"
echo 1 > $PARM/offloading
equal "the trigger reports status failed" "failed 0 512" \
	"$(fired folios=512 status copied fell_back)"
equal "the reason of all fallbacks is quarantine or aborted" 512 "$(left 'quarantine|aborted')"
equal "the used channels are quarantined" "quarantined " "$(states)"
dmesg | grep -q "quarantined: shared"
result $? "the log reports the quarantine"
check "migrations: no write is lost" \
	dcbm migrate --self 8M --kind anon --pingpong 2 --verify
echo 0 > $PARM/offloading
! rmmod dcbm_sg 2> /dev/null
result $? "the module cannot be unloaded, because its callback may still be called"
finish
