/* SPDX-License-Identifier: GPL-2.0-only */
/* How a fault mode changes a copy */
#ifndef _SIMDMA_COPY_FAULT_H
#define _SIMDMA_COPY_FAULT_H

#include <linux/dmaengine.h>
#include <linux/types.h>

#include "fault_spec.h"
#include "walk.h"

struct simdma_desc;

/**
 * struct simdma_step - the next piece of a copy
 * @piece: bytes to copy; a fault may reduce the length and change the source
 * @dst: segment that is written
 * @src: segment that is read
 * @zero: write zeroes instead of reading @src
 */
struct simdma_step {
	struct simdma_piece piece;
	const struct simdma_seg *dst;
	const struct simdma_seg *src;
	bool zero;
};

/**
 * struct simdma_copy_fault - how a mode changes a copy
 * @fits: does the mode have an effect on this descriptor? NULL for always
 * @before: called before the first byte; returns false to copy without the fault
 * @step: called before each piece
 * @after: called after the last byte; returns the result that is reported
 * @stops: the copy ends after arg bytes, and @result is reported
 * @result: result that is reported if @after is NULL
 *
 * Only the channel's worker calls these functions. They may sleep, and may change the
 * lists of the running descriptor, which no other thread accesses.
 */
struct simdma_copy_fault {
	bool (*fits)(struct simdma_desc *desc, u32 arg);
	bool (*before)(struct simdma_desc *desc, u32 arg);
	void (*step)(struct simdma_desc *desc, u32 arg, struct simdma_step *step);
	enum dmaengine_tx_result (*after)(struct simdma_desc *desc, u32 arg);
	bool stops;
	enum dmaengine_tx_result result;
};

#endif /* _SIMDMA_COPY_FAULT_H */
