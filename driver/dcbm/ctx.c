// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memory of a context, see ctx.h.
 */
#include <linux/gfp.h>
#include <linux/slab.h>

#include "ctx.h"

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

/**
 * dcbm_ctx_free() - free a context
 * @ctx: the context, or NULL; nothing of it is in flight
 */
void dcbm_ctx_free(struct dcbm_ctx *ctx)
{
	unsigned int i, j;

	if (!ctx)
		return;
	for (i = 0; ctx->lanes && i < ctx->max_lanes; i++)
		for (j = 0; j < DCBM_WINDOW; j++)
			dcbm_chunk_free(&ctx->lanes[i].chunks[j]);
	kvfree(ctx->lanes);
	kvfree(ctx);
}

/**
 * dcbm_ctx_alloc() - allocate a context
 * @max_lanes: for so many channels
 * @max_segs: most segments a descriptor
 *
 * Context: May sleep.
 * Return: The context or NULL.
 */
struct dcbm_ctx *dcbm_ctx_alloc(unsigned int max_lanes, unsigned int max_segs)
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
