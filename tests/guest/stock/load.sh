#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The distribution's kernel, without the series: the modules load, offloading=1 is rejected
# with a reason, and test batches are copied by memcpy.
. "${0%/*}/../lib/ktap"

plan 10
load_driver nr_dev=2 nr_chan=4

says_why()
{
	if echo 1 > $PARM/offloading 2> /tmp/err; then
		echo "accepted"
		return 1
	fi
	# strerror(EOPNOTSUPP) of different C libraries
	grep -qE "not supported|Not supported" /tmp/err || { cat /tmp/err; return 1; }
	[ "$(cat $PARM/offloading)" = 0 ] || return 1
	dmesg | grep "dcbm_sg: offloading: this kernel has no migration copy offload" || { dmesg | tail; return 1; }
}
check "offloading=1: EOPNOTSUPP, and the log has the reason" says_why
equal "reason_mask is none" none "$(cat $PARM/reason_mask)"

for spec in "folios=1" "folios=512" "folios=512 backend=memcpy chan=3" "folios=1 order=9"; do
	check "trigger $spec" fire "$spec"
done
echo "folios=4 backend=memcpy_sg" > $DBG/trigger
equal "trigger backend=memcpy_sg: copied by the CPU" "4" "$(awk '$2 == "backend" { print $3 }' $DBG/trigger)"
equal "the channels have memcpy" memcpy "$(awk '/^dma/ { print $4 }' $DBG/channels | sort -u)"
check "dcbm trigger works" dcbm trigger folios=8
check "the modules unload" unload_driver
finish
