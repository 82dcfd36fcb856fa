#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Each of the board's eight DMA devices is unbound and bound while its channel copies for
# migrations.
. "${0%/*}/../lib/ktap"
. "${0%/*}/../lib/unbind"

PROVIDER=/sys/bus/platform/drivers/xilinx-zynqmp-dma
CHANNELS=1
rounds=2
! slow_kernel || rounds=1

plan $((2 * UNBIND_RESULTS + 1))
modprobe zynqmp_dma || bail "modprobe zynqmp_dma"
modprobe dcbm_sg timeout_ms=20000 || bail "modprobe dcbm_sg"
unbind_case exclusive $rounds
unbind_case shared $rounds
rmmod dcbm_sg && rmmod zynqmp_dma
result $? "the modules unload"
finish
