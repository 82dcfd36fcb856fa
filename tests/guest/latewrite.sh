#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The reference rule: a page with an extra reference is excluded from the batch copy, so
# that a write between the batch copy and the move is not lost.
. "${0%/*}/lib/ktap"

plan 6
modprobe dcbm_latewrite || bail "modprobe dcbm_latewrite"
counts=/sys/kernel/debug/dcbm_latewrite/counts
active=/sys/module/dcbm_latewrite/parameters/active
echo 1 > $active

for kind in anon shmem; do
	before=$(value $counts batches)
	check "$kind: no write after the batch copy is lost" \
		numactl --membind=0 latewrite $kind 4 20 1
	# The first result is meaningful only if a batch was offered without these pages
	equal "$kind: a batch was offered" $((before + 1)) "$(value $counts batches)"
	equal "$kind: no page with an extra reference was offered" 0 "$(value $counts offered_held)"
done
echo 0 > $active
rmmod dcbm_latewrite
finish
