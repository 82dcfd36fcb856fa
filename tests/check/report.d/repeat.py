#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""
repeat.py RECORDING FILE MIB: repeat a recording until the file has MIB.

Each repetition starts after the end of the previous one, with new ids of batches and
descriptors, so that FILE is one long recording. RECORDING is of version 6, which is not
compressed.
"""

import re
import struct
import sys

PAGE = 4096
HEAD = 16		# bytes of a page header: time and length
COMMIT = (1 << 30) - 1
BATCH, DESC = 8, 16	# offsets of the ids in an event
PADDING, EXTEND, STAMP = 29, 30, 31
GAP = 1000000		# ns between repetitions


def events_of(page):
	"""Offset and time delta of each event in a page."""
	at, end = HEAD, HEAD + (struct.unpack_from('<Q', page, 8)[0] & COMMIT)
	while at < end:
		head, = struct.unpack_from('<I', page, at)
		kind, delta = head & 31, head >> 5
		if kind == 0:
			length, = struct.unpack_from('<I', page, at + 4)
			yield at + 8, delta
			at += 4 + length
		elif kind < PADDING:
			yield at + 4, delta
			at += 4 + 4 * kind
		elif kind == PADDING:
			length, = struct.unpack_from('<I', page, at + 4)
			at += 4 + length
		else:
			high, = struct.unpack_from('<I', page, at + 4)
			if kind == EXTEND:
				yield None, delta + (high << 27)
			at += 8


class Buffer:
	"""The pages of a CPU, and the places of times and ids in them."""

	def __init__(self, data, ids):
		self.data = bytearray(data)
		self.times, self.batches, self.descs = [], [], []
		self.first, self.last = None, 0
		for start in range(0, len(data), PAGE):
			page = data[start:start + PAGE]
			now, = struct.unpack_from('<Q', page, 0)
			self.times.append((start, now))
			for at, delta in events_of(page):
				now += delta
				if at is None:
					continue
				self.first = self.first or now
				self.last = max(self.last, now)
				name = ids.get(struct.unpack_from('<H', page, at)[0], '')
				if re.match('dcbm_(batch|desc|fallback)', name):
					self.note(self.batches, start + at + BATCH)
				if name.startswith('dcbm_desc'):
					self.note(self.descs, start + at + DESC)

	def note(self, places, at):
		places.append((at, struct.unpack_from('<Q', self.data, at)[0]))

	def again(self, time, batch, desc):
		pack = struct.Struct('<Q').pack_into
		for places, more in ((self.times, time), (self.batches, batch), (self.descs, desc)):
			for at, value in places:
				pack(self.data, at, value + more)
		return self.data


def main():
	source, target, mib = sys.argv[1], sys.argv[2], int(sys.argv[3])
	with open(source, 'rb') as file:
		data = file.read()
	ids = {int(number): name.decode() for name, number in
	       re.findall(rb'name: (dcbm_\w+)\nID: (\d+)', data)}
	table = data.rindex(b'flyrecord\0') + len(b'flyrecord\0')
	parts = []
	while not parts or sum(parts[-1]) < len(data):
		parts.append(struct.unpack_from('<QQ', data, table + 16 * len(parts)))
	buffers = [Buffer(data[at:at + size], ids) for at, size in parts]
	used = [buffer for buffer in buffers if buffer.first]
	time = max(b.last for b in used) - min(b.first for b in used) + GAP
	batch = max(value for b in buffers for _, value in b.batches)
	desc = max(value for b in buffers for _, value in b.descs)
	again = -(-(mib << 20) // sum(size for _, size in parts))

	head, at = bytearray(data[:parts[0][0]]), parts[0][0]
	for i, (_, size) in enumerate(parts):
		struct.pack_into('<QQ', head, table + 16 * i, at, size * again)
		at += size * again
	with open(target, 'wb') as file:
		file.write(head)
		for buffer in buffers:
			for i in range(again):
				file.write(buffer.again(i * time, i * batch, i * desc))
	print(again)


main()
