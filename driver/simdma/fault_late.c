// SPDX-License-Identifier: GPL-2.0-only
/*
 * Faults that act after a callback or a termination
 */
#include <linux/bottom_half.h>
#include <linux/cleanup.h>
#include <linux/dmaengine.h>
#include <linux/highmem.h>
#include <linux/jiffies.h>
#include <linux/lockdep.h>
#include <linux/mm.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

#include "addr.h"
#include "fault.h"
#include "fault_late.h"
#include "ring.h"
#include "simdma.h"
#include "walk.h"

/**
 * DOC: Late faults
 *
 * A late fault writes to pages or calls a callback after the end of the descriptor was
 * reported to the client. The pages are referenced while the descriptor is still in
 * flight, so they cannot be reused before the write. A client that has freed its pages
 * does not see the write, and neither does the next user of the memory.
 *
 * The parameter of a callback cannot be protected in this way: a client must not free
 * the parameter before the client releases the channel. simdma_late_end() then cancels
 * all late faults of the channel, and waits for the running ones.
 *
 * simdma_chan.lock protects the list of late faults. The work item frees its struct
 * simdma_late, unless simdma_late_end() cancels the work before it runs.
 */

/* Maximum number of pieces of a late copy. Larger copies are made without the fault. */
#define SIMDMA_LATE_PIECES	SZ_4K

/**
 * struct simdma_late_piece - a piece to copy
 * @dst: page that is written, with a reference
 * @src: page that is read, with a reference
 * @dst_off: offset in @dst
 * @src_off: offset in @src
 * @len: length in bytes
 */
struct simdma_late_piece {
	struct page *dst;
	struct page *src;
	u32 dst_off;
	u32 src_off;
	u32 len;
};

/**
 * struct simdma_late - a late copy or a late callback
 * @node: link in the channel's list, under the channel's lock
 * @sc: the channel
 * @work: the delayed action
 * @cancelled: @work must only free this struct
 * @callback: the client's callback, or NULL
 * @callback_result: the client's callback with a result, or NULL
 * @callback_param: parameter of the callback
 * @result: result that is passed to @callback_result
 * @nr: number of pieces
 * @pieces: pieces to copy
 */
struct simdma_late {
	struct list_head node;
	struct simdma_chan *sc;
	struct delayed_work work;
	bool cancelled;
	dma_async_tx_callback callback;
	dma_async_tx_callback_result callback_result;
	void *callback_param;
	struct dmaengine_result result;
	unsigned int nr;
	struct simdma_late_piece pieces[] __counted_by(nr);
};

static void simdma_late_write(struct simdma_late *late)
{
	unsigned int i;

	for (i = 0; i < late->nr; i++) {
		const struct simdma_late_piece *p = &late->pieces[i];
		void *src = kmap_local_page(p->src);
		void *dst = kmap_local_page(p->dst);

		memcpy(dst + p->dst_off, src + p->src_off, p->len);
		kunmap_local(dst);
		kunmap_local(src);
	}
}

static void simdma_late_call(struct simdma_late *late)
{
	local_bh_disable();
	if (late->callback_result)
		late->callback_result(late->callback_param, &late->result);
	else if (late->callback)
		late->callback(late->callback_param);
	local_bh_enable();
}

static void simdma_late_put(struct simdma_late *late)
{
	unsigned int i;

	for (i = 0; i < late->nr; i++) {
		put_page(late->pieces[i].dst);
		put_page(late->pieces[i].src);
	}
}

static void simdma_late_work(struct work_struct *work)
{
	struct simdma_late *late = container_of(to_delayed_work(work),
						struct simdma_late, work);

	if (!READ_ONCE(late->cancelled)) {
		simdma_late_write(late);
		simdma_late_call(late);
	}
	simdma_late_put(late);
	/* The channel may be freed as soon as the list is empty. */
	scoped_guard(spinlock_irqsave, &late->sc->lock) {
		list_del(&late->node);
		wake_up_all(&late->sc->quiet);
	}
	kvfree(late);
}

static struct simdma_late *simdma_late_alloc(struct simdma_chan *sc,
					     unsigned int nr, gfp_t gfp)
{
	struct simdma_late *late = NULL;

	if (nr <= SIMDMA_LATE_PIECES)
		late = kvzalloc(struct_size(late, pieces, nr), gfp);
	if (!late)
		return NULL;
	late->sc = sc;
	late->nr = nr;
	INIT_DELAYED_WORK(&late->work, simdma_late_work);
	return late;
}

static void simdma_late_start(struct simdma_late *late, u32 ms)
{
	lockdep_assert_held(&late->sc->lock);
	list_add_tail(&late->node, &late->sc->late);
	queue_delayed_work(late->sc->sd->wq, &late->work, msecs_to_jiffies(ms));
}

