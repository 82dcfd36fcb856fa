#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# dcbm doctor on the Versal board: driver not loaded, kernel without the driver, driver
# loaded.
. "${0%/*}/../lib/ktap"
. "${0%/*}/../lib/doctor"

idle="no engine; no driver for 8 DMA controllers, e.g. ffa80000.dma"
aliases=/lib/modules/$(uname -r)/modules.alias

plan 8
check "driver not loaded: doctor names the module" says engine missing "$idle" \
	"modprobe zynqmp_dma"
check "driver not loaded: doctor exits with 3" doctor_ends 3
mv $aliases /tmp/aliases
grep -v zynqmp /tmp/aliases > $aliases
check "kernel without the driver: doctor names the device" says engine missing "$idle" \
	"this kernel has no module for of:NdmaT(null)Cxlnx,zynqmp-dma-1.0; configure and build it"
mv /tmp/aliases $aliases
modprobe zynqmp_dma && modprobe dcbm_sg || bail "modprobe zynqmp_dma"
check "driver loaded: doctor reports the engine" says engine ok "xilinx-zynqmp-dma (8 channels)"
check "driver loaded: doctor reports eight channels" says channels ok "8 DMA channels, 0 of them in use"
check "driver loaded: doctor exits with 0" doctor_ends 0
echo ffac0000.dma > /sys/bus/platform/drivers/xilinx-zynqmp-dma/unbind
check "a single device without a driver is reported" says engine warn \
	"xilinx-zynqmp-dma (7 channels); no driver for 1 DMA controllers, e.g. ffac0000.dma" \
	"modprobe zynqmp_dma"
echo ffac0000.dma > /sys/bus/platform/drivers/xilinx-zynqmp-dma/bind
rmmod dcbm_sg && rmmod zynqmp_dma
result $? "the modules unload"
finish
