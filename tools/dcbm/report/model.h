/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Statistics of a recording. Events are added in the order of time, and only batches and
 * descriptors that have not ended are kept. The memory therefore depends on the number of
 * channels, not on the length of the recording.
 */
#ifndef DCBM_REPORT_MODEL_H
#define DCBM_REPORT_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "report/event.h"
#include "report/hist.h"
#include "report/time.h"

/* Maximum number of channels */
#define REPORT_CHANNELS		(TIMELINE_TRACKS - 1)

/* Track of batches in the timeline; the track of a channel is its index plus one. */
#define REPORT_BATCH_TRACK	0

/* Maximum number of batches that have not ended, and of descriptors in flight per channel */
#define REPORT_OPEN_BATCHES	1024u
#define REPORT_OPEN_DESCS	4096u

/* Number of slowest batches, and of places with lost events, in a report */
#define REPORT_SLOWEST		20u
#define REPORT_LOSSES		64u

/* Length of a task name in the kernel */
#define REPORT_COMM_LEN		16u

/* Kinds of descriptors in the timeline: completed, failed, terminated or lost */
enum report_class { CLASS_GOOD, CLASS_FAILED, CLASS_GIVEN_UP };

/**
 * struct report_desc - a descriptor in flight
 * @id: number of the descriptor on the channel
 * @batch: batch of the descriptor
 * @begin: time of submission
 * @lane: lane in the timeline
 * @doubtful: events were lost since, perhaps the completion as well
 */
struct report_desc {
	uint64_t id;
	uint64_t batch;
	uint64_t begin;
	unsigned int lane;
	bool doubtful;
};

/**
 * struct report_chan - a channel
 * @dev_id: number of the DMA device
 * @chan_id: number of the channel on the device
 * @provider: name of the DMA device, empty if unknown
 * @backend: last backend, DCBM_NR_BACKENDS if unknown
 * @state: last state, DCBM_NR_CHAN_STATES if unknown
 * @batches: batches that submitted a descriptor to this channel
 * @descriptors: descriptors submitted
 * @folios: folios copied without error
 * @bytes: bytes copied without error
 * @busy_ns: time with a descriptor in flight, as the driver counts it
 * @errors: descriptors that ended with an error or a residue
 * @timeouts: descriptors that were terminated or lost
 * @inflight_max: maximum number of descriptors in flight
 * @disordered: descriptors that ended before a descriptor submitted earlier
 * @overtaken: number of descriptors overtaken by each of @disordered, summed
 * @latency: latency of descriptors
 * @moved: bytes over time
 * @open: descriptors in flight in the order of submission
 * @nr_open: number of descriptors in flight
 * @room: allocated entries of @open
 * @lanes: lanes in the timeline
 */
struct report_chan {
	uint64_t dev_id;
	uint64_t chan_id;
	char provider[DCBM_NAME_LEN];
	uint64_t backend;
	uint64_t state;
	uint64_t batches;
	uint64_t descriptors;
	uint64_t folios;
	uint64_t bytes;
	uint64_t busy_ns;
	uint64_t errors;
	uint64_t timeouts;
	uint64_t inflight_max;
	uint64_t disordered;
	uint64_t overtaken;
	struct hist latency;
	struct series moved;
	struct report_desc *open;
	size_t nr_open;
	size_t room;
	struct lanes lanes;
};

/**
 * struct report_batch - a batch that has not ended, or one of the slowest
 * @id: number of the batch since load
 * @begin: time of the start
 * @ns: duration
 * @folios: folios in the batch
 * @bytes: bytes in the batch
 * @folios_dma: folios copied by DMA
 * @bytes_dma: bytes copied by DMA
 * @outcome: outcome
 * @descs: descriptors submitted
 * @inflight: descriptors in flight
 * @busy_since: time since when @inflight is not 0
 * @engine_ns: time with a descriptor in flight
 * @phase: duration of each phase
 * @fell_back: folios left to the CPU, by reason
 * @used: bitmap of the channels used
 * @nr_used: number of channels in @used
 * @lane: lane in the timeline
 * @pid: task that ended the batch
 * @comm: name of the task
 * @started: the start is in the recording
 * @phased: @phase is known
 */
