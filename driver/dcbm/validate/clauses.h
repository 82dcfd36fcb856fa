/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The clauses of Documentation/memcpy-sg-contract.rst, in its order.
 */
#ifndef _DCBM_CLAUSES_H
#define _DCBM_CLAUSES_H

#include <linux/types.h>

struct dcbm_vt;
struct seq_file;

/*
 * X(group, clause, needs, cases, law): the id is group.clause; needs is what the channel
 * has to offer, memcpy_sg (SG) or either operation (ANY); cases is how often by default.
 */
#define DCBM_CLAUSES(X)							\
	X(copy, one, ANY, 50, "one segment is copied byte for byte")	\
	X(copy, few, SG, 50, "lists of 2 to 8 paired segments")		\
	X(copy, many, SG, 4, "lists up to the longest that prep takes") \
	X(copy, lengths, ANY, 50, "segments of 1 byte to the maximal length") \
	X(copy, align, ANY, 50, "every alignment that the device admits") \
	X(copy, uneven, SG, 30, "lists cut differently are copied as streams, or refused") \
	X(copy, overlap, SG, 20, "source segments may overlap each other") \
	X(copy, outside, ANY, 30, "nothing is written outside the destination segments") \
	X(copy, source, ANY, 30, "nothing is written to the source")	\
	X(refuse, totals, SG, 8, "lists of different totals are refused") \
	X(refuse, empty, SG, 3, "lists without entries are refused")	\
	X(refuse, zero, ANY, 4, "entries of no length are refused")	\
	X(refuse, depth, ANY, 2, "a ring that is used up gives NULL, and recovers") \
	X(start, pending, ANY, 2, "nothing starts before issue_pending") \
	X(start, once, ANY, 5, "one issue_pending starts all that was submitted before") \
	X(prep, idle, ANY, 50, "an idle channel does not refuse what it took before") \
	X(prep, atomic, ANY, 100, "prep does not sleep")		\
	X(prep, clean, ANY, 3, "a descriptor comes without what its former user left in it") \
	X(done, once, ANY, 5, "one callback a descriptor, exactly")	\
	X(done, data, ANY, 20, "no callback before the data is visible") \
	X(done, context, ANY, 10, "callbacks come with interrupts on, and may submit more") \
	X(done, result, ANY, 5, "success says NOERROR and residue 0")	\
	X(done, silent, ANY, 5, "without DMA_PREP_INTERRUPT it completes, and tx_status tells") \
	X(done, error, ANY, 2, "what cannot be read or written ends as an error") \
	X(status, cookies, ANY, 5, "cookies of a channel rise, and none is an error") \
	X(status, progress, ANY, 5, "tx_status tells in progress from complete") \
	X(status, residue, ANY, 5, "the residue is the whole at first and 0 in the end") \
	X(status, order, ANY, 5, "completed in order, unless declared otherwise") \
	X(order, same, ANY, 10, "behind a fence the second of two copies to one place wins") \
	X(reuse, ack, ANY, 2, "not reused before it is acknowledged") \
	X(reuse, ring, ANY, 4, "no descriptor of the ring is ever lost") \
	X(term, prepared, ANY, 2, "terminated before the start: no callback, no write") \
	X(term, queued, ANY, 3, "terminated while queued: no callback and no write afterwards") \
	X(term, running, ANY, 3, "terminated while it runs: no callback and no write afterwards") \
	X(term, again, ANY, 5, "a channel that was terminated copies again") \
	X(chan, reacquire, ANY, 3, "a channel that was let go and requested again copies") \
	X(many, threads, ANY, 20, "several threads use one channel")	\
	X(many, channels, ANY, 10, "two channels at once do not mix")	\
	X(limit, segment, ANY, 2, "a segment of exactly dma_get_max_seg_size()") \
	X(limit, above4g, ANY, 4, "memory above 4 GiB")			\
	X(limit, boundary, ANY, 4, "segments right up to dma_get_seg_boundary()") \
	X(map, bounce, ANY, 10, "through bounce buffers")		\
	X(map, iommu, ANY, 10, "through an IOMMU")			\
	X(time, bound, ANY, 20, "a page is copied within a tenth of timeout_ms")

enum dcbm_needs { DCBM_NEEDS_ANY, DCBM_NEEDS_SG };

#define DCBM_CLAUSE_ENUM(group, clause, ...)	DCBM_CLAUSE_##group##_##clause,
#define DCBM_CLAUSE_RUN(group, clause, ...)			\
	int dcbm_v_##group##_##clause(struct dcbm_vt *t);
#define DCBM_CLAUSE_NAME(group, clause, ...)			\
	[DCBM_CLAUSE_##group##_##clause] = #group "." #clause,

enum dcbm_clause_id { DCBM_CLAUSES(DCBM_CLAUSE_ENUM) DCBM_NR_CLAUSES };

DCBM_CLAUSES(DCBM_CLAUSE_RUN)

/**
 * struct dcbm_clause - a clause
 * @needs: what the channel has to offer
 * @cases: how often it is tried by default
 * @law: what it says
 * @run: tries it: one of enum dcbm_verdict, or a negative error
 */
struct dcbm_clause {
	enum dcbm_needs needs;
	u32 cases;
	const char *law;
	int (*run)(struct dcbm_vt *t);
};

extern const struct dcbm_clause dcbm_clauses[DCBM_NR_CLAUSES];
extern const char * const dcbm_clause_names[DCBM_NR_CLAUSES];

void dcbm_clauses_show(struct seq_file *m);

#endif /* _DCBM_CLAUSES_H */
