// SPDX-License-Identifier: LGPL-2.1
/*
 * Pairing of events into boxes: descriptors by channel and id, batches by id
 *
 * KernelShark loads events CPU by CPU, so dp_build() runs after all events are loaded,
 * and sorts them by time.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "count.h"
#include "model.h"

#define FIRST_ROOM	1024

/*
 * KernelShark only has plots of CPUs and of tasks. A channel is shown as a pseudo task
 * that never runs, so the channel gets a plot with its name and is in KernelShark's
 * lists of tasks. The pids are above PID_MAX_LIMIT of the kernel. KernelShark sorts the
 * plots by pid, so each device gets a range of pids.
 */
#define LANE_PID	10000000
#define DEV_PIDS	1000

/* Makes room for one more element in an array of @nr elements. */
static bool grow(void **array, size_t nr, size_t *room, size_t size)
{
	size_t more = *room ? 2 * *room : FIRST_ROOM;
	void *bigger;

	if (nr < *room)
		return true;
	bigger = realloc(*array, more * size);
	if (!bigger)
		return false;
	*array = bigger;
	*room = more;
	return true;
}

/**
 * dp_add_event() - allocate an event
 * @ctx: context of the stream
 *
 * Return: the event for the caller to fill, or NULL if out of memory.
 */
struct dp_event *dp_add_event(struct dp_context *ctx)
{
	void *array = ctx->event;

	if (!grow(&array, ctx->nr_events, &ctx->room, sizeof(*ctx->event)))
		return NULL;
	ctx->event = array;
	ctx->built = false;
	return &ctx->event[ctx->nr_events++];
}

static struct dp_box *add_box(struct dp_boxes *boxes)
{
	void *array = boxes->box;

	if (!grow(&array, boxes->nr, &boxes->room, sizeof(*boxes->box)))
		return NULL;
	boxes->box = array;
	return &boxes->box[boxes->nr++];
}

void dp_free_boxes(struct dp_boxes *boxes)
{
	free(boxes->box);
	memset(boxes, 0, sizeof(*boxes));
}

/**
 * dp_lane_of_task() - find the lane of a pseudo task
 * @ctx: context of the stream
 * @pid: pid of the task
 *
 * Return: the lane, or NULL for a real task.
 */
const struct dp_lane *dp_lane_of_task(const struct dp_context *ctx, int pid)
{
	int i;

	for (i = 0; i < ctx->nr_lanes; i++) {
		if (ctx->lane[i].pid == pid)
			return &ctx->lane[i];
	}
	return NULL;
}

/**
 * dp_find_lane() - find or add the lane of a channel
 * @ctx: context of the stream
 * @dev: DMA device of the channel
 * @chan: number of the channel in the device
 *
 * Return: index of the lane, or -1 if out of memory.
 */
int dp_find_lane(struct dp_context *ctx, int64_t dev, int64_t chan)
{
	int pid = LANE_PID + dev * DEV_PIDS + chan;
	struct dp_lane *lane;
	int i;

	for (i = 0; i < ctx->nr_lanes; i++) {
		if (ctx->lane[i].dev == dev && ctx->lane[i].chan == chan)
			return i;
	}
	while (dp_lane_of_task(ctx, pid))
		pid++;
	lane = realloc(ctx->lane, (i + 1) * sizeof(*lane));
	if (!lane)
		return -1;
	ctx->lane = lane;
	ctx->nr_lanes++;
	lane += i;
	memset(lane, 0, sizeof(*lane));
	lane->dev = dev;
	lane->chan = chan;
	lane->pid = pid;
	snprintf(lane->name, sizeof(lane->name), "dma%lldchan%lld", (long long)dev,
		 (long long)chan);
	return i;
}

static int by_time(const void *a, const void *b)
{
	const struct dp_event *x = a, *y = b;

	if (x->entry->ts != y->entry->ts)
		return x->entry->ts < y->entry->ts ? -1 : 1;
	return (int)x->kind - (int)y->kind;
}

/* Boxes without an end yet, as indices because realloc() moves the boxes */
struct open_boxes {
	size_t *index;
	size_t nr;
	size_t room;
};

static void open_box(struct dp_boxes *boxes, struct open_boxes *open,
		     const struct dp_event *event)
{
	void *array = open->index;
	struct dp_box *box;

	if (!grow(&array, open->nr, &open->room, sizeof(*open->index)))
		return;
	open->index = array;
	box = add_box(boxes);
	if (!box)
		return;
	*box = (struct dp_box){
		.start = event->entry,
		.id = event->id,
		.folios = event->folios,
		.bytes = event->bytes,
	};
	open->index[open->nr++] = boxes->nr - 1;
}

