/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The driver as a whole.
 */
#ifndef _DCBM_H
#define _DCBM_H

#include <linux/atomic.h>
#include <linux/types.h>

#include <dcbm_compat.h>

#include "batch.h"
#include "pool.h"
#include "stats.h"
#include "trigger.h"
#include "validate/validate.h"

struct dentry;

/**
 * struct dcbm - the driver
 * @ready: initialised; before, parameters are only taken down
 * @offloading: registered with the offload core, or to be so once ready
 * @reason_mask: for which reasons of migration
 * @opt: how batches of migrations are copied; single fields are read and written
 *	without a lock
 * @pool: the channels
 * @stats: the statistics
 * @trigger: test batches
 * @validate: the conformance suite
 * @migrator: what the offload core knows of us
 * @last_batch: id of the last batch
 * @folios_migrated: folios that were copied by DMA for migrations
 * @folios_failures: folios that were offered and left to the CPU
 * @dir: debugfs directory
 *
 * Parameters are written one at a time: the module's param_lock is held.
 */
struct dcbm {
	bool ready;
	bool offloading;
	unsigned long reason_mask;
	struct dcbm_options opt;
	struct dcbm_pool pool;
	struct dcbm_stats stats;
	struct dcbm_trigger trigger;
	struct dcbm_validate validate;
	struct migrator migrator;
	atomic64_t last_batch;
	atomic64_t folios_migrated;
	atomic64_t folios_failures;
	struct dentry *dir;
};

/* The one instance: neither parameters nor a migrator carry a pointer to theirs. */
extern struct dcbm dcbm;

static inline u64 dcbm_next_batch(struct dcbm *d)
{
	return atomic64_inc_return(&d->last_batch);
}

/* offload.c */
int dcbm_offload_enable(struct dcbm *d);
void dcbm_offload_disable(struct dcbm *d);
int dcbm_offload_copy(struct list_head *dst_list, struct list_head *src_list,
		      unsigned int folio_cnt);

/* debugfs.c */
void dcbm_debugfs_init(struct dcbm *d);
void dcbm_debugfs_exit(struct dcbm *d);

#endif /* _DCBM_H */
