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

/*
 * Request for test batches. All fields are u32, as struct kvline_key requires. The
 * grammar checks the ranges; the trigger checks whether nodes and channels exist.
 */
struct dcbm_trigger_spec {
	u32 folios;
	u32 order;
	u32 src;	/* node */
	u32 dst;	/* node */
	u32 chan;	/* maximum number of channels, 0 for nr_dma_chan */
	u32 backend;	/* enum dcbm_backend */
	u32 fill;	/* enum dcbm_fill */
	u32 verify;
	u32 repeat;	/* number of batches */
	u32 seed;
};

extern const struct kvline_grammar dcbm_trigger_grammar;

#endif /* _DCBM_TRIGGER_SPEC_H */
