#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Every line of every debugfs file has the documented form. Copies of the files and the
# events are saved in /out for tests/check/documented.
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

check "trigger, before the first batch" well_formed trigger
check "validate, before the first clause" well_formed validate
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
check "an additional column is detected" rejects channels 's/^dma.*/& 1/'
check "an unknown key is detected" rejects batch_latency 's/^count/counted/'
check "an unknown version is detected" rejects fallbacks 's/ v1$/ v2/'
check "a clause without any/sg is detected" rejects validate 's/^clause copy.one any /clause copy.one /'

cp $SIMDMA/simdma.0/fault /out/fault && cp $SIMDMA/simdma.0/config /out/config ||
	bail "the engine has no files"

# The example of a failure in validate.rst
echo "mode=tail_lost arg=4" > $SIMDMA/simdma.0/fault
dcbm validate --chan dma0chan0 --clause copy.lengths > /out/failing 2> /dev/null
equal "a failed clause: exit status 1" 1 $?
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
