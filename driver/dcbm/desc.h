/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Descriptors: submission, completion, and the thread that waits for them
 */
#ifndef _DCBM_DESC_H
#define _DCBM_DESC_H

#include <linux/dmaengine.h>
#include <linux/list.h>
#include <linux/llist.h>
#include <linux/types.h>
#include <linux/wait.h>
#include <uapi/linux/dcbm.h>

struct dcbm_chan;
struct dcbm_chunk;
struct dcbm_phases;
struct scatterlist;

/* A thread that waits for descriptors, and those that have ended, newest first */
struct dcbm_waiter {
	struct llist_head ended;
	wait_queue_head_t wq;
};

/*
 * States of a descriptor. The state of a descriptor in flight is DCBM_DESC_INFLIGHT plus
 * its generation. In the state DCBM_DESC_ENDING, its result is being written.
 */
enum { DCBM_DESC_IDLE, DCBM_DESC_ENDED, DCBM_DESC_ENDING, DCBM_DESC_INFLIGHT };

/*
 * Generations count the uses of a descriptor, modulo this number. A provider that calls
 * back twice, or after a termination, does so within the next few uses.
 */
#define DCBM_DESC_GENERATIONS	32

/**
 * struct dcbm_desc - one descriptor and what it copies
 * @state: idle, ended, ending, or in flight and in which generation
 * @generation: current or last generation
 * @tokens: each element holds its own index. The callback parameter is the address of
 *	an element, and so identifies the descriptor and the generation
 * @inflight: entry in the list of the channel, under the lock of the channel
 * @ended: entry in the list of the waiter
 * @waiter: thread that waits for the descriptor
 * @chan: channel to which the descriptor was submitted
 * @chunk: mapping that the descriptor is a part of
 * @id: number of the descriptor on its channel, from 1
 * @batch: id of the batch
 * @start: first byte, counted from the start of the round
 * @end: byte after the last one
 * @submitted_ns: time of submission
 * @item: index of the folio that contains @start
 * @segs: number of segments
 * @folios: number of folios that begin in the descriptor
 * @residue: bytes not copied, as the provider reports
 * @cookie: cookie of the DMAEngine
 * @result: result of the copy
 */
struct dcbm_desc {
	int state;
	u8 generation;
	u8 tokens[DCBM_DESC_GENERATIONS];
	struct list_head inflight;
	struct llist_node ended;
	struct dcbm_waiter *waiter;
	struct dcbm_chan *chan;
	struct dcbm_chunk *chunk;
	u64 id;
	u64 batch;
	u64 start;
	u64 end;
	u64 submitted_ns;
	unsigned int item;
	unsigned int segs;
	unsigned int folios;
	u32 residue;
	dma_cookie_t cookie;
	enum dcbm_result result;
};

/* If false, the caller can read the result, and all data that was written before it. */
static inline bool dcbm_desc_inflight(const struct dcbm_desc *desc)
{
	/* Pairs with smp_store_release() in dcbm_desc_end_in(). */
	return smp_load_acquire(&desc->state) >= DCBM_DESC_ENDING;
}

void dcbm_desc_init(struct dcbm_desc *desc);
int dcbm_desc_submit(struct dcbm_chan *chan, struct dcbm_desc *desc,
		     enum dcbm_backend backend, struct scatterlist *dst,
		     struct scatterlist *src, struct dcbm_phases *phases);
unsigned int dcbm_desc_begin(struct dcbm_chan *chan, struct dcbm_desc *desc);
bool dcbm_desc_cancel(struct dcbm_desc *desc);
void dcbm_desc_count(const struct dcbm_desc *desc, unsigned int inflight,
		     enum dcbm_backend backend);
bool dcbm_desc_end(struct dcbm_desc *desc, enum dcbm_result result, u32 residue);
void dcbm_desc_unlink(struct dcbm_desc *desc);
enum dcbm_result dcbm_result_of(const struct dmaengine_result *res);

#endif /* _DCBM_DESC_H */
