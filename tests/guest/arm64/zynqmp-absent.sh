#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# vm: QEMU_EXTRA=-machine virt -cpu cortex-a72
#
# The kernel for the Versal board on a board without the engine.
. "${0%/*}/../lib/ktap"
. "${0%/*}/../lib/doctor"

plan 5
check "no engine: doctor reports this" says engine missing \
	"no engine, and no DMA controller without a driver" \
	"use a machine with a DMA engine, or 'modprobe simdma' for a software engine"
check "no engine: doctor exits with 3" doctor_ends 3
modprobe zynqmp_dma && modprobe dcbm_sg || bail "modprobe zynqmp_dma"
check "no engine, but its driver is loaded: doctor reports the same" says engine missing \
	"no engine, and no DMA controller without a driver" \
	"use a machine with a DMA engine, or 'modprobe simdma' for a software engine"
! echo 1 2> /dev/null > $PARM/offloading
result $? "offloading=1 is rejected"
rmmod dcbm_sg && rmmod zynqmp_dma
result $? "the modules unload"
finish