struct report_batch {
	uint64_t id;
	uint64_t begin;
	uint64_t ns;
	uint64_t folios;
	uint64_t bytes;
	uint64_t folios_dma;
	uint64_t bytes_dma;
	uint64_t outcome;
	uint64_t descs;
	uint64_t inflight;
	uint64_t busy_since;
	uint64_t engine_ns;
	uint64_t phase[NR_PHASES];
	uint64_t fell_back[DCBM_NR_REASONS];
	uint64_t used[(REPORT_CHANNELS + 63) / 64];
	unsigned int nr_used;
	unsigned int lane;
	int pid;
	char comm[REPORT_COMM_LEN];
	bool started;
	bool phased;
};

/** struct report_fallback - folios left to the CPU for one reason, as in debugfs */
struct report_fallback {
	uint64_t batches;
	uint64_t folios;
	uint64_t bytes;
	int64_t last_errno;
	uint64_t last_ns;
};

/**
 * struct report_loss - a place where events were lost
 * @cpu: CPU with the full buffer
 * @ts: time of the next event on this CPU
 * @events: number of events, 0 if unknown
 */
struct report_loss {
	int cpu;
	uint64_t ts;
	uint64_t events;
};

/**
 * struct report_model - statistics of a recording
 * @events: number of events by kind
 * @other: events that are not driver events known to dcbm
 * @unknown: driver events with unknown numbers or a wrong size; not in the statistics below
 * @first_ts: time of the first driver event
 * @last_ts: time of the last driver event
 * @size_folios: folios per batch, by outcome
 * @size_bytes: bytes per batch, by outcome
 * @batch_latency: duration of batches
 * @engine: time with a descriptor in flight, of batches with descriptors
 * @phase: duration of the phases, of batches with dcbm_batch_phases
 * @desc_latency: latency of descriptors
 * @desc_segments: segments per descriptor
 * @results: descriptors by result
 * @fallbacks: fallbacks by reason
 * @chan: channels
 * @nr_chan: number of channels
 * @by_cpu: bytes left to the CPU over time
 * @steps: steps of all series
 * @timeline: boxes of batches and descriptors
 * @open: batches that have not ended, in the order of their start
 * @nr_open: number of these batches
 * @lanes: lanes of batches in the timeline
 * @slowest: slowest batches, the slowest first
 * @nr_slowest: number of these batches
 * @loss: first places with lost events
 * @losses: number of places with lost events
 * @lost: lost events, as far as known
 * @lost_uncounted: places with an unknown number of lost events
 * @unstarted_batches: batches that ended without a start
 * @unfinished_batches: batches that started without an end
 * @unsubmitted: descriptors that completed without a submission
 * @unfinished: descriptors submitted that did not complete
 */
struct report_model {
	uint64_t events[NR_EVENT_KINDS];
	uint64_t other;
	uint64_t unknown;
	uint64_t first_ts;
	uint64_t last_ts;
	struct hist size_folios[DCBM_NR_OUTCOMES];
	struct hist size_bytes[DCBM_NR_OUTCOMES];
	struct hist batch_latency;
	struct hist engine;
	struct hist phase[NR_PHASES];
	struct hist desc_latency;
	struct hist desc_segments;
	uint64_t results[DCBM_NR_RESULTS];
	struct report_fallback fallbacks[DCBM_NR_REASONS];
	struct report_chan *chan[REPORT_CHANNELS];
	size_t nr_chan;
	struct series by_cpu;
	struct clock_steps steps;
	struct timeline timeline;
	struct report_batch open[REPORT_OPEN_BATCHES];
	size_t nr_open;
	struct lanes lanes;
	struct report_batch slowest[REPORT_SLOWEST];
	size_t nr_slowest;
	struct report_loss loss[REPORT_LOSSES];
	uint64_t losses;
	uint64_t lost;
	uint64_t lost_uncounted;
	uint64_t unstarted_batches;
	uint64_t unfinished_batches;
	uint64_t unsubmitted;
	uint64_t unfinished;
};

struct report_model *model_new(void);
void model_free(struct report_model *m);
int model_event(struct report_model *m, const struct report_event *ev);
void model_lost(struct report_model *m, int cpu, uint64_t ts, uint64_t events);
void model_end(struct report_model *m);
bool model_complete(const struct report_model *m);
void model_moved(struct report_model *m, struct series *s, uint64_t ts, uint64_t bytes);

#endif /* DCBM_REPORT_MODEL_H */
