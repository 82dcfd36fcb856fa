// SPDX-License-Identifier: GPL-2.0-only
/*
 * Faults that copy wrong data, and selection of the fault of a copy
 */
#include <linux/array_size.h>
#include <linux/cleanup.h>
#include <linux/dmaengine.h>
#include <linux/ioport.h>
#include <linux/lockdep.h>
#include <linux/log2.h>
#include <linux/math.h>
#include <linux/minmax.h>
#include <linux/mm.h>

#include "addr.h"
#include "fault.h"
#include "fault_data.h"
#include "fault_late.h"
#include "fault_result.h"
#include "fault_write.h"
#include "simdma.h"
#include "walk.h"

/* Is @is true for any segment of @segs? */
static bool simdma_any(struct simdma_desc *desc, const struct simdma_seg *segs,
		       unsigned int nr, u32 arg,
		       bool (*is)(const struct simdma_desc *desc,
				  const struct simdma_seg *seg, u32 arg))
{
	unsigned int i;

	for (i = 0; i < nr; i++)
		if (is(desc, &segs[i], arg))
			return true;
	return false;
}

/* Do not write the last byte of the destination segment. */
static void simdma_step_short(struct simdma_step *step)
{
	if (step->piece.dst + step->piece.len == simdma_seg_end(step->dst))
		step->piece.len--;
}

static void simdma_step_none(struct simdma_desc *desc, u32 arg,
			     struct simdma_step *step)
{
	step->piece.len = 0;
}

static void simdma_skip_seg(struct simdma_desc *desc, u32 arg,
			    struct simdma_step *step)
{
	if (step->dst - desc->dst == arg % desc->nr_dst)
		step->piece.len = 0;
}

/* Find two source segments of equal length. Returns the first, or NULL. */
static struct simdma_seg *simdma_swappable(struct simdma_desc *desc,
					   struct simdma_seg **other)
{
	unsigned int i, j;

	for (i = 0; i < desc->nr_src; i++) {
		for (j = i + 1; j < desc->nr_src; j++) {
			*other = &desc->src[j];
			if (desc->src[i].len == desc->src[j].len &&
			    desc->src[i].addr != desc->src[j].addr)
				return &desc->src[i];
		}
	}
	return NULL;
}

static bool simdma_swap_fits(struct simdma_desc *desc, u32 arg)
{
	struct simdma_seg *other;

	return simdma_swappable(desc, &other);
}

static bool simdma_swap(struct simdma_desc *desc, u32 arg)
{
	struct simdma_seg *other, *seg = simdma_swappable(desc, &other);

	swap(seg->addr, other->addr);
	return true;
}

static void simdma_short_last(struct simdma_desc *desc, u32 arg,
			      struct simdma_step *step)
{
	if (step->dst == desc->dst + desc->nr_dst - 1)
		simdma_step_short(step);
}

static bool simdma_list_cut_fits(struct simdma_desc *desc, u32 arg)
{
	return desc->nr_dst > arg;
}

static void simdma_list_cut(struct simdma_desc *desc, u32 arg,
			    struct simdma_step *step)
{
	if (step->dst - desc->dst >= arg)
		step->piece.len = 0;
}

static bool simdma_has_tail(const struct simdma_desc *desc,
			    const struct simdma_seg *seg, u32 arg)
{
	return seg->len % max(arg, 1U);
}

static bool simdma_tail_fits(struct simdma_desc *desc, u32 arg)
{
	return simdma_any(desc, desc->dst, desc->nr_dst, arg, simdma_has_tail);
}

static void simdma_tail_lost(struct simdma_desc *desc, u32 arg,
			     struct simdma_step *step)
{
	u32 off = step->piece.dst - step->dst->addr;
	u32 good = rounddown(step->dst->len, max(arg, 1U));

	step->piece.len = off < good ? min(step->piece.len, good - off) : 0;
}

/* At most a page, so that the piece that is read stays contiguous memory. */
static u32 simdma_misalign_mask(u32 arg)
{
	return rounddown_pow_of_two(clamp(arg, 1U, SIMDMA_PIECE)) - 1;
}

static bool simdma_is_misaligned(const struct simdma_desc *desc,
				 const struct simdma_seg *seg, u32 arg)
{
	return seg->addr & simdma_misalign_mask(arg);
}

static bool simdma_misalign_fits(struct simdma_desc *desc, u32 arg)
{
	return simdma_any(desc, desc->src, desc->nr_src, arg, simdma_is_misaligned);
}

