#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Test batches of all sizes, over several numbers of channels, with both backends, completed
# in order and out of order. The trigger verifies every byte.
. "${0%/*}/lib/ktap"

plan 36

# shared_by_all N: N channels have copied an equal share of the folio
shared_by_all()
{
	awk -v want="$1" '
		$1 ~ /^dma/ && $9 > 0 { n++; if ($9 != 2097152 / want) bad++ }
		END { exit !(n == want && !bad) }' $DBG/channels || {
		cat $DBG/channels
		return 1
	}
}

sizes()
{
	for spec in "folios=1" "folios=2" "folios=511" "folios=512" "folios=1 order=9" \
		"folios=600 order=1"; do
		fire "$spec $1" || return 1
	done
}

for ordered in 1 0; do
	load_driver nr_dev=2 nr_chan=8 ordered=$ordered
	for backend in memcpy memcpy_sg auto; do
		for chan in 1 3 8 16; do
			check "ordered=$ordered backend=$backend chan=$chan: sizes" \
				sizes "backend=$backend chan=$chan"
		done
	done
	for chan in 1 8 16; do
		# 1, 8, 16: the share of a channel must be a whole number of pages
		echo 1 > $DBG/reset
		fire "folios=1 order=9 chan=$chan" > /dev/null
		check "ordered=$ordered: one 2 MB folio is shared by $chan channels" shared_by_all $chan
	done
	for fill in zero ones counter; do
		check "ordered=$ordered: fill=$fill" fire "folios=65 fill=$fill src=1 dst=0"
	done
	unload_driver || bail "the modules do not unload"
done
finish
