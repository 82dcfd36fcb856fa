/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The conformance suite, as the rest of the driver sees it.
 */
#ifndef _DCBM_VALIDATE_H
#define _DCBM_VALIDATE_H

/**
 * DOC: Conformance suite
 *
 * The suite tests a channel against the clauses of the memcpy_sg contract. While a
 * clause runs, &dcbm_pool.sem is held for writing, so that no batch, no acquisition and
 * no unbinding of the provider interferes with its channel. All waits of a clause are
 * bounded.
 *
 * The engine may be broken. The parameter of a callback is therefore a token and not a
 * pointer: the callback looks the token up in &dcbm_validate.tokens under RCU, and a
 * callback for a descriptor that has ended is only counted. Descriptors that a clause
 * leaves in flight end as those of a batch do, by dcbm_chan_overdue(): they are
 * terminated, or lost with the channel. In the second case all memory of the run stays
 * allocated and mapped permanently.
 *
 * Unless their comments say otherwise, functions of the suite may sleep, and functions
 * that return a verdict return an &enum dcbm_verdict or a negative error. Where a
 * function takes a number of descriptors, these are the first descriptors of the run.
 *
 * The thread of the clause owns all fields of &struct dcbm_vt and &struct dcbm_vd,
 * except the fields written by callbacks, which are marked there.
 */

struct dcbm;
struct seq_file;

int dcbm_validate_fire(struct dcbm *d, char *text);
int dcbm_validate_show(struct dcbm *d, struct seq_file *m);

#ifdef CONFIG_DCBM_VALIDATE

void dcbm_validate_init(struct dcbm *d);
void dcbm_validate_exit(struct dcbm *d);

#else

static inline void dcbm_validate_init(struct dcbm *d)
{
}

static inline void dcbm_validate_exit(struct dcbm *d)
{
}

#endif

#endif /* _DCBM_VALIDATE_H */