static void simdma_misalign(struct simdma_desc *desc, u32 arg,
			    struct simdma_step *step)
{
	if (step->piece.src == step->src->addr)
		step->piece.src &= ~(dma_addr_t)simdma_misalign_mask(arg);
}

static bool simdma_mispair_fits(struct simdma_desc *desc, u32 arg)
{
	unsigned int i;

	if (desc->nr_dst != desc->nr_src)
		return true;
	for (i = 0; i < desc->nr_dst; i++)
		if (desc->dst[i].len != desc->src[i].len)
			return true;
	return false;
}

static bool simdma_mispair(struct simdma_desc *desc, u32 arg)
{
	unsigned int i;

	desc->nr_dst = min(desc->nr_dst, desc->nr_src);
	desc->nr_src = desc->nr_dst;
	for (i = 0; i < desc->nr_dst; i++) {
		desc->dst[i].len = min(desc->dst[i].len, desc->src[i].len);
		desc->src[i].len = desc->dst[i].len;
	}
	return true;
}

/* Does a source segment overlap an earlier one? */
static bool simdma_overlaps(const struct simdma_desc *desc,
			    const struct simdma_seg *seg, u32 arg)
{
	const struct simdma_seg *other;

	for (other = desc->src; other < seg; other++)
		if (simdma_segs_overlap(other, seg))
			return true;
	return false;
}

static bool simdma_overlap_fits(struct simdma_desc *desc, u32 arg)
{
	return simdma_any(desc, desc->src, desc->nr_src, arg, simdma_overlaps);
}

static void simdma_overlap(struct simdma_desc *desc, u32 arg,
			   struct simdma_step *step)
{
	step->zero = simdma_overlaps(desc, step->src, arg);
}

static bool simdma_is_above_4g(const struct simdma_desc *desc,
			       const struct simdma_seg *seg, u32 arg)
{
	return upper_32_bits(seg->addr);
}

static bool simdma_wrap_fits(struct simdma_desc *desc, u32 arg)
{
	return simdma_any(desc, desc->src, desc->nr_src, arg, simdma_is_above_4g);
}

/* Read RAM only: reading device memory may have side effects. */
static void simdma_wrap(struct simdma_desc *desc, u32 arg, struct simdma_step *step)
{
	phys_addr_t phys;

	step->piece.src = lower_32_bits(step->piece.src);
	phys = simdma_phys(simdma_desc_dev(desc), step->piece.src);
	step->zero = phys == PHYS_ADDR_MAX || !page_is_ram(PHYS_PFN(phys));
}

static bool simdma_at_limit(const struct simdma_desc *desc,
			    const struct simdma_seg *seg, u32 arg)
{
	return seg->len == to_simdma_chan(desc->tx.chan)->sd->lim.max_seg_size;
}

static bool simdma_limit_fits(struct simdma_desc *desc, u32 arg)
{
	return simdma_any(desc, desc->dst, desc->nr_dst, arg, simdma_at_limit);
}

static void simdma_limit(struct simdma_desc *desc, u32 arg, struct simdma_step *step)
{
	if (simdma_at_limit(desc, step->dst, arg))
		simdma_step_short(step);
}

static bool simdma_at_boundary(const struct simdma_desc *desc,
			       const struct simdma_seg *seg, u32 arg)
{
	u64 mask = to_simdma_chan(desc->tx.chan)->sd->lim.boundary_mask;

	return mask != U64_MAX && !(simdma_seg_end(seg) & mask);
}

static bool simdma_boundary_fits(struct simdma_desc *desc, u32 arg)
{
	return simdma_any(desc, desc->dst, desc->nr_dst, arg, simdma_at_boundary);
}

static void simdma_boundary(struct simdma_desc *desc, u32 arg,
			    struct simdma_step *step)
{
	if (simdma_at_boundary(desc, step->dst, arg))
		simdma_step_short(step);
}

/* Find a source segment of at least @len bytes of a descriptor that is running or issued. */
static bool simdma_chan_reads(struct simdma_chan *sc, u32 len, struct simdma_seg *seg)
{
	static const enum simdma_state states[] = { SIMDMA_RUNNING, SIMDMA_ISSUED };
	struct simdma_desc *desc;
	unsigned int i;

	lockdep_assert_held(&sc->lock);
	for (i = 0; i < ARRAY_SIZE(states); i++) {
		list_for_each_entry(desc, &sc->lists[states[i]], node) {
			if (!desc->nr_src || desc->src[0].len < len)
				continue;
			*seg = desc->src[0];
			return true;
		}
	}
	return false;
}

