/* SPDX-License-Identifier: GPL-2.0-only */
/* A driver event in a recording */
#ifndef DCBM_REPORT_EVENT_H
#define DCBM_REPORT_EVENT_H

#include <stdint.h>
#include <uapi/linux/dcbm.h>

/** enum report_phase - phases of a batch, as the fields of dcbm_batch_phases */
enum report_phase {
	PHASE_PLAN,
	PHASE_MAP,
	PHASE_PREP,
	PHASE_SUBMIT,
	PHASE_WAIT,
	PHASE_UNMAP,
	NR_PHASES
};

enum report_kind {
	EV_BATCH_START,
	EV_BATCH_PHASES,
	EV_BATCH_END,
	EV_DESC_SUBMIT,
	EV_DESC_COMPLETE,
	EV_CHAN_ACQUIRE,
	EV_CHAN_RELEASE,
	EV_FALLBACK,
	EV_TRIGGER,
	NR_EVENT_KINDS
};

/*
 * struct report_event - a driver event
 * @kind: kind of event, which decides the valid fields
 * @cpu: CPU of the event
 * @pid: task that was running on @cpu
 * @comm: name of the task, valid until the next event
 * @ts: timestamp in ns of the recording's clock
 *
 * The other members are the fields of the same name, see Documentation/tracepoints.rst.
 */
struct report_event {
	enum report_kind kind;
	int cpu;
	int pid;
	const char *comm;
	uint64_t ts;
	uint64_t batch;
	uint64_t desc;
	uint64_t folios;
	uint64_t folios_dma;
	uint64_t bytes;
	uint64_t bytes_dma;
	uint64_t ns;
	uint64_t busy_ns;
	uint64_t segs;
	uint64_t inflight;
	uint64_t dev_id;
	uint64_t chan_id;
	uint64_t outcome;
	uint64_t result;
	uint64_t reason;
	uint64_t backend;
	uint64_t state;
	int64_t error;
	uint64_t phase[NR_PHASES];
	char provider[DCBM_NAME_LEN];
};

#endif /* DCBM_REPORT_EVENT_H */
