#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# dcbm record and dcbm report with the real driver: exit status of the command, clock,
# filters, a buffer that is too small, and the presets of trace-cmd in trace/presets.
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

# number KEY FILE: value of KEY in a report as JSON
number() { sed -n "s/^  \"$1\": \([0-9]*\),*$/\1/p" "$2"; }

echo 1 > $DBG/reset
dcbm record -o a.dat -- dcbm trigger folios=512 repeat=3 > said 2> err
result $? "dcbm record: status 0 of the command"
grep -q '^a.dat: .* of 3 batches' said
result $? "dcbm record: prints the number of batches"
dcbm report --json a.dat > a.json && grep -q '"complete": true' a.json
result $? "the recording is complete"
dcbm stat --json batch_latency > stat.json
sum=$(sed -n 's/.*"sum": \([0-9]*\).*/\1/p' stat.json)
[ -n "$sum" ] && [ "$sum" = \
  "$(sed -n '/"batch_latency"/,/"bins"/s/.*"sum": \([0-9]*\).*/\1/p' a.json)" ]
result $? "the latencies of the report equal those of debugfs"

# record uses the clock of debugfs: the times of a fallback differ by less than a batch
echo 8 > $PARM/min_folios
dcbm record -o b.dat -- dcbm trigger folios=7 > /dev/null
result $? "dcbm record: a batch that falls back"
echo 1 > $PARM/min_folios
dcbm report --json b.dat > b.json
counted=$(awk '$1 == "small" { print $6 }' $DBG/fallbacks)
seen=$(sed -n '/"small"/,/last_ns/s/.*"last_ns": \([0-9]*\).*/\1/p' b.json)
[ "$seen" -gt 0 ] && [ "$seen" -le "$counted" ] && [ $((counted - seen)) -lt 1000000000 ]
result $? "the clock of the recording is that of last_ns"

dcbm record -o c.dat -- sh -c 'exit 7' > /dev/null 2>&1
[ $? = 7 ]
result $? "dcbm record: status 7 of the command"
dcbm record -o c.dat --clock frog -- true > said 2> err
[ $? = 3 ] && [ "$(wc -l < err)" = 1 ]
result $? "dcbm record: a clock that the kernel lacks: status 3, one line"

# A filter for one channel, and a filter that the kernel rejects
dcbm record -o f.dat -e dcbm:dcbm_desc_complete -f 'dev_id == 0 && chan_id == 1' -- \
	dcbm trigger folios=512 > /dev/null
trace-cmd report f.dat 2> /dev/null | awk '
	/ dcbm_desc_submit: / { submitted[/chan=dma0chan1 /]++ }
	/ dcbm_desc_complete: / { completed[/chan=dma0chan1 /]++ }
	END { exit !(submitted[0] && submitted[1] && completed[1] == submitted[1] && !completed[0]) }'
result $? "dcbm record: a filter applies to its event only"
dcbm record -o f.dat -e dcbm:dcbm_batch_end -f 'frogs > 1' -- true > said 2> err
[ $? = 2 ] && [ "$(wc -l < err)" = 1 ] && grep -q 'refuses a --filter' err
result $? "dcbm record: a filter that the kernel rejects: status 2, one line"

# More events than fit into the buffer, which trace-cmd does not read meanwhile
trace-cmd start -b 8 -C mono -e dcbm > /dev/null 2>&1
dcbm trigger folios=512 repeat=20 > /dev/null
trace-cmd stop
trace-cmd extract -o lost.dat > /dev/null 2>&1
dcbm report --json lost.dat > lost.json 2> err
[ $? = 1 ] && grep -q '"complete": false' lost.json && [ "$(number lost_places lost.json)" -gt 0 ]
result $? "dcbm report: lost events are reported"
[ "$(number batches lost.json)" -lt 20 ] && grep -q 'lower bounds' err
result $? "dcbm report: its counts are marked as lower bounds"

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