static bool simdma_others_read(struct simdma_desc *desc, struct simdma_seg *seg)
{
	struct simdma_chan *own = to_simdma_chan(desc->tx.chan), *sc;
	struct simdma *sd = own->sd;
	bool found = false;

	if (!desc->nr_src)
		return false;
	for (sc = sd->chans; !found && sc < sd->chans + sd->nr_chan; sc++) {
		if (sc == own)
			continue;
		scoped_guard(spinlock_irq, &sc->lock)
			found = simdma_chan_reads(sc, desc->src[0].len, seg);
	}
	return found;
}

static bool simdma_mixup_fits(struct simdma_desc *desc, u32 arg)
{
	struct simdma_seg seg;

	return simdma_others_read(desc, &seg);
}

static bool simdma_mixup(struct simdma_desc *desc, u32 arg)
{
	struct simdma_seg seg;

	if (!simdma_others_read(desc, &seg))
		return false;
	desc->src[0].addr = seg.addr;
	return true;
}

static const struct simdma_copy_fault simdma_data_faults[SIMDMA_NR_FAULTS] = {
	[SIMDMA_FAULT_SKIP_SEG] = { .step = simdma_skip_seg },
	[SIMDMA_FAULT_SWAP_SEGS] = {
		.fits = simdma_swap_fits, .before = simdma_swap,
	},
	[SIMDMA_FAULT_SHORT_LAST] = { .step = simdma_short_last },
	[SIMDMA_FAULT_LIST_CUT] = {
		.fits = simdma_list_cut_fits, .step = simdma_list_cut,
	},
	[SIMDMA_FAULT_TAIL_LOST] = {
		.fits = simdma_tail_fits, .step = simdma_tail_lost,
	},
	[SIMDMA_FAULT_MISALIGN] = {
		.fits = simdma_misalign_fits, .step = simdma_misalign,
	},
	[SIMDMA_FAULT_MISPAIR] = {
		.fits = simdma_mispair_fits, .before = simdma_mispair,
	},
	[SIMDMA_FAULT_OVERLAP] = {
		.fits = simdma_overlap_fits, .step = simdma_overlap,
	},
	[SIMDMA_FAULT_WRAP4G] = { .fits = simdma_wrap_fits, .step = simdma_wrap },
	[SIMDMA_FAULT_SEG_LIMIT] = { .fits = simdma_limit_fits, .step = simdma_limit },
	[SIMDMA_FAULT_SEG_BOUNDARY] = {
		.fits = simdma_boundary_fits, .step = simdma_boundary,
	},
	[SIMDMA_FAULT_CHAN_MIXUP] = {
		.fits = simdma_mixup_fits, .before = simdma_mixup,
	},
	[SIMDMA_FAULT_ERROR_AS_SUCCESS] = { .step = simdma_step_none },
	[SIMDMA_FAULT_EARLY] = {
		.before = simdma_late_copy, .step = simdma_step_none,
	},
};

static bool simdma_copy_fault_set(const struct simdma_copy_fault *fault)
{
	return fault->before || fault->step || fault->after || fault->stops ||
	       fault->result;
}

/* Returns NULL for a mode that does not change copies. */
static const struct simdma_copy_fault *
simdma_copy_fault_of(enum simdma_fault_mode mode)
{
	static const struct simdma_copy_fault *const tables[] = {
		simdma_data_faults, simdma_write_faults, simdma_result_faults,
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(tables); i++)
		if (simdma_copy_fault_set(&tables[i][mode]))
			return &tables[i][mode];
	return NULL;
}

/**
 * simdma_copy_fault_begin() - select the fault of a copy
 * @desc: the running descriptor
 * @arg: set to the argument of the fault
 *
 * A copy of length 0, which only a fault of prep accepts, gets no other fault.
 *
 * Context: The channel's worker. May sleep.
 * Return: The fault, or NULL.
 */
const struct simdma_copy_fault *simdma_copy_fault_begin(struct simdma_desc *desc, u32 *arg)
{
	struct simdma_chan *sc = to_simdma_chan(desc->tx.chan);
	enum simdma_fault_mode mode = simdma_fault_mode(sc);
	const struct simdma_copy_fault *fault = simdma_copy_fault_of(mode);

	if (!desc->len || !fault)
		return NULL;
	*arg = READ_ONCE(sc->sd->fault.spec.arg);
	if (fault->fits && !fault->fits(desc, *arg))
		return NULL;
	if (!simdma_fault_arg(sc, mode, arg))
		return NULL;
	if (fault->before && !fault->before(desc, *arg))
		return NULL;
	return fault;
}
