// SPDX-License-Identifier: GPL-2.0-only
/*
 * Rounds: folios, and the number of their bytes that have been copied
 */
#include <linux/minmax.h>

#include "round.h"

void dcbm_round_reset(struct dcbm_round *round)
{
	round->nr = 0;
	round->bytes = 0;
}

/* The round must have fewer than DCBM_ROUND_FOLIOS folios. */
void dcbm_round_add(struct dcbm_round *round, struct folio *dst,
		    struct folio *src, u64 bytes)
{
	round->items[round->nr++] = (struct dcbm_item) {
		.src = src,
		.dst = dst,
		.start = round->bytes,
		.end = round->bytes + bytes,
		.left = bytes,
	};
	round->bytes += bytes;
}

/* Index of the folio that contains byte @pos of the round */
unsigned int dcbm_round_find(const struct dcbm_round *round, u64 pos)
{
	unsigned int low = 0, high = round->nr;

	while (high - low > 1) {
		unsigned int mid = low + (high - low) / 2;

		if (round->items[mid].start <= pos)
			low = mid;
		else
			high = mid;
	}
	return low;
}

/*
 * Number of folios whose first byte is in the range from @start to @end. @item is the
 * index of the folio that contains @start.
 */
unsigned int dcbm_round_begins(const struct dcbm_round *round, unsigned int item,
			       u64 start, u64 end)
{
	unsigned int n = 0;

	for (; item < round->nr && round->items[item].start < end; item++)
		n += round->items[item].start >= start;
	return n;
}

/* The bytes from @start, which is in the folio @item, to @end have been copied. */
void dcbm_round_arrived(struct dcbm_round *round, unsigned int item, u64 start,
			u64 end)
{
	for (; item < round->nr && round->items[item].start < end; item++) {
		struct dcbm_item *i = &round->items[item];

		i->left -= min(end, i->end) - max(start, i->start);
	}
}

/*
 * The bytes from @start to @end will not be copied. Each folio with a byte in the range is
 * left to the CPU as a whole.
 */
void dcbm_round_failed(struct dcbm_round *round, u64 start, u64 end,
		       enum dcbm_reason reason, int error)
{
	unsigned int item;

	if (start >= end)
		return;

	for (item = dcbm_round_find(round, start);
	     item < round->nr && round->items[item].start < end; item++) {
		struct dcbm_item *i = &round->items[item];

		if (i->failed)
			continue;
		i->failed = true;
		i->reason = reason;
		i->error = error;
	}
}
