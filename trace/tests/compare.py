#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1
"""
compare.py RAW PRINTED: compare the output of trace-cmd report with plugin_dcbm.so (PRINTED)
to the text that an independent implementation here makes of the output without the plugin
(RAW). Prints KTAP, one result per event name.
"""
import re
import sys
from collections import defaultdict
from decimal import Decimal, ROUND_HALF_UP
import errno

LINE = re.compile(r'^(.*\bdcbm_(\w+): +)(.*)$')


def unit(value, units):
    """The value in the largest unit that fits, with at most three decimal places."""
    for name, size in units:
        if value >= size or size == 1:
            number = (Decimal(value) / size).quantize(Decimal('0.001'), ROUND_HALF_UP)
            text = f'{number:f}'
            return text.rstrip('0').rstrip('.') + ' ' + name


def size(value):
    return unit(int(value), [('TiB', 2**40), ('GiB', 2**30), ('MiB', 2**20),
                             ('KiB', 2**10), ('B', 1)])


def time(value):
    return unit(int(value), [('s', 10**9), ('ms', 10**6), ('us', 1000), ('ns', 1)])


def many(value, what):
    return f'{value} {what}' + ('' if value == '1' else 's')


def error(value):
    number = int(value)
    return f' (errno {number} {errno.errorcode[-number]})' if number else ''


def desc_complete(f):
    text = f"{f['chan']}: desc {f['desc']} done"
    if f['overtaken']:
        text += f" out of order ({f['overtaken']} overtaken)"
    text += f" after {time(f['ns'])}: {f['result']}, {size(f['bytes'])}"
    if f['residue'] != '0':
        text += f" with residue {size(f['residue'])}"
    return text + (f" in {many(f['segs'], 'segment')}, {many(f['folios'], 'folio')},"
                   f" busy for {time(f['busy_ns'])}"
                   f" (batch {f['batch']}, cookie {f['cookie']})")


EVENTS = {
    'batch_start': lambda f: (
        f"batch {f['batch']} starts: {many(f['folios'], 'folio')}, {size(f['bytes'])},"
        f" node {f['src_node']} to {f['dst_node']}, over {many(f['channels'], 'channel')}"
        f" ({f['backend']})"),
    'batch_end': lambda f: (
        f"batch {f['batch']} {f['outcome']}: {f['folios_dma']} of"
        f" {many(f['folios'], 'folio')}, {size(f['bytes_dma'])} of {size(f['bytes'])}"
        f" by DMA, in {time(f['ns'])}"),
    'batch_phases': lambda f: (
        f"batch {f['batch']} spent: " + ', '.join(
            f"{phase} {time(f[phase + '_ns'])}"
            for phase in ('plan', 'map', 'prep', 'submit', 'wait', 'unmap'))),
    'desc_submit': lambda f: (
        f"{f['chan']}: desc {f['desc']} of batch {f['batch']}: {size(f['bytes'])} in"
        f" {many(f['segs'], 'segment')}, {many(f['folios'], 'folio')},"
        f" {f['inflight']} in flight ({f['backend']}, cookie {f['cookie']})"),
    'desc_complete': desc_complete,
    'chan_acquire': lambda f: (
        f"{f['chan']}: acquired from {f['provider']}, {f['state']} ({f['backend']})"),
    'chan_release': lambda f: (
        f"{f['chan']}: released to {f['provider']}, {f['state']} ({f['backend']})"),
    'fallback': lambda f: (
        f"batch {f['batch']}: {many(f['folios'], 'folio')}, {size(f['bytes'])} left to"
        f" the CPU: {f['reason']}{error(f['errno'])}"),
    'trigger': lambda f: (
        f"trigger: {many(f['runs'], 'run')}, batches {f['first_batch']} to"
        f" {f['last_batch']}: {f['copied']} of {many(f['folios'], 'folio')} copied by DMA,"
        f" {size(f['bytes'])} in {time(f['ns'])}{error(f['errno'])}"),
}


def read(name):
    with open(name, encoding='utf-8') as lines:
        return [m.groups() for m in map(LINE.match, lines) if m]


def overtaken(events):
    """Set in each completion how many descriptors of the channel were overtaken."""
    submitted, ended = {}, {}
    channels = defaultdict(list)
    for at, (_, event, f) in enumerate(events):
        key = f.get('chan'), f.get('desc')
        if event == 'desc_submit':
            submitted[key] = at
            channels[f['chan']].append(key)
        elif event == 'desc_complete':
            ended[key] = at
    for at, (_, event, f) in enumerate(events):
        if event == 'desc_complete':
            key = f['chan'], f['desc']
            f['overtaken'] = sum(
                1 for other in channels[f['chan']]
                if submitted[other] < submitted[key] and ended.get(other, at) > at)


def main():
    raw = [(start, event, dict(p.split('=', 1) for p in rest.split()))
           for start, event, rest in read(sys.argv[1])]
    printed = read(sys.argv[2])
    overtaken(raw)

    results = []
    seen, wrong, overtook = defaultdict(int), defaultdict(int), 0
    for (start, event, f), (start2, _, got) in zip(raw, printed):
        seen[event] += 1
        overtook += bool(f.get('overtaken'))
        wanted = EVENTS[event](f)
        if start + wanted != start2 + got:
            wrong[event] += 1
            if wrong[event] == 1:
                print(f'# expected: {start}{wanted}\n# got:      {start2}{got}')
    for event in EVENTS:
        # Drivers without the event batch_phases are allowed
        results.append((not wrong[event] and (seen[event] or event == 'batch_phases'),
                        f'dcbm_{event}: {seen[event]} lines, {wrong[event]} wrong'))
    results.append((len(raw) == len(printed), f'{len(printed)} of {len(raw)} events printed'))
    results.append((overtook, f'{overtook} descriptors overtook others'))

    print('KTAP version 1')
    for count, (good, text) in enumerate(results, 1):
        print(f"{'' if good else 'not '}ok {count} - {text}")
    print(f'1..{len(results)}')
    return 0 if all(ok for ok, _ in results) else 1


sys.exit(main())
