// SPDX-License-Identifier: GPL-2.0-only
/*
 * Contexts: the memory of a batch
 */
#include <linux/cpumask.h>
#include <linux/gfp.h>
#include <linux/jiffies.h>
#include <linux/minmax.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>

#include "ctx.h"
#include "desc.h"

/* Maximum number of batches at a time: more batches would wait for the same engines. */
#define DCBM_MAX_CTX		8

/*
 * Time that a batch waits for a context. Page migration holds the locks of the folios
 * meanwhile, and threads that access the folios wait, too.
 */
#define DCBM_TURN_MS		10

static struct scatterlist *dcbm_sg_alloc(unsigned int nents)
{
	struct scatterlist *sg = kvcalloc(nents, sizeof(*sg), GFP_KERNEL);

	if (sg)
		sg_init_table(sg, nents);
	return sg;
}

static void dcbm_chunk_free(struct dcbm_chunk *chunk)
{
	kvfree(chunk->src.sgl);
	kvfree(chunk->dst.sgl);
	kvfree(chunk->pair_src);
	kvfree(chunk->pair_dst);
	kvfree(chunk->desc);
}

static int dcbm_chunk_alloc(struct dcbm_chunk *chunk, struct dcbm_waiter *waiter,
			    unsigned int max_segs)
{
	unsigned int i;

	chunk->src.sgl = dcbm_sg_alloc(max_segs);
	chunk->dst.sgl = dcbm_sg_alloc(max_segs);
	chunk->pair_src = dcbm_sg_alloc(max_segs);
	chunk->pair_dst = dcbm_sg_alloc(max_segs);
	chunk->desc = kvcalloc(max_segs, sizeof(*chunk->desc), GFP_KERNEL);
	if (!chunk->src.sgl || !chunk->dst.sgl || !chunk->pair_src ||
	    !chunk->pair_dst || !chunk->desc)
		return -ENOMEM;

	for (i = 0; i < max_segs; i++) {
		dcbm_desc_init(&chunk->desc[i]);
		chunk->desc[i].waiter = waiter;
		chunk->desc[i].chunk = chunk;
	}
	return 0;
}

static void dcbm_ctx_free(struct dcbm_ctx *ctx)
{
	unsigned int i, j;

	for (i = 0; ctx->lanes && i < ctx->max_lanes; i++)
		for (j = 0; j < DCBM_WINDOW; j++)
			dcbm_chunk_free(&ctx->lanes[i].chunks[j]);
	kvfree(ctx->lanes);
	kvfree(ctx);
}

static struct dcbm_ctx *dcbm_ctx_alloc(unsigned int max_lanes, unsigned int max_segs)
{
	struct dcbm_ctx *ctx = kvzalloc(sizeof(*ctx), GFP_KERNEL);
	unsigned int i, j;

	if (!ctx)
		return NULL;
	init_llist_head(&ctx->waiter.ended);
	init_waitqueue_head(&ctx->waiter.wq);
	ctx->max_segs = max_segs;
	ctx->max_lanes = max_lanes;

	ctx->lanes = kvcalloc(max_lanes, sizeof(*ctx->lanes), GFP_KERNEL);
	if (!ctx->lanes)
		goto free;
	for (i = 0; i < max_lanes; i++) {
		ctx->lanes[i].ctx = ctx;
		for (j = 0; j < DCBM_WINDOW; j++)
			if (dcbm_chunk_alloc(&ctx->lanes[i].chunks[j],
					     &ctx->waiter, max_segs))
				goto free;
	}
	return ctx;
free:
	dcbm_ctx_free(ctx);
	return NULL;
}

void dcbm_ctx_pool_init(struct dcbm_ctx_pool *pool)
{
	spin_lock_init(&pool->lock);
	INIT_LIST_HEAD(&pool->free);
	INIT_LIST_HEAD(&pool->lost);
	init_waitqueue_head(&pool->wq);
}

static void dcbm_ctx_free_list(struct list_head *list)
{
	struct dcbm_ctx *ctx, *next;

	/* A completion that has ended a descriptor may not have woken the waiter yet. */
	synchronize_rcu();
	list_for_each_entry_safe(ctx, next, list, link)
		dcbm_ctx_free(ctx);
	INIT_LIST_HEAD(list);
}

/* Free all contexts except the lost ones. No batch may run. */
void dcbm_ctx_pool_empty(struct dcbm_ctx_pool *pool)
{
	dcbm_ctx_free_list(&pool->free);
}

/*
 * Replace the contexts. No batch may run. Returns 0, or -ENOMEM with the contexts
 * unchanged.
 */
int dcbm_ctx_pool_fill(struct dcbm_ctx_pool *pool, unsigned int max_lanes,
		       unsigned int max_segs)
{
	unsigned int nr = min(num_possible_cpus(), DCBM_MAX_CTX);
	LIST_HEAD(list);

	while (nr--) {
		struct dcbm_ctx *ctx = dcbm_ctx_alloc(max_lanes, max_segs);

		if (!ctx) {
			dcbm_ctx_free_list(&list);
			return -ENOMEM;
		}
		list_add(&ctx->link, &list);
	}
	dcbm_ctx_pool_empty(pool);
	list_splice(&list, &pool->free);
	return 0;
}

/*
 * Get a context for a batch. Waits for at most DCBM_TURN_MS, and returns NULL if other
 * batches use all contexts.
 */
struct dcbm_ctx *dcbm_ctx_get(struct dcbm_ctx_pool *pool)
{
	struct dcbm_ctx *ctx = NULL;

	wait_event_timeout(pool->wq, ({
		spin_lock(&pool->lock);
		ctx = list_first_entry_or_null(&pool->free, struct dcbm_ctx, link);
		if (ctx)
			list_del(&ctx->link);
		spin_unlock(&pool->lock);
		ctx; }), msecs_to_jiffies(DCBM_TURN_MS));
	return ctx;
}

/* Release a context without descriptors in flight. A lost context is kept permanently. */
void dcbm_ctx_put(struct dcbm_ctx_pool *pool, struct dcbm_ctx *ctx)
{
	spin_lock(&pool->lock);
	list_add(&ctx->link, ctx->lost ? &pool->lost : &pool->free);
	spin_unlock(&pool->lock);
	wake_up(&pool->wq);
}
