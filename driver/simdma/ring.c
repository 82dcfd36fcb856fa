// SPDX-License-Identifier: GPL-2.0-only
/*
 * The ring of a channel and the states of its descriptors
 */
#include <linux/dmaengine.h>
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/lockdep.h>
#include <linux/log2.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/time64.h>

#include "cookie.h"
#include "fault.h"
#include "ring.h"
#include "simdma.h"

/**
 * simdma_ring_alloc() - allocate the ring of a channel
 * @sc: a channel without a ring
 *
 * Context: May sleep. No client and no worker use the channel.
 * Return: 0 or -ENOMEM.
 */
int simdma_ring_alloc(struct simdma_chan *sc)
{
	unsigned int depth = sc->sd->cfg.depth, segs = sc->sd->cfg.max_segs, i;
	unsigned int remember = roundup_pow_of_two(depth);
	int node = sc->sd->cfg.node;

	sc->descs = kvcalloc_node(depth, sizeof(*sc->descs), GFP_KERNEL, node);
	sc->segs = kvcalloc_node(depth, 2 * array_size(segs, sizeof(*sc->segs)),
				 GFP_KERNEL, node);
	sc->failed = kvcalloc_node(remember, sizeof(*sc->failed), GFP_KERNEL,
				   node);
	if (!sc->descs || !sc->segs || !sc->failed) {
		simdma_ring_free(sc);
		return -ENOMEM;
	}
	sc->failed_mask = remember - 1;

	for (i = 0; i < depth; i++) {
		struct simdma_desc *desc = &sc->descs[i];

		dma_async_tx_descriptor_init(&desc->tx, &sc->chan);
		INIT_LIST_HEAD(&desc->active);
		desc->dst = sc->segs + 2 * i * segs;
		desc->src = desc->dst + segs;
		desc->state = SIMDMA_FREE;
		list_add_tail(&desc->node, &sc->lists[SIMDMA_FREE]);
	}
	return 0;
}

/**
 * simdma_ring_free() - free the ring of a channel
 * @sc: a channel without descriptors in flight
 *
 * Context: May sleep. No client and no worker use the channel.
 */
void simdma_ring_free(struct simdma_chan *sc)
{
	unsigned int i;

	for (i = 0; i < SIMDMA_NR_STATES; i++)
		INIT_LIST_HEAD(&sc->lists[i]);
	kvfree(sc->failed);
	kvfree(sc->segs);
	kvfree(sc->descs);
	sc->failed = NULL;
	sc->segs = NULL;
	sc->descs = NULL;
}

void simdma_desc_move(struct simdma_desc *desc, enum simdma_state state)
{
	struct simdma_chan *sc = to_simdma_chan(desc->tx.chan);

	lockdep_assert_held(&sc->lock);
	desc->state = state;
	list_move_tail(&desc->node, &sc->lists[state]);
}

/* Returns the descriptor that has been longest in @state, or NULL. */
struct simdma_desc *simdma_ring_first(struct simdma_chan *sc,
				      enum simdma_state state)
{
	lockdep_assert_held(&sc->lock);
	return list_first_entry_or_null(&sc->lists[state], struct simdma_desc,
					node);
}

/* Returns NULL if no descriptor is free. */
struct simdma_desc *simdma_ring_take(struct simdma_chan *sc)
{
	struct simdma_desc *desc, *next;

	lockdep_assert_held(&sc->lock);
	if (list_empty(&sc->lists[SIMDMA_FREE]))
		list_for_each_entry_safe(desc, next, &sc->lists[SIMDMA_UNACKED], node)
			if (async_tx_test_ack(&desc->tx))
				simdma_desc_move(desc, SIMDMA_FREE);

	list_for_each_entry(desc, &sc->lists[SIMDMA_FREE], node) {
		if (desc->free_ns && desc->free_ns > ktime_get_ns())
			continue;
		simdma_desc_move(desc, SIMDMA_TAKEN);
		return desc;
	}
	return NULL;
}

/**
 * simdma_desc_recycle() - return a descriptor to the ring
 * @desc: the descriptor, with its buffers unmapped
 * @state: SIMDMA_FREE or SIMDMA_UNACKED
 *
 * Clears the callback fields, because the next user may set only some of them.
 *
 * Context: The channel is locked.
 */
void simdma_desc_recycle(struct simdma_desc *desc, enum simdma_state state)
{
	struct simdma_chan *sc = to_simdma_chan(desc->tx.chan);
	u32 us;

	if (!simdma_desc_has_callback(desc) ||
	    !simdma_fault(sc, SIMDMA_FAULT_STALE_CALLBACK)) {
		desc->tx.callback = NULL;
		desc->tx.callback_result = NULL;
		desc->tx.callback_param = NULL;
	}
	desc->free_ns = 0;
	if (simdma_fault_arg(sc, SIMDMA_FAULT_LATE_FREE, &us))
		desc->free_ns = ktime_get_ns() + (u64)us * NSEC_PER_USEC;
	if (simdma_fault(sc, SIMDMA_FAULT_RING_LEAK))
		state = SIMDMA_LEAKED;
	simdma_desc_move(desc, state);
}

static void simdma_desc_pass(struct simdma_desc *desc)
{
	struct simdma_chan *sc = to_simdma_chan(desc->tx.chan);
	struct simdma_desc *oldest;

	list_del_init(&desc->active);
	oldest = list_first_entry_or_null(&sc->active, struct simdma_desc, active);
	simdma_cookie_completed(&sc->chan, oldest ? oldest->tx.cookie : 0);
}

/**
 * simdma_desc_leave_flight() - take a descriptor out of flight, and complete its cookie
 * @desc: a descriptor in flight
 * @failed: report DMA_ERROR for the cookie
 *
 * Context: The channel is locked.
 */
void simdma_desc_leave_flight(struct simdma_desc *desc, bool failed)
{
	struct simdma_chan *sc = to_simdma_chan(desc->tx.chan);

	lockdep_assert_held(&sc->lock);
	if (failed)
		sc->failed[desc->tx.cookie & sc->failed_mask] = desc->tx.cookie;
	simdma_desc_pass(desc);
	desc->tx.cookie = 0;
	sc->stats.in_flight--;
}

/**
 * simdma_desc_park() - ignore a descriptor until it is terminated
 * @desc: a descriptor that was issued
 *
 * The descriptor stays in flight, but does not hold back completed_cookie.
 *
 * Context: The channel is locked.
 */
void simdma_desc_park(struct simdma_desc *desc)
{
	struct simdma_chan *sc = to_simdma_chan(desc->tx.chan);

	lockdep_assert_held(&sc->lock);
	simdma_desc_pass(desc);
	simdma_desc_move(desc, SIMDMA_PARKED);
}

/* Call the client back. Runs in the channel's tasklet. */
void simdma_desc_call(struct simdma_desc *desc)
{
	struct dma_async_tx_descriptor *tx = &desc->tx;

	if (tx->callback_result)
		tx->callback_result(tx->callback_param, &desc->result);
	else if (tx->callback)
		tx->callback(tx->callback_param);
}

/* Must the worker stop processing the running descriptor? Runs in the worker. */
bool simdma_must_stop(struct simdma_desc *desc)
{
	return READ_ONCE(desc->cancelled) || kthread_should_stop();
}
