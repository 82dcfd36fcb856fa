/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a batch works with: memory for its folios, and for each channel a lane with
 * mappings and descriptors. Contexts are allocated when channels are acquired, so
 * that a batch allocates nothing: it runs when memory is short.
 *
 * A context belongs to the thread that got it. The only others who touch it are
 * completions, through dcbm_desc_end().
 */
#ifndef _DCBM_CTX_H
#define _DCBM_CTX_H

#include <linux/list.h>
#include <linux/scatterlist.h>
#include <linux/types.h>

#include "desc.h"
#include "round.h"

/*
 * Mappings in work for each channel of a batch: one that the engine works on while
 * another is being prepared.
 */
#define DCBM_WINDOW	2

/**
 * struct dcbm_chunk - a piece of the stream that is mapped as one
 * @busy: in use
 * @lost: part of it is in a quarantined channel: stays mapped for good
 * @start: first byte, counted from the start of the round
 * @end: byte behind the last
 * @src: segments that are read
 * @dst: segments that are written; as many and pairwise as long as those of @src
 * @pair_src: @src as mapped, cut to match @pair_dst
 * @pair_dst: @dst as mapped, likewise
 * @pairs: entries of @pair_src
 * @next: the first pair not yet submitted
 * @pending: descriptors submitted and not yet ended
 * @desc: the descriptors, one for each pair at most
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
 * @ctx: the context it is a part of
 * @chan: the channel
 * @backend: how descriptors are handed to it
 * @pos: first byte not yet mapped, counted from the start of the round
 * @end: byte behind the last of the share
 * @item: the folio in which @pos lies
 * @cur: mapped and not wholly submitted, or NULL
 * @submit_pos: first byte of @cur not yet submitted
 * @submit_item: the folio in which it lies
 * @inflight: descriptors submitted and not yet ended
 * @max_segs: most segments that the provider takes in a descriptor, as far as
 *	this batch has found out
 * @used: something was submitted
 * @starved: the provider had no descriptor, or the mapping no room; try again
 * @starved_since: from when, in jiffies
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
 * struct dcbm_ctx - what a batch works with
 * @link: entry in the list of free contexts
 * @owner: who waits for the descriptors
 * @phases: of the batch
 * @batch: id of the batch
 * @timeout_ms: a descriptor that takes longer is overdue
 * @max_segs: most segments a mapping and a descriptor
 * @lost: memory of this context is in a quarantined channel: it is never used again
 * @nr_lanes: lanes in use by the batch
 * @max_lanes: lanes allocated, at least as many as the pool has channels
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

struct dcbm_ctx *dcbm_ctx_alloc(unsigned int max_lanes, unsigned int max_segs);
void dcbm_ctx_free(struct dcbm_ctx *ctx);

/* lane.c */
void dcbm_lane_begin(struct dcbm_lane *lane, u64 start, u64 end);
void dcbm_lane_pump(struct dcbm_lane *lane);
void dcbm_lane_ended(struct dcbm_desc *desc);
void dcbm_lane_check(struct dcbm_lane *lane);

static inline bool dcbm_lane_busy(const struct dcbm_lane *lane)
{
	return lane->inflight || lane->cur || lane->pos < lane->end;
}

#endif /* _DCBM_CTX_H */
