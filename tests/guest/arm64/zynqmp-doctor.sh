#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# dcbm doctor on the Versal board: its engine without a driver, with a kernel that has no
# such driver, with one.
. "${0%/*}/../lib/ktap"
. "${0%/*}/../lib/doctor"

idle="no engine; no driver for 8 DMA controllers, e.g. ffa80000.dma"
aliases=/lib/modules/$(uname -r)/modules.alias

plan 8
check "the driver is not loaded: doctor says what to load" says engine missing "$idle" \
	"modprobe zynqmp_dma"
check "and ends with 3" doctor_ends 3
mv $aliases /tmp/aliases
grep -v zynqmp /tmp/aliases > $aliases
check "the kernel has no driver: doctor says for what" says engine missing "$idle" \
	"this kernel has no module for of:NdmaT(null)Cxlnx,zynqmp-dma-1.0; configure and build it"
mv /tmp/aliases $aliases
modprobe zynqmp_dma && modprobe dcbm_sg || bail "modprobe zynqmp_dma"
check "with the driver the engine is there" says engine ok "xilinx-zynqmp-dma (8 channels)"
check "with its channels" says channels ok "8 DMA channels, 0 of them in use"
check "and nothing is missing" doctor_ends 0
echo ffac0000.dma > /sys/bus/platform/drivers/xilinx-zynqmp-dma/unbind
check "one device without its driver is found" says engine warn \
	"xilinx-zynqmp-dma (7 channels); no driver for 1 DMA controllers, e.g. ffac0000.dma" \
	"modprobe zynqmp_dma"
echo ffac0000.dma > /sys/bus/platform/drivers/xilinx-zynqmp-dma/bind
rmmod dcbm_sg && rmmod zynqmp_dma
result $? "the modules unload"
finish
