/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A round: the folios of a batch that are copied at once, as one stream of bytes, and
 * how many bytes of each have arrived. Pure bookkeeping, for one thread.
 */
#ifndef _DCBM_ROUND_H
#define _DCBM_ROUND_H

#include <linux/types.h>
#include <uapi/linux/dcbm.h>

struct folio;

/* Folios a round. No batch of page migration has more (NR_MAX_BATCHED_MIGRATION). */
#define DCBM_ROUND_FOLIOS	512

/**
 * struct dcbm_item - a folio of a round
 * @src: where it is copied from
 * @dst: where to
 * @start: its first byte, counted from the start of the round
 * @end: the byte behind its last
 * @left: bytes that have not arrived
 * @error: why it failed, 0 or negative
 * @reason: why it failed; the first reason stands
 * @failed: left to the CPU
 * @held: an engine may still touch it; it has an extra reference for good
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
 * struct dcbm_round - the folios
 * @nr: how many
 * @bytes: bytes of all of them
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
