// SPDX-License-Identifier: GPL-2.0-only
/*
 * A round, see round.h.
 */
#include <linux/minmax.h>

#include "round.h"

/**
 * dcbm_round_reset() - begin a round
 * @round: the round
 */
void dcbm_round_reset(struct dcbm_round *round)
{
	round->nr = 0;
	round->bytes = 0;
}

/**
 * dcbm_round_add() - add a folio
 * @round: a round of fewer than DCBM_ROUND_FOLIOS
 * @dst: where it is copied to
 * @src: where from
 * @bytes: its size
 */
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

/**
 * dcbm_round_find() - the folio in which a byte lies
 * @round: the round
 * @pos: the byte, below the size of the round
 *
 * Return: Its index.
 */
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

/**
 * dcbm_round_begins() - how many folios begin in a range
 * @round: the round
 * @item: the folio in which @start lies
 * @start: first byte
 * @end: byte behind the last
 *
 * Return: Their number.
 */
unsigned int dcbm_round_begins(const struct dcbm_round *round, unsigned int item,
			       u64 start, u64 end)
{
	unsigned int n = 0;

	for (; item < round->nr && round->items[item].start < end; item++)
		n += round->items[item].start >= start;
	return n;
}

/**
 * dcbm_round_arrived() - bytes have been copied
 * @round: the round
 * @item: the folio in which @start lies
 * @start: first byte
 * @end: byte behind the last
 */
void dcbm_round_arrived(struct dcbm_round *round, unsigned int item, u64 start,
			u64 end)
{
	for (; item < round->nr && round->items[item].start < end; item++) {
		struct dcbm_item *i = &round->items[item];

		i->left -= min(end, i->end) - max(start, i->start);
	}
}

/**
 * dcbm_round_failed() - bytes will not be copied
 * @round: the round
 * @start: first byte
 * @end: byte behind the last
 * @reason: why
 * @error: 0 or a negative error
 *
 * Each folio with a byte in the range is left to the CPU as a whole.
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
