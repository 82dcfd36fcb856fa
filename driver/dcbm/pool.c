// SPDX-License-Identifier: GPL-2.0-only
/*
 * The pool: initialisation and exit
 */
#include <linux/workqueue.h>

#include "pool.h"

/* The caller has set pool->config. */
int dcbm_pool_init(struct dcbm_pool *pool, struct dcbm_stats *stats)
{
	/* WQ_MEM_RECLAIM: reclaim may wait for a migration, which waits for a termination. */
	pool->wq = alloc_workqueue("dcbm_sg", WQ_UNBOUND | WQ_MEM_RECLAIM, 0);
	if (!pool->wq)
		return -ENOMEM;

	init_rwsem(&pool->sem);
	pool->stats = stats;
	dcbm_ctx_pool_init(&pool->ctxs);
	INIT_LIST_HEAD(&pool->quarantined);
	xa_init(&pool->leaving);
	return 0;
}

/* The pool must have no users and no quarantined channels. */
void dcbm_pool_exit(struct dcbm_pool *pool)
{
	destroy_workqueue(pool->wq);
	xa_destroy(&pool->leaving);
}
