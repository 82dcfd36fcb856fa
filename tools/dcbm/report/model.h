/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a recording adds up to: events go in, one by one in the order of time, and
 * nothing of them is kept but what is still going on. Memory depends on the number of
 * channels, and not on the length of the recording.
 */
#ifndef DCBM_REPORT_MODEL_H
#define DCBM_REPORT_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "report/event.h"
#include "report/hist.h"
#include "report/time.h"

/* Most channels that are told apart. */
#define REPORT_CHANNELS		(TIMELINE_TRACKS - 1)

/* Track of batches in the timeline; that of a channel is its index plus one. */
#define REPORT_BATCH_TRACK	0

/* Most that is remembered of what began and does not end. */
#define REPORT_OPEN_BATCHES	1024u
#define REPORT_OPEN_DESCS	4096u

/* Slowest batches that are shown, and places with lost events. */
#define REPORT_SLOWEST		20u
#define REPORT_LOSSES		64u

/* As long as a task's name in the kernel. */
#define REPORT_COMM_LEN		16u

/* Good, failed, given up: how descriptors are told apart in the timeline. */
enum report_class { CLASS_GOOD, CLASS_FAILED, CLASS_GIVEN_UP };

/**
 * struct report_desc - descriptor in flight
 * @id: its number on the channel
 * @batch: whose it is
 * @begin: when it was submitted
 * @lane: its lane in the timeline
 * @doubtful: events were lost since, perhaps its end was one of them
 */
struct report_desc {
	uint64_t id;
	uint64_t batch;
	uint64_t begin;
	unsigned int lane;
	bool doubtful;
};

/**
 * struct report_chan - one channel
 * @dev_id: number of its device
 * @chan_id: its number there
 * @provider: name of its device, empty if not known
 * @backend: as last seen, DCBM_NR_BACKENDS if not known
 * @state: as last seen, DCBM_NR_CHAN_STATES if not known
 * @batches: that submitted at least one descriptor to it
 * @descriptors: submitted
 * @folios: that it copied without error
 * @bytes: likewise
 * @busy_ns: time with a descriptor in flight, as the driver counts it
 * @errors: descriptors that ended with an error or a residue
 * @timeouts: descriptors that were terminated or lost
 * @inflight_max: most descriptors in flight
 * @disordered: descriptors that ended before one that had been submitted earlier
 * @overtaken: how many these were, added up
 * @latency: times of descriptors
 * @moved: bytes over time
 * @open: descriptors in flight in the order of submission, @nr_open of them, in room
 *	for @room
 * @lanes: in the timeline
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
 * @id: its number since load
 * @begin: when it began
 * @ns: how long it took
 * @folios: in it
 * @bytes: in it
 * @folios_dma: of these, copied by DMA
 * @bytes_dma: likewise
 * @outcome: how it ended
 * @descs: descriptors submitted
 * @inflight: of these, not yet ended
 * @busy_since: when the first of these was submitted, if there are any
 * @engine_ns: time with at least one of its descriptors in flight
 * @phase: times of its stages
 * @fell_back: folios left to the CPU, by reason
 * @used: channels that it submitted to, a bit each
 * @nr_used: how many
 * @lane: in the timeline
 * @pid: task that ended it
 * @comm: its name
 * @started: its start was seen
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

/** struct report_fallback - what was left to the CPU for one reason, as in debugfs */
struct report_fallback {
	uint64_t batches;
	uint64_t folios;
	uint64_t bytes;
	int64_t last_errno;
	uint64_t last_ns;
};

/**
 * struct report_loss - a place where events were lost
 * @cpu: whose buffer was full
 * @ts: the next event there
 * @events: how many, 0 if the recording does not know
 */
struct report_loss {
	int cpu;
	uint64_t ts;
	uint64_t events;
};

/**
 * struct report_model - all of it
 * @events: by kind
 * @other: events of others
 * @unknown: events with numbers that this tool does not know; not counted otherwise
 * @first_ts: first event of the driver
 * @last_ts: last one
 * @size_folios: folios a batch, by outcome
 * @size_bytes: bytes a batch, by outcome
 * @batch_latency: times of batches
 * @engine: times of batches with a descriptor in flight, of those with any
 * @phase: times of the stages of batches, of those with dcbm_batch_phases
 * @desc_latency: times of descriptors
 * @desc_segments: segments a descriptor
 * @results: descriptors by result
 * @fallbacks: by reason
 * @chan: the channels
 * @nr_chan: how many
 * @by_cpu: bytes over time that were left to the CPU
 * @steps: of all series
 * @timeline: boxes of batches and descriptors
 * @open: batches that have not ended, in the order in which they began
 * @nr_open: how many
 * @lanes: of batches in the timeline
 * @slowest: the slowest batches, the slowest one first
 * @nr_slowest: how many
 * @loss: first places with lost events
 * @losses: how many places there are
 * @lost: events lost, as far as it is known
 * @lost_uncounted: places where it is not
 * @unstarted_batches: ended without a start
 * @unfinished_batches: started without an end
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
