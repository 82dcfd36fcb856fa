// SPDX-License-Identifier: GPL-2.0-only
/*
 * The copy of a descriptor
 */
#include <linux/dmaengine.h>
#include <linux/highmem.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "addr.h"
#include "copy.h"
#include "fault.h"
#include "fault_data.h"
#include "ring.h"
#include "simdma.h"
#include "walk.h"

/*
 * With a fault the source may be any memory, also freed memory. A hardware engine would
 * read such memory, but here KASAN would report a bug of this driver. So @foreign sources
 * are read by copy_from_kernel_nofault(), which is not instrumented.
 */
static unsigned long simdma_copy_bytes(void *dst, const void *src, u32 len,
				       bool foreign)
{
	if (foreign)
		return copy_from_kernel_nofault(dst, src, len) ? len : 0;
	/* A read of poisoned memory must fail the descriptor, not the kernel. */
	return copy_mc_to_kernel(dst, src, len);
}

static enum dmaengine_tx_result simdma_copy_piece(struct device *dev,
						  const struct simdma_piece *piece,
						  bool foreign)
{
	unsigned long missing;
	void *dst, *src;

	src = simdma_map(dev, piece->src);
	if (!src)
		return DMA_TRANS_READ_FAILED;
	dst = simdma_map(dev, piece->dst);
	if (!dst) {
		kunmap_local(src);
		return DMA_TRANS_WRITE_FAILED;
	}

	missing = simdma_copy_bytes(dst, src, piece->len, foreign);
	kunmap_local(dst);
	kunmap_local(src);
	return missing ? DMA_TRANS_READ_FAILED : DMA_TRANS_NOERROR;
}

static enum dmaengine_tx_result simdma_zero_piece(struct device *dev,
						  const struct simdma_piece *piece)
{
	void *dst = simdma_map(dev, piece->dst);

	if (!dst)
		return DMA_TRANS_WRITE_FAILED;
	memset(dst, 0, piece->len);
	kunmap_local(dst);
	return DMA_TRANS_NOERROR;
}

static enum dmaengine_tx_result simdma_copy_step(struct simdma_desc *desc,
						 struct simdma_step *step,
						 const struct simdma_copy_fault *fault,
						 u32 arg)
{
	struct simdma_chan *sc = to_simdma_chan(desc->tx.chan);
	struct device *dev = sc->sd->dma.dev;

	if (fault && fault->step)
		fault->step(desc, arg, step);
	if (!step->piece.len)
		return DMA_TRANS_NOERROR;
	if (step->zero)
		return simdma_zero_piece(dev, &step->piece);
	return simdma_copy_piece(dev, &step->piece, simdma_fault_active(sc));
}

static enum dmaengine_tx_result simdma_copy_all(struct simdma_desc *desc,
						const struct simdma_copy_fault *fault,
						u32 arg)
{
	u32 end = fault && fault->stops ? arg : desc->len;
	enum dmaengine_tx_result result;
	struct simdma_walk walk;
	u32 len;

	simdma_walk_begin(&walk, desc->dst, desc->nr_dst, desc->src, desc->nr_src);
	while (desc->copied < end) {
		struct simdma_step step = {
			.dst = walk.dst.seg,
			.src = walk.src.seg,
		};

		step.piece = simdma_walk_next(&walk, SIMDMA_PIECE);
		step.piece.len = min(step.piece.len, end - desc->copied);
		len = step.piece.len;
		if (!len)
			break;
		if (simdma_must_stop(desc))
			return DMA_TRANS_ABORTED;

		result = simdma_copy_step(desc, &step, fault, arg);
		if (result != DMA_TRANS_NOERROR)
			return result;

		WRITE_ONCE(desc->copied, desc->copied + len);
		cond_resched();
	}
	return DMA_TRANS_NOERROR;
}

/**
 * simdma_copy() - copy the data of a descriptor
 * @desc: the running descriptor; @desc->copied is updated during the copy
 *
 * Context: The channel's worker. May sleep.
 * Return: The result; DMA_TRANS_ABORTED if the descriptor was cancelled or the worker
 * must stop.
 */
enum dmaengine_tx_result simdma_copy(struct simdma_desc *desc)
{
	enum dmaengine_tx_result result;
	const struct simdma_copy_fault *fault;
	u32 arg = 0;

	fault = simdma_copy_fault_begin(desc, &arg);
	result = simdma_copy_all(desc, fault, arg);
	if (!fault || result != DMA_TRANS_NOERROR)
		return result;

	/* A fault may have shortened the lists, but the copy is reported as complete. */
	if (!fault->stops)
		WRITE_ONCE(desc->copied, desc->len);
	return fault->after ? fault->after(desc, arg) : fault->result;
}
