/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Rounds: which bytes of which folio have been copied
 */
#ifndef _DCBM_ROUND_H
#define _DCBM_ROUND_H

#include <linux/types.h>
#include <uapi/linux/dcbm.h>

struct folio;

/* Folios per round. A batch of page migration has as many (NR_MAX_BATCHED_MIGRATION). */
#define DCBM_ROUND_FOLIOS	512

/**
 * struct dcbm_item - a folio of a round
 * @src: source
 * @dst: destination
 * @start: first byte of the folio, counted from the start of the round
 * @end: byte after the last one
 * @left: bytes that have not arrived yet
 * @error: error of the first failure, 0 or negative
 * @reason: reason of the first failure
 * @failed: the folio is left to the CPU
 * @held: an engine may still access the folio: it has an extra reference permanently
 */
struct dcbm_item {
	struct folio *src;
	struct folio *dst;
	u64 start;
	u64 end;
	u64 left;
	int error;
	enum dcbm_reason reason;
	bool failed;
	bool held;
};

/**
 * struct dcbm_round - folios that are copied as one stream of bytes, by one thread
 * @nr: number of folios
 * @bytes: length of the stream
 * @items: the folios, in the order of the batch
 */
struct dcbm_round {
	unsigned int nr;
	u64 bytes;
	struct dcbm_item items[DCBM_ROUND_FOLIOS];
};

void dcbm_round_reset(struct dcbm_round *round);
void dcbm_round_add(struct dcbm_round *round, struct folio *dst,
		    struct folio *src, u64 bytes);
unsigned int dcbm_round_find(const struct dcbm_round *round, u64 pos);
unsigned int dcbm_round_begins(const struct dcbm_round *round, unsigned int item,
			       u64 start, u64 end);
void dcbm_round_arrived(struct dcbm_round *round, unsigned int item, u64 start,
			u64 end);
void dcbm_round_failed(struct dcbm_round *round, u64 start, u64 end,
		       enum dcbm_reason reason, int error);

static inline bool dcbm_item_copied(const struct dcbm_item *item)
{
	return !item->failed && !item->left;
}

#endif /* _DCBM_ROUND_H */
