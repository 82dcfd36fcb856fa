/* SPDX-License-Identifier: LGPL-2.1 */
/* Descriptors, batches and fallbacks of a recording, as they are drawn */
#ifndef DCBM_PLOT_MODEL_H
#define DCBM_PLOT_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <libkshark.h>
#include <linux/dcbm.h>

#ifdef __cplusplus
extern "C" {
#endif

/** enum dp_kind - events that are drawn; events of equal time are sorted in this order */
enum dp_kind {
	DP_BATCH_START,
	DP_SUBMIT,
	DP_COMPLETE,
	DP_FALLBACK,
	DP_BATCH_END,
	DP_NR_KINDS
};

/**
 * struct dp_event - a loaded event
 * @entry: KernelShark's entry with time, CPU and task
 * @kind: kind of the event
 * @lane: index of the channel's lane
 * @id: id of the descriptor or of the batch
 * @value: result, outcome or reason
 * @folios: folios of a batch or a fallback
 * @bytes: bytes of the descriptor, the batch or the fallback
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
 * @start: first event
 * @end: last event
 * @value: result, outcome or reason
 * @id: id of the descriptor or of the batch
 * @folios: folios of a batch or a fallback
 * @bytes: bytes to copy
 * @row: row among the boxes that overlap in time, 0 is the lowest
 * @overtook: a descriptor submitted earlier was still in flight at @end
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

/** struct dp_boxes - growing array of boxes: @nr used, @room allocated */
struct dp_boxes {
	struct dp_box *box;
	size_t nr;
	size_t room;
};

/**
 * struct dp_lane - a channel
 * @dev: DMA device of the channel
 * @chan: number of the channel in the device
 * @pid: pid of the pseudo task that represents the channel
 * @name: name of the channel as printed by the driver
 * @boxes: descriptors, sorted by submission time
 * @unpaired: events without a counterpart in the recording
 * @shown: true if the plugin has added a plot and not removed it
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
 * struct dp_context - the plugin's data of a stream
 * @event_id: KernelShark's ids of the events, negative for events not in the recording
 * @event: loaded events; sorted by time if @built
 * @nr_events: number of loaded events
 * @room: number of events allocated
 * @lane: channels
 * @nr_lanes: number of channels
 * @batches: batches, sorted by start time
 * @fallbacks: fallbacks, sorted by time
 * @unpaired: batches without start or end
 * @built: the boxes are up to date with the events
 * @lanes_added: the lanes were added to the window
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

int dp_find_lane(struct dp_context *ctx, int64_t dev, int64_t chan);
const struct dp_lane *dp_lane_of_task(const struct dp_context *ctx, int pid);
struct dp_event *dp_add_event(struct dp_context *ctx);
void dp_build(struct dp_context *ctx);
void dp_free_boxes(struct dp_boxes *boxes);

#ifdef __cplusplus
}
#endif

#endif /* DCBM_PLOT_MODEL_H */
