#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Every line of every debugfs file and every event has the form that is documented, and
# leaves what it looks like in /out, for tests/check/documented.
. "${0%/*}/lib/ktap"

plan 21
lib=${0%/*}/lib

load_driver nr_dev=2 nr_chan=4
trace-cmd start -b 8192 -e dcbm > /dev/null || bail "trace-cmd start"

well_formed()
{
	cp $DBG/$1 /out/$1
	awk -v file=$1 -f $lib/format.awk $DBG/$1
}

check "trigger, before anything was fired" well_formed trigger
check "validate, before a clause was run" well_formed validate
echo "folios=512 repeat=2" > $DBG/trigger || bail "the trigger does not work"
echo 2 > $PARM/min_folios
echo "folios=1" > $DBG/trigger || bail "the trigger does not work"
for file in batch_size batch_latency desc_latency desc_segments channels fallbacks trigger reset; do
	check "$file" well_formed $file
done
rejects()
{
	sed "$2" $DBG/$1 > /tmp/changed
	cmp -s /tmp/changed $DBG/$1 && return 1
	! awk -v file=$1 -f $lib/format.awk /tmp/changed 2> /dev/null
}
check "a column more is found" rejects channels 's/^dma.*/& 1/'
check "a new key is found" rejects batch_latency 's/^count/counted/'
check "another version is found" rejects fallbacks 's/ v1$/ v2/'
check "a clause without its needs is found" rejects validate 's/^clause copy.one any /clause copy.one /'

cp $SIMDMA/simdma.0/fault /out/fault && cp $SIMDMA/simdma.0/config /out/config ||
	bail "the engine has no files"

# The failure that is explained in validate.rst
echo "mode=tail_lost arg=4" > $SIMDMA/simdma.0/fault
dcbm validate --chan dma0chan0 --clause copy.lengths > /out/failing 2> /dev/null
equal "a clause that fails is exit status 1" 1 $?
echo mode=none > $SIMDMA/simdma.0/fault

trace-cmd stop
trace-cmd extract -o /tmp/format.dat > /dev/null 2>&1
trace-cmd report /tmp/format.dat 2> /dev/null | sed -n 's/.* \(dcbm_[a-z_]*\): */\1: /p' > /out/events
for event in batch_start batch_end desc_submit desc_complete chan_acquire fallback; do
	grep -q "^dcbm_$event: " /out/events
	result $? "dcbm_$event is recorded"
done
unload_driver || bail "the modules do not unload"
finish
