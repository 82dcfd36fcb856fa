/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Request for a run: a line of key=value words.
 */
#ifndef _DCBM_V_SPEC_H
#define _DCBM_V_SPEC_H

#include <linux/types.h>
#include <uapi/linux/dcbm.h>

struct seq_file;

/* Maximum number of descriptors in flight; no known ring is longer. */
#define DCBM_V_MAX_DEPTH	4096

/**
 * struct dcbm_vspec - a request
 * @chan: name of the channel
 * @clause: enum dcbm_clause_id
 * @seed: random seed
 * @cases: number of cases, 0 for the default of the clause
 * @timeout_ms: time limit per descriptor
 * @threads: number of threads in many.threads
 * @depth: descriptors in flight in clauses with several
 * @max_bytes: bytes of a list, and of all descriptors in flight
 * @unsafe: allow DMA addresses without memory
 */
struct dcbm_vspec {
	char chan[DCBM_NAME_LEN];
	u32 clause;
	u32 seed;
	u32 cases;
	u32 timeout_ms;
	u32 threads;
	u32 depth;
	u32 max_bytes;
	u32 unsafe;
};

int dcbm_vspec_parse(char *text, struct dcbm_vspec *spec);
void dcbm_vspec_help(struct seq_file *m);
void dcbm_vspec_show(const struct dcbm_vspec *spec, struct seq_file *m);

#endif /* _DCBM_V_SPEC_H */
