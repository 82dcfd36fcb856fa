// SPDX-License-Identifier: GPL-2.0-only
/*
 * Histogram in fixed memory, see report_hist.h.
 *
 * DOC: A slot is found by the highest bits of a value: the position of the highest one,
 * and those that follow it. So slots become wider with their values, by the same part of
 * them everywhere, and each power of two begins a new slot: the driver's bins are whole
 * numbers of slots, and their counts are exact.
 */
#include "report/hist.h"

#include <uapi/linux/dcbm.h>

#define PERMILLE	1000u

static unsigned int slots(unsigned int bits)
{
	return (65u - bits) << bits;
}

/* The slot of a value, where powers of two are divided into 2^bits. */
static unsigned int slot_of(uint64_t value, unsigned int bits)
{
	unsigned int shift;

	if (value >> bits == 0)
		return (unsigned int)value;
	shift = 63u - (unsigned int)__builtin_clzll(value) - bits;
	return (shift << bits) + (unsigned int)(value >> shift);
}

static uint64_t slot_from(unsigned int slot, unsigned int bits)
{
	unsigned int shift = slot >> bits;

	if (shift < 2)
		return slot;
	return (uint64_t)(slot - ((shift - 1) << bits)) << (shift - 1);
}

static uint64_t slot_to(unsigned int slot, unsigned int bits)
{
	if (slot + 1 == slots(bits))
		return UINT64_MAX;
	return slot_from(slot + 1, bits) - 1;
}

/**
 * hist_add() - count a value
 * @h: histogram
 * @value: any value
 */
void hist_add(struct hist *h, uint64_t value)
{
	h->slot[slot_of(value, HIST_BITS)]++;
	if (!h->count || value < h->min)
		h->min = value;
	if (value > h->max)
		h->max = value;
	h->sum += value;
	h->count++;
}

/**
 * hist_percentile() - the value that so many are not above
 * @h: histogram
 * @permille: how many of a thousand: 500 is the median
 *
 * By the nearest rank, as it stands in a sorted list of all values.
 *
 * Return: The value; at most HIST_ERROR of it too high, never beyond the largest. 0 of an
 * empty histogram.
 */
uint64_t hist_percentile(const struct hist *h, unsigned int permille)
{
	uint64_t rank = (h->count / PERMILLE) * permille +
			((h->count % PERMILLE) * permille + PERMILLE - 1) / PERMILLE;
	uint64_t seen = 0, value;
	unsigned int slot;

	if (!h->count)
		return 0;
	for (slot = slot_of(h->min, HIST_BITS); slot < HIST_SLOTS; slot++) {
		seen += h->slot[slot];
		if (seen >= rank)
			break;
	}
	value = slot_to(slot, HIST_BITS);
	return value < h->max ? value : h->max;
}

/**
 * hist_bin() - a bin as the driver counts them
 * @h: histogram
 * @bin: index below DCBM_HIST_BINS
 *
 * Return: Its bounds and how many are in it.
 */
struct hist_range hist_bin(const struct hist *h, unsigned int bin)
{
	struct hist_range range = { .from = bin ? 1ULL << (bin - 1) : 0 };
	unsigned int slot, last;

	range.to = bin == DCBM_HIST_BINS - 1 ? UINT64_MAX : (1ULL << bin) - 1;
	last = slot_of(range.to, HIST_BITS);
	for (slot = slot_of(range.from, HIST_BITS); slot <= last; slot++)
		range.count += h->slot[slot];
	return range;
}

/**
 * hist_next() - go over the ranges that are not empty
 * @h: histogram
 * @bits: powers of two are divided into 2^bits ranges, at most HIST_BITS
 * @at: where to go on; 0 at first, for nobody else's use
 * @range: gets the next one
 *
 * Return: Whether there was one.
 */
bool hist_next(const struct hist *h, unsigned int bits, unsigned int *at,
	       struct hist_range *range)
{
	unsigned int slot, last;

	for (; *at < slots(bits); ) {
		range->from = slot_from(*at, bits);
		range->to = slot_to(*at, bits);
		range->count = 0;
		(*at)++;
		if (range->from > h->max)
			return false;
		last = slot_of(range->to, HIST_BITS);
		for (slot = slot_of(range->from, HIST_BITS); slot <= last; slot++)
			range->count += h->slot[slot];
		if (range->count)
			return true;
	}
	return false;
}
