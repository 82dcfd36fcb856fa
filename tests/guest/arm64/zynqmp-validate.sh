#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The conformance suite on the Versal board: with the series all eight channels pass every
# clause; the distribution's driver does not.
# vm: TIMEOUT=900
# vm: DEBUG=0
. "${0%/*}/../lib/ktap"

plan 5

# validate ARGUMENTS...: prints the clauses that fail. Without --unsafe: QEMU's model of the
# engine reads zeroes from unmapped addresses and reports success.
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
result $? "unpatched: a clause fails"
rmmod dcbm_sg && rmmod zynqmp_dma_unpatched
modprobe zynqmp_dma && modprobe dcbm_sg || bail "modprobe zynqmp_dma"
check "patched: eight channels pass every clause" validate --chan all --cases 3
equal "patched: 44 clauses per channel" 352 "$(grep -c '^  ok .* dma[0-9]*chan0 ' /tmp/validate)"
cp /tmp/validate /out/
# The devices have one channel each, so the second channel is another device's
equal "patched: many.channels runs on each channel" 8 "$(grep 'many.channels' /tmp/validate | grep -vc SKIP)"
rmmod dcbm_sg && rmmod zynqmp_dma
result $? "the modules unload"
finish
