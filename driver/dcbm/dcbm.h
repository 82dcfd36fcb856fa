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

/* The driver. The module's param_lock serialises writes of parameters. */
struct dcbm {
	bool ready;		/* otherwise a write of a parameter only stores the value */
	bool offloading;	/* registered with the offload core, or to be once ready */
	unsigned long reason_mask;
	struct dcbm_options opt;	/* defaults of batches, read without a lock */
	struct dcbm_pool pool;
	struct dcbm_stats stats;
	struct dcbm_validate *validate;	/* NULL if the suite is not built in */
	atomic64_t last_batch;
	atomic64_t folios_migrated;	/* copied by DMA for page migration */
	atomic64_t folios_failures;	/* left to the CPU by page migration */
};

/* Global, as the functions of parameters and of migrators get no pointer to an instance */
extern struct dcbm dcbm;

struct dcbm_options dcbm_options_get(const struct dcbm *d);

static inline u64 dcbm_next_batch(struct dcbm *d)
{
	return atomic64_inc_return(&d->last_batch);
}

#endif /* _DCBM_H */
