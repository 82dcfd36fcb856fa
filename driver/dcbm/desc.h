/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Descriptors of a channel: submission, completion, and who waits for them
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

/**
 * struct dcbm_owner - who waits for descriptors
 * @ended: descriptors that have ended, newest first
 * @wq: woken for each
 */
struct dcbm_owner {
	struct llist_head ended;
	wait_queue_head_t wq;
};

/*
 * States of a descriptor. In flight is the last one, and all that is above it: the
 * number of the life that it is in is added. Ending is the moment in which its one end
 * is decided on and not yet written down.
 */
enum { DCBM_DESC_IDLE, DCBM_DESC_ENDED, DCBM_DESC_ENDING, DCBM_DESC_INFLIGHT };

/*
 * Lives of a descriptor that can be told apart. An engine that calls back twice, or
 * after a termination, does so while the descriptor is in one of the next few.
 */
#define DCBM_DESC_LIVES		32

/**
 * struct dcbm_desc - one descriptor and what it copies
 * @state: idle, ended, ending, or in flight and in which life
 * @life: the life it is in, or was in last
 * @lives: each its own index: what a callback is given is the address of one of them,
 *	so that it says which descriptor it is for and which life of it
 * @inflight: entry in the list of the channel, under its lock
 * @ended: entry in the list of the owner
 * @owner: who waits for it
 * @chan: where it was submitted
 * @chunk: mapping that it is a part of
 * @id: number on its channel, from 1
 * @batch: the batch it belongs to
 * @start: first byte, counted from the start of the round
 * @end: byte behind the last
 * @submitted_ns: time of submission
 * @item: index of the folio in which @start lies
 * @segs: segments
 * @folios: folios that begin in it
 * @residue: bytes not copied, as the provider says
 * @cookie: of the DMAEngine
 * @result: how it ended
 */
struct dcbm_desc {
	int state;
	u8 life;
	u8 lives[DCBM_DESC_LIVES];
	struct list_head inflight;
	struct llist_node ended;
	struct dcbm_owner *owner;
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

/**
 * dcbm_desc_inflight() - is a descriptor in flight?
 * @desc: the descriptor
 *
 * Return: true if so; if not, how it ended can be read, and what was written before.
 */
static inline bool dcbm_desc_inflight(const struct dcbm_desc *desc)
{
	/* Pairs with the store of dcbm_desc_end(). */
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
