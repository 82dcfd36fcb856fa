#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""
Files that are not what they should be, always the same ones.

damage.py bad RECORDING DIR: files that must be refused: no recording, cut off, foreign.
damage.py odd RECORDING DIR N: N recordings with a few wrong bytes. They may be refused.
damage.py lost RECORDING FILE EVENTS: a page of the recording is gone, and said to have had
	EVENTS events; 0: the kernel does not know how many.
RECORDING is of version 6, in which nothing is compressed; of odd, any.
"""

import os
import random
import struct
import sys

CUTS = 24
PAGE = 4096

# Flags of the kernel in the second word of a page: events were lost before it, and how
# many stands behind its last event
MISSED, STORED = 1 << 31, 1 << 30
COMMIT = STORED - 1


def write(folder, name, data):
	with open(os.path.join(folder, name), 'wb') as file:
		file.write(data)


def cpus(data):
	"""Offset and size of the buffer of each CPU."""
	at = data.rindex(b'flyrecord\0') + len(b'flyrecord\0')
	nr = 0
	# The number of CPUs stands before the options; the first buffer begins at the next page
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
	# What is compressed does not tell where its events are: about at the end
	begin = next(cpus(data))[0] if b'flyrecord\0' in data else size * 9 // 10
	parts = [(0, 1024), (0, size), (begin, size)]
	for i in range(nr):
		spoilt = bytearray(data)
		for _ in range(chance.choice((1, 3, 20))):
			spoilt[chance.randrange(*parts[i % len(parts)])] = chance.randrange(256)
		write(folder, f'odd-{nr}-{i}', spoilt)


def lost(data, file, events):
	"""The events of one page are gone, and the next one says so."""
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
