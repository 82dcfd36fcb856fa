#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The conformance suite on the Versal board: all eight channels keep every clause, and the
# driver as the distribution has it does not.
# vm: TIMEOUT=900
# vm: DEBUG=0
. "${0%/*}/../lib/ktap"

plan 5

# validate ARGUMENTS...: what fails is shown. Not --unsafe: QEMU's model reads zeroes from
# where nothing is, and says that all is well.
validate()
{
	dcbm validate "$@" > /tmp/validate 2> /tmp/validate.err || {
		grep -v '^ *ok' /tmp/validate | tail -n 25
		cat /tmp/validate.err
		return 1
	}
}

modprobe zynqmp_dma_unpatched && modprobe dcbm_sg || bail "modprobe zynqmp_dma_unpatched"
! validate --clause refuse.zero,prep.clean,term.running,reuse.ack --timeout-ms 1000 > /dev/null
result $? "unpatched: clauses are broken"
rmmod dcbm_sg && rmmod zynqmp_dma_unpatched
modprobe zynqmp_dma && modprobe dcbm_sg || bail "modprobe zynqmp_dma"
check "patched: eight channels keep every clause" validate --chan all --cases 3
equal "of each channel 44 clauses" 352 "$(grep -c '^  ok .* dma[0-9]*chan0 ' /tmp/validate)"
cp /tmp/validate /out/
# One channel a device: the second one is another device's
equal "two channels at once are tried on each" 8 "$(grep 'many.channels' /tmp/validate | grep -vc SKIP)"
rmmod dcbm_sg && rmmod zynqmp_dma
result $? "the modules unload"
finish
