/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The one instance of the driver
 */
#ifndef _DCBM_H
#define _DCBM_H

#include <linux/atomic.h>
#include <linux/types.h>

#include <dcbm_compat.h>

#include "batch.h"
#include "pool.h"
#include "stats.h"

struct dcbm_validate;

/**
 * struct dcbm - the driver
 * @ready: initialised; before that, a parameter that is written is only stored
 * @offloading: registered with the offload core, or to be registered once @ready
 * @reason_mask: migration reasons to register for
 * @opt: options of batches of page migration; each field is read and written without a
 *	lock
 * @pool: the channels
 * @stats: the statistics
 * @validate: the conformance suite, NULL if it is not built in
 * @last_batch: id of the last batch
 * @folios_migrated: folios that were copied by DMA for page migration
 * @folios_failures: folios of page migration that were left to the CPU
 *
 * The module's param_lock serialises writes of parameters.
 */
struct dcbm {
	bool ready;
	bool offloading;
	unsigned long reason_mask;
	struct dcbm_options opt;
	struct dcbm_pool pool;
	struct dcbm_stats stats;
	struct dcbm_validate *validate;
	atomic64_t last_batch;
	atomic64_t folios_migrated;
	atomic64_t folios_failures;
};

/* Neither parameters nor a migrator carry a pointer to an instance. */
extern struct dcbm dcbm;

struct dcbm_options dcbm_options_get(const struct dcbm *d);

static inline u64 dcbm_next_batch(struct dcbm *d)
{
	return atomic64_inc_return(&d->last_batch);
}

#endif /* _DCBM_H */
