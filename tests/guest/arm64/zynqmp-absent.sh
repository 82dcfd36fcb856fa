#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# vm: QEMU_EXTRA=-machine virt -cpu cortex-a72
#
# The kernel of the Versal board on a board without its engine.
. "${0%/*}/../lib/ktap"
. "${0%/*}/../lib/doctor"

plan 5
check "no engine: doctor says so" says engine missing \
	"no engine, and no DMA controller without a driver" \
	"use a machine with a DMA engine, or 'modprobe simdma' for a software engine"
check "and ends with 3" doctor_ends 3
modprobe zynqmp_dma && modprobe dcbm_sg || bail "modprobe zynqmp_dma"
check "the driver alone does not help" says engine missing \
	"no engine, and no DMA controller without a driver" \
	"use a machine with a DMA engine, or 'modprobe simdma' for a software engine"
! echo 1 2> /dev/null > $PARM/offloading
result $? "offloading is refused"
rmmod dcbm_sg && rmmod zynqmp_dma
result $? "the modules unload"
finish
