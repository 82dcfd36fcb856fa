/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Batches of a recording.
 */
#ifndef DCBM_REPORT_BATCH_H
#define DCBM_REPORT_BATCH_H

#include <stddef.h>
#include <stdint.h>

struct report_batch;
struct report_event;
struct report_model;

struct report_batch *batch_find(struct report_model *m, uint64_t id);
struct report_batch *batch_get(struct report_model *m, const struct report_event *ev);
void batch_desc_begins(struct report_batch *b, size_t chan, uint64_t ts);
void batch_desc_ends(struct report_batch *b, uint64_t ts);
int batch_start(struct report_model *m, const struct report_event *ev);
int batch_phases(struct report_model *m, const struct report_event *ev);
int batch_end(struct report_model *m, const struct report_event *ev);
int batch_fallback(struct report_model *m, const struct report_event *ev);

#endif /* DCBM_REPORT_BATCH_H */
