/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Users of the pool: channels are held while there is at least one user
 */
#ifndef _DCBM_HOLD_H
#define _DCBM_HOLD_H

struct dcbm_pool;
struct dcbm_pool_config;
struct device;

int dcbm_pool_get(struct dcbm_pool *pool, unsigned int nr_chan);
void dcbm_pool_put(struct dcbm_pool *pool);
void dcbm_pool_shrink(struct dcbm_pool *pool, struct device *dev);
void dcbm_pool_grow(struct dcbm_pool *pool, struct device *gone);
int dcbm_pool_configure(struct dcbm_pool *pool,
			const struct dcbm_pool_config *config);

#endif /* _DCBM_HOLD_H */
