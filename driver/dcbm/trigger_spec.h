/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Grammar of the trigger
 */
#ifndef _DCBM_TRIGGER_SPEC_H
#define _DCBM_TRIGGER_SPEC_H

#include <linux/types.h>
#include <uapi/linux/dcbm.h>

#include "../lib/kvline.h"

#define DCBM_TRIGGER_MAX_FOLIOS	65536
#define DCBM_TRIGGER_MAX_REPEAT	1000000

/**
 * struct dcbm_trigger_spec - request for test batches
 * @folios: number of folios, 1 to DCBM_TRIGGER_MAX_FOLIOS
 * @order: order of each folio, 0 to MAX_PAGE_ORDER
 * @src: node of the sources
 * @dst: node of the destinations
 * @chan: maximum number of channels, 1 to DCBM_MAX_CHANNELS; 0 for nr_dma_chan
 * @backend: enum dcbm_backend
 * @fill: enum dcbm_fill
 * @verify: compare every byte
 * @repeat: number of batches, 1 to DCBM_TRIGGER_MAX_REPEAT
 * @seed: random seed of the content
 *
 * The fields are u32, as struct kvline_key requires. The trigger checks whether the nodes
 * and channels exist.
 */
struct dcbm_trigger_spec {
	u32 folios;
	u32 order;
	u32 src;
	u32 dst;
	u32 chan;
	u32 backend;
	u32 fill;
	u32 verify;
	u32 repeat;
	u32 seed;
};

extern const struct kvline_grammar dcbm_trigger_grammar;

#endif /* _DCBM_TRIGGER_SPEC_H */
