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
 * A batch runs when memory is short, so it allocates nothing. Its context, with the
 * folios of a round and, for each channel, a lane of mappings and descriptors, is
 * allocated when channels are acquired.
 *
 * A context belongs to the thread that got it from struct dcbm_ctx_pool. Only
 * completions touch it besides, through dcbm_desc_end().
 */

/*
 * Mappings per lane: the engine works on one of them while the next one is being
 * prepared.
 */
#define DCBM_WINDOW	2

struct dcbm_chan;

/**
 * struct dcbm_chunk - a range of the round that is mapped as one
 * @busy: in use
 * @lost: a part of the chunk is in a quarantined channel: it stays mapped permanently
 * @start: first byte, counted from the start of the round
 * @end: byte after the last one
 * @src: segments that are read
 * @dst: segments that are written, of pairwise the same length as @src
 * @pair_src: @src as mapped, cut to match @pair_dst
 * @pair_dst: @dst as mapped, cut to match @pair_src
 * @pairs: entries of @pair_src
 * @next: first pair that is not submitted yet
 * @pending: descriptors submitted and not ended
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
 * @inflight: descriptors submitted and not ended
 * @max_segs: largest number of segments that the provider accepts in a descriptor, as
 *	far as this batch knows
 * @used: a descriptor was submitted
 * @starved: the provider had no descriptor, or the mapping no room: try again
 * @starved_since: when @starved was set, in jiffies
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

/**
 * struct dcbm_ctx - the memory of a batch
 * @link: entry in a list of struct dcbm_ctx_pool
 * @waiter: thread of the batch
 * @phases: phases of the batch
 * @batch: id of the batch
 * @timeout_ms: a descriptor that takes longer is overdue
 * @max_segs: capacity of each mapping and descriptor, in segments
 * @lost: memory of this context is in a quarantined channel: it is never used again
 * @nr_lanes: lanes used by the batch
 * @max_lanes: lanes allocated, at least one per channel of the pool
 * @lanes: the lanes
 * @round: the folios
 */
struct dcbm_ctx {
	struct list_head link;
	struct dcbm_waiter waiter;
	struct dcbm_phases *phases;
	u64 batch;
	unsigned int timeout_ms;
	unsigned int max_segs;
	bool lost;
	unsigned int nr_lanes;
	unsigned int max_lanes;
	struct dcbm_lane *lanes;
	struct dcbm_round round;
};

/**
 * struct dcbm_ctx_pool - contexts that batches take turns with
 * @lock: guards @free and @lost
 * @free: contexts that no batch uses
 * @lost: contexts that a quarantined channel may still touch, never freed
 * @wq: woken when a context becomes free
 *
 * The set of contexts changes only while no batch runs.
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
