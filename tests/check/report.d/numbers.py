#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""
numbers.py REPORT.json DEBUGFS EVENTS: check the numbers of `dcbm report --json`

Numbers that debugfs has are compared to its files of the same run. The others are compared
to an independent computation from the output of `trace-cmd report -t`. Prints a line
"ok TEXT" or "bad TEXT" per number. With DEBUGFS = - the files are not compared.
"""

import json
import math
import os
import re
import sys

# Maximum relative error of a percentile, which is never too low
ERROR = 1 / 1024
PERCENTILES = {'p50': 500, 'p90': 900, 'p99': 990, 'p99_9': 999}
PHASES = ['plan', 'map', 'prep', 'submit', 'wait', 'unmap']


def check(name, found, wanted):
	good = found == wanted
	print(f'ok {name}' if good else f'bad {name}: is {found}, expected {wanted}')


def lines_of(folder, name):
	with open(os.path.join(folder, name)) as file:
		return [line.split() for line in file if not line.startswith('#')]


def compare_sizes(report, folder):
	rows = lines_of(folder, 'batch_size')
	for unit in ('folios', 'bytes'):
		wanted = [list(map(int, row[1:])) for row in rows if row[0] == unit]
		found = [[row[key] for key in ('from', 'to', 'offloaded', 'partial', 'fallback')]
			 for row in report['batch_size'][unit]]
		check(f'batch_size: bins of {unit}', found, wanted)
		total = next(int(row[1]) for row in rows if row[0] == f'{unit}_sum')
		check(f'batch_size: {unit}_sum', report['batch_size'][f'{unit}_sum'], total)


def compare_hist(report, folder, name):
	rows = lines_of(folder, name)
	for key, value in (row for row in rows if len(row) == 2):
		found = report[name][key]
		check(f'{name}: {key}', str(found), value)
	wanted = [list(map(int, row)) for row in rows if len(row) == 3]
	found = [[row['from'], row['to'], row['count']] for row in report[name]['bins']]
	check(f'{name}: bins', found, wanted)


# Columns of debugfs/dcbm/channels; None: no event has the node
COLUMNS = ['channel', 'provider', None, 'backend', 'state', 'batches', 'descriptors', 'folios',
	   'bytes', 'share', 'busy_ns', 'errors', 'timeouts', 'inflight_max']


def compare_channels(report, folder):
	rows = lines_of(folder, 'channels')
	found = {row['channel']: row for row in report['channels']['channels']}
	wanted = [row for row in rows if len(row) == len(COLUMNS)]
	check('channels: which', sorted(found), sorted(row[0] for row in wanted))
	for row in wanted:
		mine = found.get(row[0], {})
		for key, value in zip(COLUMNS, row):
			if key == 'share':
				check(f'channels: {row[0]} {key}', f"{mine.get(key, -1):.2f}", value)
			elif key:
				check(f'channels: {row[0]} {key}', str(mine.get(key)), value)
	for key, name in (('channels', 'count'), ('imbalance', 'imbalance')):
		value = next(row[1] for row in rows if row[0] == key)
		digits = len(value.partition('.')[2])
		check(f'channels: {key}', f"{report['channels'][name]:.{digits}f}", value)


def compare_fallbacks(report, folder):
	found = {row['reason']: row for row in report['fallbacks']['reasons']}
	rows = lines_of(folder, 'fallbacks')
	check('fallbacks: which', list(found), [row[0] for row in rows])
	for row in rows:
		mine = found[row[0]]
		keys = ('batches', 'folios', 'bytes', 'last_errno')
		check(f'fallbacks: {row[0]}', [mine[key] for key in keys], list(map(int, row[1:5])))


EVENT = re.compile(r'^\s*(.*)-(\d+)\s+\[(\d+)\].*?([0-9]+)(?:\.([0-9]+))?:\s+(?:dcbm/)?(dcbm_\w+):\s+(.*)$')


def events_of(file):
	with open(file, errors='replace') as lines:
		for line in lines:
			match = EVENT.match(line)
			if not match:
				continue
			comm, pid, cpu, whole, part, name, text = match.groups()
			ts = int(whole) * 10 ** len(part or '') + int(part or 0)
			fields = dict(word.split('=', 1) for word in text.split() if '=' in word)
			yield comm.strip(), int(pid), int(cpu), ts, name, fields


def check_percentiles(name, row, values):
	values = sorted(values)
	for key, permille in PERCENTILES.items():
		exact = values[max(1, math.ceil(len(values) * permille / 1000)) - 1] if values else 0
		good = exact <= row[key] <= exact * (1 + ERROR)
		print(f'ok {name}: {key}' if good else
		      f'bad {name}: {key} is {row[key]}, expected {exact}')
	check(f'{name}: max', row.get('max', values[-1] if values else 0), values[-1] if values else 0)


def union(spans):
	total, end = 0, -1
	for begin, stop in sorted(spans):
		total += max(0, stop - max(begin, end))
		end = max(end, stop)
	return total


def recompute(report, file):
	batch_ns, desc_ns, segs, by_chan = [], [], [], {}
	phases = {name: [] for name in PHASES}
	spans, flight, finished = {}, {}, []
	disordered = overtaken = 0
	for comm, pid, _, ts, name, f in events_of(file):
		if name == 'dcbm_desc_submit':
			segs.append(int(f['segs']))
			flight.setdefault(f['chan'], []).append((int(f['desc']), ts))
		elif name == 'dcbm_desc_complete':
			queue = flight[f['chan']]
			at = [desc for desc, _ in queue].index(int(f['desc']))
			spans.setdefault(f['batch'], []).append((queue.pop(at)[1], ts))
			if f['result'] in ('terminated', 'lost'):
				continue
			disordered += at > 0
			overtaken += at
			desc_ns.append(int(f['ns']))
			by_chan.setdefault(f['chan'], []).append(int(f['ns']))
		elif name == 'dcbm_batch_phases':
			for phase in PHASES:
				phases[phase].append(int(f[f'{phase}_ns']))
		elif name == 'dcbm_batch_end':
			batch_ns.append(int(f['ns']))
			finished.append((int(f['ns']), int(f['batch']), comm, pid,
					 union(spans.get(f['batch'], [])), f))
	check_percentiles('batch_latency', report['batch_latency'], batch_ns)
	check_percentiles('desc_latency', report['desc_latency'], desc_ns)
	check_percentiles('desc_segments', report['desc_segments'], segs)
	for row in report['channels']['channels']:
		check_percentiles(row['channel'], row, by_chan.get(row['channel'], []))
	for row in report['phases']:
		check_percentiles(row['phase'], row, phases[row['phase']])
		check(f"{row['phase']}: sum", row['sum'], sum(phases[row['phase']]))
	if phases['plan']:
		check('phases: the sum is the time of the batches',
		      sum(row['sum'] for row in report['phases']), sum(batch_ns))
	check('phases: present if recorded', bool(report['phases']), bool(phases['plan']))
	engine = [row[4] for row in finished if row[4]]
	check('engine: sum', report['engine'][0]['sum'], sum(engine))
	check_percentiles('engine', report['engine'][0], engine)
	check('out_of_order', report['out_of_order'], disordered)
	check('overtaken', report['overtaken'], overtaken)
	finished.sort(key=lambda row: -row[0])
	slow = [(row['ns'], row['batch'], row['comm'], row['pid'], row['engine_ns'])
		for row in report['slowest']]
	check('slowest: times', [row[0] for row in slow], [row[0] for row in finished[:20]])
	# Batches of equal time may be listed in any order
	known = {row[:5] for row in finished}
	check('slowest: every row is a batch of the recording', [row for row in slow if row not in known], [])
	boxes = report['timeline']['boxes']
	check('timeline: every batch and descriptor is in a box',
	      sum(sum(box[6:9]) for box in boxes), len(batch_ns) + sum(map(len, spans.values())))
	moved = sum(sum(row['bytes']) for row in report['balance']['series'] if row['name'] != 'cpu')
	check('balance: all bytes by DMA', moved,
	      sum(row['bytes'] for row in report['channels']['channels']))


def main():
	with open(sys.argv[1]) as file:
		report = json.load(file)
	if sys.argv[2] != '-':
		compare_sizes(report, sys.argv[2])
		for name in ('batch_latency', 'desc_latency', 'desc_segments'):
			compare_hist(report, sys.argv[2], name)
		compare_channels(report, sys.argv[2])
		compare_fallbacks(report, sys.argv[2])
	recompute(report, sys.argv[3])


main()
