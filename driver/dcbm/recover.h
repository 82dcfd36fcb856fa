/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Timeout recovery: terminate, synchronize, probe, quarantine
 */
#ifndef _DCBM_RECOVER_H
#define _DCBM_RECOVER_H

#include <linux/types.h>
#include <uapi/linux/dcbm.h>

struct dcbm_chan;

int dcbm_recover_init(struct dcbm_chan *chan);
bool dcbm_recover_exit(struct dcbm_chan *chan);
void dcbm_recover_prove(struct dcbm_chan *chan);
void dcbm_chan_overdue(struct dcbm_chan *chan, unsigned int timeout_ms);
int dcbm_chan_terminate(struct dcbm_chan *chan);
void dcbm_chan_end_all(struct dcbm_chan *chan, enum dcbm_result result);
void dcbm_chan_quarantine(struct dcbm_chan *chan, const char *why);

#endif /* _DCBM_RECOVER_H */
