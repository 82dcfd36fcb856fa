/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Acquisition of channels from the DMAEngine, and their release
 */
#ifndef _DCBM_ACQUIRE_H
#define _DCBM_ACQUIRE_H

#include <linux/types.h>

struct dcbm_chan;
struct dcbm_pool;
struct device;

unsigned int dcbm_acquire(struct dcbm_pool *pool, unsigned int nr);
struct dcbm_chan *dcbm_acquire_named(struct dcbm_pool *pool, const char *name);
bool dcbm_release_chan(struct dcbm_pool *pool, struct dcbm_chan *chan);
void dcbm_release(struct dcbm_pool *pool);
void dcbm_release_from(struct dcbm_pool *pool, unsigned int keep);
void dcbm_release_dev(struct dcbm_pool *pool, struct device *dev);

#endif /* _DCBM_ACQUIRE_H */
