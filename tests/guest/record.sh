#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# dcbm record and dcbm report where the events come from: the exit status of the command,
# the clock, a buffer that is too small, and the presets of trace-cmd (which are
# shared from trace/presets).
#
# vm: DEBUG=0
. "${0%/*}/lib/ktap"

plan 16
load_driver nr_dev=2 nr_chan=2 depth=8 ordered=0
echo syscall_or_cpuset > $PARM/reason_mask
echo 1 > $PARM/offloading
out=/tmp/record
mkdir -p $out
cd $out || bail "no $out"

# number KEY FILE: of a report as JSON
number() { sed -n "s/^  \"$1\": \([0-9]*\),*$/\1/p" "$2"; }

echo 1 > $DBG/reset
dcbm record -o a.dat -- dcbm trigger folios=512 repeat=3 > said 2> err
result $? "a command that ends well"
grep -q '^a.dat: .* of 3 batches' said
result $? "says what was recorded"
dcbm report --json a.dat > a.json && grep -q '"complete": true' a.json
result $? "the recording is complete"
dcbm stat --json batch_latency > stat.json
sum=$(sed -n 's/.*"sum": \([0-9]*\).*/\1/p' stat.json)
[ -n "$sum" ] && [ "$sum" = \
  "$(sed -n '/"batch_latency"/,/"bins"/s/.*"sum": \([0-9]*\).*/\1/p' a.json)" ]
result $? "its latencies are those of debugfs"

# By the clock of debugfs: a fallback's time is the same within the time of a batch
echo 8 > $PARM/min_folios
dcbm record -o b.dat -- dcbm trigger folios=7 > /dev/null
result $? "a batch that falls back"
echo 1 > $PARM/min_folios
dcbm report --json b.dat > b.json
told=$(awk '$1 == "small" { print $6 }' $DBG/fallbacks)
seen=$(sed -n '/"small"/,/last_ns/s/.*"last_ns": \([0-9]*\).*/\1/p' b.json)
[ "$seen" -gt 0 ] && [ "$seen" -le "$told" ] && [ $((told - seen)) -lt 1000000000 ]
result $? "the clock is that of last_ns"

dcbm record -o c.dat -- sh -c 'exit 7' > /dev/null 2>&1
[ $? = 7 ]
result $? "the exit status of the command"
dcbm record -o c.dat --clock frog -- true > said 2> err
[ $? = 3 ] && [ "$(wc -l < err)" = 1 ]
result $? "a clock that the kernel has not: status 3, one line"

# Of the driver's events only those of one channel, and a filter that the kernel refuses
dcbm record -o f.dat -e dcbm:dcbm_desc_complete -f 'dev_id == 0 && chan_id == 1' -- \
	dcbm trigger folios=512 > /dev/null
trace-cmd report f.dat 2> /dev/null | awk '
	/ dcbm_desc_submit: / { submitted[/chan=dma0chan1 /]++ }
	/ dcbm_desc_complete: / { completed[/chan=dma0chan1 /]++ }
	END { exit !(submitted[0] && submitted[1] && completed[1] == submitted[1] && !completed[0]) }'
result $? "a filter is that of its event"
dcbm record -o f.dat -e dcbm:dcbm_batch_end -f 'frogs > 1' -- true > said 2> err
[ $? = 2 ] && [ "$(wc -l < err)" = 1 ] && grep -q 'refuses a --filter' err
result $? "a filter that the kernel refuses: status 2, one line"

# More events than the buffer holds before trace-cmd reads them: it is stopped meanwhile
trace-cmd start -b 8 -C mono -e dcbm > /dev/null 2>&1
dcbm trigger folios=512 repeat=20 > /dev/null
trace-cmd stop
trace-cmd extract -o lost.dat > /dev/null 2>&1
dcbm report --json lost.dat > lost.json 2> err
[ $? = 1 ] && grep -q '"complete": false' lost.json && [ "$(number lost_places lost.json)" -gt 0 ]
result $? "events that were lost are told"
[ "$(number batches lost.json)" -lt 20 ] && grep -q 'lower bounds' err
result $? "and it does not pretend"

for preset in report batches migrate "slow 1"; do
	# shellcheck disable=SC2046,SC2086  # options
	trace-cmd record -q -o p.dat $(sh /presets/dcbm.sh $preset) dcbm trigger repeat=2 > /dev/null 2>&1 &&
		dcbm report --json p.dat > p.json && [ "$(number batches p.json)" = 2 ]
	result $? "preset: $preset"
done

cp ./*.dat ./*.json /out/ 2> /dev/null
cd /
echo 0 > $PARM/offloading
unload_driver || bail "the modules do not unload"
finish
