/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Rounds: folios, and the number of their bytes that have been copied
 */
#ifndef _DCBM_ROUND_H
#define _DCBM_ROUND_H

#include <linux/types.h>
#include <uapi/linux/dcbm.h>

struct folio;

/* Folios per round: NR_MAX_BATCHED_MIGRATION of page migration with pages of 4 KiB */
#define DCBM_ROUND_FOLIOS	512

/*
 * A folio of a round, from byte @start of the round to before byte @end. @error and
 * @reason are those of the first failure.
 */
struct dcbm_item {
	struct folio *src;
	struct folio *dst;
	u64 start;
	u64 end;
	u64 left;		/* bytes that have not arrived yet */
	int error;
	enum dcbm_reason reason;
	bool failed;		/* left to the CPU */
	bool held;		/* has an extra reference, as an engine may still access it */
};

/* Folios that one thread copies as one stream of @bytes, in the order of the batch */
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
