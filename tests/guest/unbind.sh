#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The engine's devices are unbound and bound while memory is migrated: no write is lost, and
# the driver releases the channels and acquires them again.
# vm: DEBUG=quick
. "${0%/*}/lib/ktap"
. "${0%/*}/lib/unbind"

PROVIDER=/sys/bus/platform/drivers/simdma
CHANNELS=2
rounds=4
! slow_kernel || rounds=1

plan $((2 * UNBIND_RESULTS + 2))
load_driver nr_dev=4 nr_chan=$CHANNELS private=0
unbind_case exclusive $rounds
unbind_case shared $rounds

# With offloading=0 a new device's channels must not be acquired
dev=$(devices | head -n 1)
echo $dev > $PROVIDER/unbind
echo $dev > $PROVIDER/bind
equal "offloading=0: the channels of a bound device are not acquired" 0 "$(held)"
unload_driver
result $? "the modules unload"
finish
