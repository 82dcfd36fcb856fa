// SPDX-License-Identifier: GPL-2.0-only
/**
 * DOC: Histogram in fixed memory
 *
 * The slot of a value is given by its highest bits: the position of the highest bit and the
 * bits after it. The width of a slot is thus a constant fraction of its values. Each power of
 * two starts a new slot, so that a bin of the driver is a whole number of slots and its count
 * is exact.
 */
#include "report/hist.h"

#include <uapi/linux/dcbm.h>

#define PERMILLE	1000u

static unsigned int slots(unsigned int bits)
{
	return (65u - bits) << bits;
}

/* Slot of a value, with 2^bits slots per power of two */
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
 * hist_percentile() - percentile by the nearest rank
 * @h: histogram
 * @permille: rank in the sorted list of all values, in per mille: 500 is the median
 *
 * Return: The value of that rank, too high by at most the fraction HIST_ERROR and never above the
 * maximum; 0 for an empty histogram.
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

/* Returns a bin with the bounds of the driver's bins; @bin is below DCBM_HIST_BINS. */
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
 * hist_next() - iterate over the non-empty ranges
 * @h: histogram
 * @bits: 2^bits ranges per power of two, at most HIST_BITS
 * @at: state of the iteration, 0 at first
 * @range: gets the next range
 *
 * Return: Whether there is a next range.
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
