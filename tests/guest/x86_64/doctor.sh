#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# dcbm doctor on a machine without an engine, and with the software engine.
. "${0%/*}/../lib/ktap"
. "${0%/*}/../lib/doctor"

plan 6
check "no engine: doctor reports this" says engine missing \
	"no engine, and no DMA controller without a driver" \
	"use a machine with a DMA engine, or 'modprobe simdma' for a software engine"
check "no engine: doctor reports 0 channels" says channels missing "0 DMA channels, 0 of them in use" \
	"load the driver of your DMA engine, or 'modprobe simdma' for a software engine"
check "no engine: doctor exits with 3" doctor_ends 3
load_driver
check "simdma loaded: doctor reports the engine" says engine ok "simdma (16 channels)"
check "simdma loaded: doctor exits with 0" doctor_ends 0
check "the modules unload" unload_driver
finish
