// SPDX-License-Identifier: GPL-2.0-only
/*
 * Grammar of the trigger
 */
#include <linux/array_size.h>
#include <linux/limits.h>
#include <linux/mmzone.h>
#include <linux/numa.h>
#include <linux/stddef.h>

#include "names.h"
#include "trigger_spec.h"

#define SPEC_KEY(...)	KVLINE_KEY(struct dcbm_trigger_spec, __VA_ARGS__)

static const struct kvline_key dcbm_trigger_keys[] = {
	SPEC_KEY(folios, 1, DCBM_TRIGGER_MAX_FOLIOS, NULL, "folios per batch"),
	SPEC_KEY(order, 0, MAX_PAGE_ORDER, NULL, "folio size: 2^order pages"),
	SPEC_KEY(src, 0, MAX_NUMNODES - 1, NULL, "node to copy from"),
	SPEC_KEY(dst, 0, MAX_NUMNODES - 1, NULL, "node to copy to"),
	SPEC_KEY(chan, 1, DCBM_MAX_CHANNELS, NULL,
		 "channels to use (default nr_dma_chan)"),
	SPEC_KEY(backend, 0, DCBM_NR_BACKENDS - 1, dcbm_backend_names,
		 "operation of the descriptors"),
	SPEC_KEY(fill, 0, DCBM_NR_FILLS - 1, dcbm_fill_names,
		 "content of the source folios"),
	SPEC_KEY(verify, 0, 1, NULL, "compare every byte, and the guards around the batch"),
	SPEC_KEY(repeat, 1, DCBM_TRIGGER_MAX_REPEAT, NULL, "number of batches"),
	SPEC_KEY(seed, 0, U32_MAX, NULL, "random seed of the content"),
};

const struct kvline_grammar dcbm_trigger_grammar = {
	.keys = dcbm_trigger_keys,
	.nr = ARRAY_SIZE(dcbm_trigger_keys),
};
