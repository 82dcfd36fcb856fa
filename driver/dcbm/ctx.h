/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Contexts: the memory of a batch
 */
#ifndef _DCBM_CTX_H
#define _DCBM_CTX_H

#include <linux/list.h>
#include <linux/scatterlist.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/wait.h>

#include "desc.h"
#include "round.h"

/**
 * DOC: Contexts
 *
 * A batch may run when memory is short, and therefore allocates nothing. Its context is
 * allocated when channels are acquired: the folios of a round and, for each channel, a
 * lane with mappings and descriptors.
 *
 * Only the thread that got a context from struct dcbm_ctx_pool uses the context, except
 * that completions write to its descriptors and its waiter (dcbm_desc_end()).
 */

/* Mappings per lane: the engine copies one while the thread prepares the next one. */
#define DCBM_WINDOW	2

struct dcbm_chan;

/**
 * struct dcbm_chunk - a range of the round that is mapped as one
 * @busy: in use
 * @lost: a quarantined channel may access the chunk: it stays mapped permanently
 * @start: first byte, counted from the start of the round
 * @end: byte after the last one
 * @src: segments that are read
 * @dst: segments that are written, of pairwise the same length as @src
 * @pair_src: @src as mapped, cut to match @pair_dst
 * @pair_dst: @dst as mapped, cut to match @pair_src
 * @pairs: number of entries of @pair_src and of @pair_dst
 * @next: first pair that is not submitted yet
 * @pending: number of descriptors submitted and not ended
 * @desc: descriptors, at most one per pair
 */
struct dcbm_chunk {
	bool busy;
	bool lost;
	u64 start;
	u64 end;
	struct sg_table src;
	struct sg_table dst;
	struct scatterlist *pair_src;
	struct scatterlist *pair_dst;
	unsigned int pairs;
	unsigned int next;
	unsigned int pending;
	struct dcbm_desc *desc;
};

/**
 * struct dcbm_lane - the share of a round that one channel copies
 * @ctx: context of the lane
 * @chan: the channel
 * @backend: backend of the descriptors
 * @pos: first byte that is not mapped yet, counted from the start of the round
 * @end: byte after the last one of the share
 * @item: index of the folio that contains @pos
 * @cur: chunk that is mapped and not completely submitted, or NULL
 * @submit_pos: first byte of @cur that is not submitted yet
 * @submit_item: index of the folio that contains @submit_pos
 * @inflight: number of descriptors submitted and not ended
 * @max_segs: largest number of segments that this batch puts into a descriptor; reduced
 *	when the provider refuses it
 * @used: a descriptor was submitted
 * @starved: the provider had no descriptor, or there was no room for the mapping: retry
 * @starved_since: time when @starved was set, in jiffies
 * @chunks: the mappings
 */
struct dcbm_lane {
	struct dcbm_ctx *ctx;
	struct dcbm_chan *chan;
	enum dcbm_backend backend;
	u64 pos;
	u64 end;
	unsigned int item;
	struct dcbm_chunk *cur;
	u64 submit_pos;
	unsigned int submit_item;
	unsigned int inflight;
	unsigned int max_segs;
	bool used;
	bool starved;
	unsigned long starved_since;
	struct dcbm_chunk chunks[DCBM_WINDOW];
};

/* The memory of a batch, and the parameters that its lanes need */
struct dcbm_ctx {
	struct list_head link;
	struct dcbm_waiter waiter;
	struct dcbm_phases *phases;
	u64 batch;
	unsigned int timeout_ms;
	unsigned int max_segs;		/* capacity of each mapping and descriptor */
	bool lost;			/* a quarantined channel may access memory of the context */
	unsigned int nr_lanes;		/* used by the batch */
	unsigned int max_lanes;		/* allocated, at least one per channel of the pool */
	struct dcbm_lane *lanes;
	struct dcbm_round round;
};

/*
 * All contexts that no batch uses: those for the next batches, and those that are never
 * used again or freed because a quarantined channel may access them. Contexts are
 * allocated and freed only while no batch runs.
 */
struct dcbm_ctx_pool {
	spinlock_t lock;	/* free and lost */
	struct list_head free;
	struct list_head lost;
	wait_queue_head_t wq;
};

void dcbm_ctx_pool_init(struct dcbm_ctx_pool *pool);
int dcbm_ctx_pool_fill(struct dcbm_ctx_pool *pool, unsigned int max_lanes,
		       unsigned int max_segs);
void dcbm_ctx_pool_empty(struct dcbm_ctx_pool *pool);
struct dcbm_ctx *dcbm_ctx_get(struct dcbm_ctx_pool *pool);
void dcbm_ctx_put(struct dcbm_ctx_pool *pool, struct dcbm_ctx *ctx);

#endif /* _DCBM_CTX_H */
