/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Trigger: test batches that are requested through debugfs
 */
#ifndef _DCBM_TRIGGER_H
#define _DCBM_TRIGGER_H

struct dcbm;
struct seq_file;

int dcbm_trigger_fire(struct dcbm *d, char *text);
int dcbm_trigger_show(struct dcbm *d, struct seq_file *m);

#endif /* _DCBM_TRIGGER_H */
