#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""
Make damaged recordings, the same files in every run.

damage.py bad RECORDING DIR: files that must be rejected: no recording, truncated, foreign.
damage.py odd RECORDING DIR N: N recordings with a few wrong bytes, which may be rejected.
damage.py lost RECORDING FILE EVENTS: remove a page, and mark it as EVENTS lost events;
	0: as an unknown number of lost events.
RECORDING is of version 6, which is not compressed; for odd, of any version.
"""

import os
import random
import struct
import sys

CUTS = 24
PAGE = 4096

# Flags in the second word of a page: events were lost before this page, and their number is
# stored after its last event
MISSED, STORED = 1 << 31, 1 << 30
COMMIT = STORED - 1


def write(folder, name, data):
	with open(os.path.join(folder, name), 'wb') as file:
		file.write(data)


def cpus(data):
	"""Offset and size of the buffer of each CPU."""
	at = data.rindex(b'flyrecord\0') + len(b'flyrecord\0')
	nr = 0
	# The number of CPUs is stored before the options, which are not parsed here: the table
	# ends with the buffer that ends at the end of the file
	while True:
		offset, size = struct.unpack_from('<QQ', data, at + 16 * nr)
		if nr and not (offset >= before and offset + size <= len(data)):
			return
		before = offset
		yield offset, size
		nr += 1
		if offset + size == len(data):
			return


def bad(data, folder):
	write(folder, 'empty', b'')
	write(folder, 'text', b'batch=1 folios=512\n' * 100)
	write(folder, 'zeroes', bytes(PAGE))
	write(folder, 'magic', data[:10])
	write(folder, 'foreign', data.replace(b'dcbm', b'disk'))
	for i in range(1, CUTS):
		write(folder, f'cut-{i}', data[:len(data) * i // CUTS])
	write(folder, 'cut-last', data[:-1])


def odd(data, folder, nr):
	chance = random.Random(nr)
	size = len(data)
	# The position of the events is unknown in a compressed file: assume the last tenth
	begin = next(cpus(data))[0] if b'flyrecord\0' in data else size * 9 // 10
	parts = [(0, 1024), (0, size), (begin, size)]
	for i in range(nr):
		spoilt = bytearray(data)
		for _ in range(chance.choice((1, 3, 20))):
			spoilt[chance.randrange(*parts[i % len(parts)])] = chance.randrange(256)
		write(folder, f'odd-{nr}-{i}', spoilt)


def lost(data, file, events):
	"""Remove the events of a page, and mark them as lost in the next page."""
	spoilt = bytearray(data)
	pages = [at for offset, size in cpus(data)
		 for at in range(offset + 2 * PAGE, offset + size, PAGE)]
	for at in pages:
		flags, = struct.unpack_from('<Q', data, at + 8)
		used = flags & COMMIT
		if 16 + used + 8 <= PAGE and used:
			break
	else:
		sys.exit('no page has room for a number')
	if events:
		struct.pack_into('<Q', spoilt, at + 16 + used, events)
		flags |= STORED
	struct.pack_into('<Q', spoilt, at + 8, flags | MISSED)
	struct.pack_into('<Q', spoilt, at - PAGE + 8, 0)
	with open(file, 'wb') as out:
		out.write(spoilt)


def main():
	what, recording, target = sys.argv[1:4]
	with open(recording, 'rb') as file:
		data = file.read()
	if what == 'bad':
		bad(data, target)
	elif what == 'odd':
		odd(data, target, int(sys.argv[4]))
	else:
		lost(data, target, int(sys.argv[4]))


main()
