/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Channels and descriptors of a recording.
 */
#ifndef DCBM_REPORT_CHAN_H
#define DCBM_REPORT_CHAN_H

#include <stdint.h>

struct report_chan;
struct report_event;
struct report_model;

struct report_chan *model_chan(struct report_model *m, uint64_t dev_id, uint64_t chan_id);
int model_submit(struct report_model *m, const struct report_event *ev);
int model_complete_desc(struct report_model *m, const struct report_event *ev);
int model_chan_seen(struct report_model *m, const struct report_event *ev);
void model_doubt(struct report_model *m);

#endif /* DCBM_REPORT_CHAN_H */
