#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The reference rule: a page that somebody holds a reference to is not in a batch
# copy, so that a write made between batch copy and move is not lost.
. "${0%/*}/lib/ktap"

plan 6
modprobe dcbm_latewrite || bail "modprobe dcbm_latewrite"
counts=/sys/kernel/debug/dcbm_latewrite/counts
active=/sys/module/dcbm_latewrite/parameters/active
echo 1 > $active

for kind in anon shmem; do
	before=$(value $counts batches)
	check "$kind: no write made after the batch copy is lost" \
		numactl --membind=0 latewrite $kind 4 20 1
	# Without these two the first one would prove nothing
	equal "$kind: a batch was offered" $((before + 1)) "$(value $counts batches)"
	equal "$kind: without the pages that were held" 0 "$(value $counts offered_held)"
done
echo 0 > $active
rmmod dcbm_latewrite
finish
