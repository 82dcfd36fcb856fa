#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# dcbm doctor on a machine without an engine, and with the one in software.
. "${0%/*}/../lib/ktap"
. "${0%/*}/../lib/doctor"

plan 6
check "no engine: doctor says so" says engine missing \
	"no engine, and no DMA controller without a driver" \
	"use a machine with a DMA engine, or 'modprobe simdma' for a software engine"
check "and that no channel is there" says channels missing "0 DMA channels, 0 of them in use" \
	"load the driver of your DMA engine, or 'modprobe simdma' for a software engine"
check "and ends with 3" doctor_ends 3
load_driver
check "simdma is an engine" says engine ok "simdma (16 channels)"
check "nothing is missing" doctor_ends 0
check "the modules unload" unload_driver
finish