/* Take a reference to the page of a DMA address. Returns NULL if that is not possible. */
static struct page *simdma_late_hold(struct device *dev, dma_addr_t addr, u32 *off)
{
	phys_addr_t phys = simdma_phys(dev, addr);
	struct page *page;

	if (phys == PHYS_ADDR_MAX)
		return NULL;
	page = pfn_to_page(PHYS_PFN(phys));
	*off = offset_in_page(phys);
	return folio_try_get(page_folio(page)) ? page : NULL;
}

/* Returns false if a page of the piece cannot be referenced. */
static bool simdma_late_add(struct simdma_late_piece *p, struct device *dev,
			    const struct simdma_piece *piece)
{
	p->len = piece->len;
	p->src = simdma_late_hold(dev, piece->src, &p->src_off);
	if (!p->src)
		return false;
	p->dst = simdma_late_hold(dev, piece->dst, &p->dst_off);
	if (!p->dst)
		put_page(p->src);
	return p->dst;
}

/* Build a late copy of the data of a descriptor. Returns NULL if that is not possible. */
static struct simdma_late *simdma_late_prepare(struct simdma_desc *desc, gfp_t gfp)
{
	struct simdma_chan *sc = to_simdma_chan(desc->tx.chan);
	struct simdma_late *late;
	struct simdma_piece piece;
	struct simdma_walk walk;
	unsigned int n = 0;

	simdma_walk_begin(&walk, desc->dst, desc->nr_dst, desc->src, desc->nr_src);
	while (simdma_walk_next(&walk, SIMDMA_PIECE).len)
		n++;
	late = simdma_late_alloc(sc, n, gfp);
	if (!late)
		return NULL;

	n = 0;
	simdma_walk_begin(&walk, desc->dst, desc->nr_dst, desc->src, desc->nr_src);
	while ((piece = simdma_walk_next(&walk, SIMDMA_PIECE)).len)
		n += simdma_late_add(&late->pieces[n], sc->sd->dma.dev, &piece);
	late->nr = n;
	return late;
}

/**
 * simdma_late_copy() - copy the data of a descriptor later
 * @desc: the running descriptor, its channel not locked
 * @ms: delay
 *
 * Context: The channel's worker. May sleep.
 * Return: false if the copy is too large or memory is short.
 */
bool simdma_late_copy(struct simdma_desc *desc, u32 ms)
{
	struct simdma_late *late = simdma_late_prepare(desc, GFP_KERNEL);

	if (!late)
		return false;
	scoped_guard(spinlock_irqsave, &late->sc->lock)
		simdma_late_start(late, ms);
	return true;
}

static struct simdma_late *simdma_late_prepare_call(struct simdma_desc *desc)
{
	struct simdma_late *late;

	late = simdma_late_alloc(to_simdma_chan(desc->tx.chan), 0,
				 GFP_ATOMIC | __GFP_NOWARN);
	if (!late)
		return NULL;
	late->callback = desc->tx.callback;
	late->callback_result = desc->tx.callback_result;
	late->callback_param = desc->tx.callback_param;
	late->result.result = DMA_TRANS_NOERROR;
	return late;
}

/**
 * simdma_late_terminated() - inject a late fault into a termination
 * @desc: the descriptor, still in flight
 *
 * Context: Any. The channel is locked.
 */
void simdma_late_terminated(struct simdma_desc *desc)
{
	struct simdma_chan *sc = to_simdma_chan(desc->tx.chan);
	struct simdma_late *late = NULL;
	u32 ms;

	lockdep_assert_held(&sc->lock);
	if (simdma_fault_arg(sc, SIMDMA_FAULT_WRITE_AFTER_TERM, &ms))
		late = simdma_late_prepare(desc, GFP_ATOMIC | __GFP_NOWARN);
	else if (simdma_desc_has_callback(desc) &&
		 simdma_fault_arg(sc, SIMDMA_FAULT_CB_AFTER_TERM, &ms))
		late = simdma_late_prepare_call(desc);
	if (late)
		simdma_late_start(late, ms);
}

static bool simdma_late_none(struct simdma_chan *sc)
{
	bool none;

	scoped_guard(spinlock_irqsave, &sc->lock)
		none = list_empty(&sc->late);
	return none;
}

/**
 * simdma_late_end() - cancel all late faults of a channel, and wait for running ones
 * @sc: a channel without descriptors in flight
 *
 * Context: May sleep.
 */
void simdma_late_end(struct simdma_chan *sc)
{
	struct simdma_late *late, *next;
	LIST_HEAD(waiting);

	scoped_guard(spinlock_irqsave, &sc->lock) {
		list_for_each_entry_safe(late, next, &sc->late, node) {
			WRITE_ONCE(late->cancelled, true);
			if (cancel_delayed_work(&late->work))
				list_move(&late->node, &waiting);
		}
	}
	list_for_each_entry_safe(late, next, &waiting, node) {
		simdma_late_put(late);
		kvfree(late);
	}
	wait_event(sc->quiet, simdma_late_none(sc));
}
