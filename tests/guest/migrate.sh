#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Migrations of memory that threads write and read meanwhile: no write is lost; with
# offloading=1 nearly all folios are copied by DMA, with offloading=0 none.
# vm: DEBUG=quick
. "${0%/*}/lib/ktap"

size=64M rounds=6
! slow_kernel || size=16M rounds=4

plan 13
load_driver nr_dev=2 nr_chan=4

# migrate KIND [OPTION...]
migrate()
{
	local kind=$1
	shift
	dcbm migrate --self $size --kind $kind --pingpong $rounds --verify "$@"
}

# At least 99 % of the offered folios, by the driver's own counters
by_dma()
{
	local dma=$(cat $PARM/folios_migrated) cpu=$(cat $PARM/folios_failures)

	echo "by DMA $dma, by CPU $cpu"
	[ "$dma" -gt 0 ] && [ $((dma * 100)) -ge $(((dma + cpu) * 99)) ]
}

clear() { echo 0 > $PARM/folios_migrated; echo 0 > $PARM/folios_failures; }

for kind in anon thp shmem; do
	echo 0 > $PARM/offloading
	clear
	check "$kind, offloading=0: no write is lost" migrate $kind
	equal "$kind, offloading=0: no folio by DMA" 0 "$(cat $PARM/folios_migrated)"
	echo 1 > $PARM/offloading
	check "$kind, offloading=1: no write is lost" migrate $kind
	check "$kind, offloading=1: at least 99 % by DMA" by_dma
done
clear
check "anon and shmem by four threads: no write is lost" migrate anon,shmem --threads 4
echo 0 > $PARM/offloading
unload_driver || bail "the modules do not unload"
finish
