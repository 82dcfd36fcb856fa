// SPDX-License-Identifier: LGPL-2.1
/**
 * DOC: KernelShark plugin
 *
 * plugin-dcbm_plot.so shows each DMA channel as a lane in which every descriptor is a
 * box, and batches and fallbacks on the plots of tasks.
 *
 * load.c collects the events while KernelShark loads a recording CPU by CPU, model.c
 * pairs them into boxes, draw.cpp draws the boxes. Loading has ended before KernelShark
 * draws, so there are no locks.
 */
#include <stdio.h>
#include <stdlib.h>

#include <libkshark-tepdata.h>
#include <traceevent/event-parse.h>

#include "draw.h"
#include "load.h"
#include "model.h"

static void free_context(struct dp_context *ctx)
{
	int i;

	for (i = 0; i < ctx->nr_lanes; i++)
		dp_free_boxes(&ctx->lane[i].boxes);
	dp_free_boxes(&ctx->batches);
	dp_free_boxes(&ctx->fallbacks);
	free(ctx->lane);
	free(ctx->event);
	free(ctx);
}

KS_DEFINE_PLUGIN_CONTEXT(struct dp_context, free_context);

/* Names of the fields to read from an event; NULL if the event lacks the field */
struct source {
	const char *event;
	const char *id;
	const char *value;
	const char *folios;
	bool of_channel;
};

static const struct source sources[DP_NR_KINDS] = {
	[DP_BATCH_START] = { "dcbm/dcbm_batch_start", "batch", NULL, "folios", false },
	[DP_SUBMIT] = { "dcbm/dcbm_desc_submit", "desc", NULL, NULL, true },
	[DP_COMPLETE] = { "dcbm/dcbm_desc_complete", "desc", "result", NULL, true },
	[DP_FALLBACK] = { "dcbm/dcbm_fallback", "batch", "reason", "folios", false },
	[DP_BATCH_END] = { "dcbm/dcbm_batch_end", "batch", "outcome", "folios", false },
};

static bool read_field(struct kshark_data_stream *stream, void *rec, const char *field,
		       int64_t *value)
{
	return !field || kshark_read_record_field_int(stream, rec, field, value) == 0;
}

/* Returns the lane of the event's channel. A new lane is registered as a task. */
static int lane_of(struct kshark_data_stream *stream, struct dp_context *ctx, void *rec)
{
	int64_t dev, chan;
	int nr = ctx->nr_lanes, i;

	if (!read_field(stream, rec, "dev_id", &dev) ||
	    !read_field(stream, rec, "chan_id", &chan))
		return -1;
	i = dp_find_lane(ctx, dev, chan);
	if (i == nr) {
		tep_register_comm(kshark_get_tep(stream), ctx->lane[i].name,
				  ctx->lane[i].pid);
		kshark_hash_id_add(stream->tasks, ctx->lane[i].pid);
	}
	return i;
}

static void take_event(struct kshark_data_stream *stream, void *rec,
		       struct kshark_entry *entry)
{
	struct dp_context *ctx = __get_context(stream->stream_id);
	struct dp_event event = { .entry = entry };
	const struct source *source;
	struct dp_event *slot;

	if (!ctx)
		return;
	while (event.kind < DP_NR_KINDS && ctx->event_id[event.kind] != entry->event_id)
		event.kind++;
	if (event.kind == DP_NR_KINDS)
		return;
	source = &sources[event.kind];
	if (!read_field(stream, rec, source->id, &event.id) ||
	    !read_field(stream, rec, source->value, &event.value) ||
	    !read_field(stream, rec, source->folios, &event.folios) ||
	    !read_field(stream, rec, "bytes", &event.bytes))
		return;
	if (source->of_channel) {
		event.lane = lane_of(stream, ctx, rec);
		if (event.lane < 0)
			return;
	}
	slot = dp_add_event(ctx);
	if (slot)
		*slot = event;
}

/* KernelShark calls this for each stream. Returns the number of handlers; 0 is an error. */
int KSHARK_PLOT_PLUGIN_INITIALIZER(struct kshark_data_stream *stream)
{
	struct dp_context *ctx;
	int kind, nr = 0;

	if (!kshark_is_tep(stream))
		return 0;
	ctx = __init(stream->stream_id);
	if (!ctx)
		return 0;
	for (kind = 0; kind < DP_NR_KINDS; kind++) {
		ctx->event_id[kind] = kshark_find_event_id(stream, sources[kind].event);
		if (ctx->event_id[kind] < 0)
			continue;
		kshark_register_event_handler(stream, ctx->event_id[kind], take_event);
		nr++;
	}
	if (!nr) {
		__close(stream->stream_id);
		return 0;
	}
	kshark_register_draw_handler(stream, dp_draw);
	return nr;
}

int KSHARK_PLOT_PLUGIN_DEINITIALIZER(struct kshark_data_stream *stream)
{
	struct dp_context *ctx = __get_context(stream->stream_id);
	int kind, nr = 0;

	if (!ctx)
		return 0;
	for (kind = 0; kind < DP_NR_KINDS; kind++) {
		if (ctx->event_id[kind] < 0)
			continue;
		kshark_unregister_event_handler(stream, ctx->event_id[kind], take_event);
		nr++;
	}
	kshark_unregister_draw_handler(stream, dp_draw);
	__close(stream->stream_id);
	return nr;
}
