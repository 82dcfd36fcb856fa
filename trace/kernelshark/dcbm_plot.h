/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * What the files of the KernelShark plugin share: a recording's descriptors, batches
 * and fallbacks, as they are drawn.
 */
#ifndef DCBM_PLOT_H
#define DCBM_PLOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <libkshark.h>
#include <libkshark-plugin.h>
#include <linux/dcbm.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * DP_LANE_PID - number of the first lane's task
 *
 * KernelShark has plots of CPUs and of tasks, and no others. A channel is shown as a
 * task that never runs, so that it has a plot of its own, with its name, and stands in
 * KernelShark's own lists. Linux gives no task so high a number.
 */
#define DP_LANE_PID	10000000

/** DP_DEV_PIDS - numbers kept for a device: KernelShark sorts plots of tasks by number */
#define DP_DEV_PIDS	1000

/** enum dp_kind - events that are drawn; those of one time are taken in this order */
enum dp_kind {
	DP_BATCH_START,
	DP_SUBMIT,
	DP_COMPLETE,
	DP_FALLBACK,
	DP_BATCH_END,
	DP_NR_KINDS
};

/**
 * struct dp_event - an event as it was loaded
 * @entry: KernelShark's, which knows time, CPU and task
 * @kind: which event
 * @lane: index of the channel
 * @id: the descriptor, or the batch
 * @value: result, outcome or reason
 * @folios: of a batch or a fallback
 * @bytes: of any
 */
struct dp_event {
	struct kshark_entry *entry;
	enum dp_kind kind;
	int lane;
	int64_t id;
	int64_t value;
	int64_t folios;
	int64_t bytes;
};

/**
 * struct dp_box - a descriptor from submit to complete, a batch from start to end, or a
 * fallback, which has no duration
 * @start: its first event
 * @end: its last
 * @value: result, outcome or reason
 * @id: the descriptor, or the batch
 * @folios: of a batch or a fallback
 * @bytes: what is copied
 * @row: place among the boxes that overlap in time, from below
 * @overtook: one that started earlier was still in flight at the end
 */
struct dp_box {
	struct kshark_entry *start;
	struct kshark_entry *end;
	int64_t value;
	int64_t id;
	int64_t folios;
	int64_t bytes;
	unsigned int row;
	bool overtook;
};

/** struct dp_boxes - an array that grows */
struct dp_boxes {
	struct dp_box *box;
	size_t nr;
	size_t room;
};

/**
 * struct dp_lane - a channel
 * @dev: its device
 * @chan: its number there
 * @pid: number of the task that stands for it
 * @name: as the driver prints it
 * @boxes: its descriptors, by the time of their submission
 * @unpaired: events without their counterpart in the recording
 * @shown: whether it has a plot, as far as we know
 */
struct dp_lane {
	int64_t dev;
	int64_t chan;
	int pid;
	char name[DCBM_NAME_LEN];
	struct dp_boxes boxes;
	size_t unpaired;
	bool shown;
};

/**
 * struct dp_context - what the plugin knows of a stream
 * @event_id: KernelShark's numbers of the events, negative where there is none
 * @event: events as they were loaded
 * @nr_events: how many
 * @room: how many there is room for
 * @lane: channels
 * @nr_lanes: how many
 * @batches: batches, by the time of their start
 * @fallbacks: fallbacks, by their time
 * @unpaired: batches without start or end
 * @built: whether boxes were made of the events
 * @lanes_added: whether the lanes were offered to the window
 */
struct dp_context {
	int event_id[DP_NR_KINDS];
	struct dp_event *event;
	size_t nr_events;
	size_t room;
	struct dp_lane *lane;
	int nr_lanes;
	struct dp_boxes batches;
	struct dp_boxes fallbacks;
	size_t unpaired;
	bool built;
	bool lanes_added;
};

KS_DECLARE_PLUGIN_CONTEXT_METHODS(struct dp_context)

int dp_find_lane(struct dp_context *ctx, int64_t dev, int64_t chan);
const struct dp_lane *dp_lane_of_task(const struct dp_context *ctx, int pid);
struct dp_event *dp_add_event(struct dp_context *ctx);
void dp_build(struct dp_context *ctx);
void dp_count(const struct dp_context *ctx);
void dp_count_shown(int nr_lanes);
void dp_free_boxes(struct dp_boxes *boxes);

/* All that others see of the plugin */
#pragma GCC visibility push(default)
int KSHARK_PLOT_PLUGIN_INITIALIZER(struct kshark_data_stream *stream);
int KSHARK_PLOT_PLUGIN_DEINITIALIZER(struct kshark_data_stream *stream);
#pragma GCC visibility pop

void dp_draw(struct kshark_cpp_argv *argv, int sd, int val, int draw_action);
void dp_window_add_lanes(int sd);

#ifdef __cplusplus
}
#endif

#endif /* DCBM_PLOT_H */