static void add_fallback(struct dp_boxes *fallbacks, const struct dp_event *event)
{
	struct dp_box *box = add_box(fallbacks);

	if (box)
		*box = (struct dp_box){
			.start = event->entry,
			.end = event->entry,
			.value = event->value,
			.id = event->id,
			.folios = event->folios,
			.bytes = event->bytes,
		};
}

/* Returns the box that the event ends, or NULL if the start is missing. */
static struct dp_box *close_box(struct dp_boxes *boxes, struct open_boxes *open,
				const struct dp_event *event)
{
	struct dp_box *box = NULL;
	size_t i;

	for (i = 0; i < open->nr && !box; i++) {
		if (boxes->box[open->index[i]].id == event->id)
			box = &boxes->box[open->index[i]];
	}
	if (!box)
		return NULL;
	memmove(open->index + i - 1, open->index + i, (open->nr - i) * sizeof(*open->index));
	open->nr--;
	box->end = event->entry;
	box->value = event->value;
	return box;
}

/* Removes boxes without an end. Returns the number of removed boxes. */
static size_t drop_open(struct dp_boxes *boxes, struct open_boxes *open)
{
	size_t from, to = 0, nr;

	for (from = 0; from < boxes->nr; from++) {
		if (boxes->box[from].end)
			boxes->box[to++] = boxes->box[from];
	}
	nr = boxes->nr - to;
	boxes->nr = to;
	free(open->index);
	return nr;
}

/* A descriptor has overtaken others if a descriptor that started earlier ends later. */
static void set_overtook(struct dp_boxes *boxes)
{
	int64_t latest = INT64_MIN;
	size_t i;

	for (i = 0; i < boxes->nr; i++) {
		struct dp_box *box = &boxes->box[i];

		box->overtook = latest > box->end->ts;
		if (!box->overtook)
			latest = box->end->ts;
	}
}

/* Assigns each box the lowest row that is free at its start. */
static void set_rows(struct dp_boxes *boxes)
{
	int64_t *free_at = NULL;
	size_t nr = 0, room = 0, i, row;

	for (i = 0; i < boxes->nr; i++) {
		struct dp_box *box = &boxes->box[i];
		void *array = free_at;

		for (row = 0; row < nr && free_at[row] > box->start->ts; row++)
			;
		if (row == nr) {
			if (!grow(&array, nr, &room, sizeof(*free_at)))
				break;
			free_at = array;
			nr++;
		}
		free_at[row] = box->end->ts;
		box->row = row;
	}
	free(free_at);
}

/**
 * dp_build() - pair the events into boxes, unless the boxes are up to date
 * @ctx: context of the stream, loaded completely
 */
void dp_build(struct dp_context *ctx)
{
	struct open_boxes *open, batches = { };
	size_t i;
	int lane;

	if (ctx->built)
		return;
	open = calloc(ctx->nr_lanes + 1, sizeof(*open));
	if (!open)
		return;
	ctx->built = true;
	ctx->unpaired = 0;
	ctx->batches.nr = 0;
	ctx->fallbacks.nr = 0;
	for (lane = 0; lane < ctx->nr_lanes; lane++) {
		ctx->lane[lane].boxes.nr = 0;
		ctx->lane[lane].unpaired = 0;
	}
	qsort(ctx->event, ctx->nr_events, sizeof(*ctx->event), by_time);

	for (i = 0; i < ctx->nr_events; i++) {
		const struct dp_event *event = &ctx->event[i];
		struct dp_lane *l = ctx->lane + event->lane;

		switch (event->kind) {
		case DP_BATCH_START:
			open_box(&ctx->batches, &batches, event);
			break;
		case DP_BATCH_END:
			if (!close_box(&ctx->batches, &batches, event))
				ctx->unpaired++;
			break;
		case DP_SUBMIT:
			open_box(&l->boxes, &open[event->lane], event);
			break;
		case DP_COMPLETE:
			if (!close_box(&l->boxes, &open[event->lane], event))
				l->unpaired++;
			break;
		case DP_FALLBACK:
			add_fallback(&ctx->fallbacks, event);
			break;
		case DP_NR_KINDS:
			break;
		}
	}

	ctx->unpaired += drop_open(&ctx->batches, &batches);
	for (lane = 0; lane < ctx->nr_lanes; lane++) {
		struct dp_lane *l = &ctx->lane[lane];

		l->unpaired += drop_open(&l->boxes, &open[lane]);
		set_rows(&l->boxes);
		set_overtook(&l->boxes);
	}
	free(open);
	dp_count(ctx);
}
