/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The clauses of Documentation/memcpy-sg-contract.rst, in the order of that document.
 */
#ifndef _DCBM_CLAUSES_H
#define _DCBM_CLAUSES_H

#include <linux/types.h>

struct dcbm_vt;
struct seq_file;

/*
 * X(group, clause, needs, cases, title): the id is group.clause; needs is memcpy_sg (SG) or
 * either operation (ANY); cases is the default number of cases.
 */
#define DCBM_CLAUSES(X)							\
	X(copy, one, ANY, 50, "one segment is copied byte for byte")	\
	X(copy, few, SG, 50, "paired lists of 2 to 8 segments are copied")		\
	X(copy, many, SG, 4, "paired lists up to the longest that prep accepts are copied") \
	X(copy, lengths, ANY, 50, "segments from 1 byte to the maximum length are copied") \
	X(copy, align, ANY, 50, "segments are copied at every alignment that the device supports") \
	X(copy, uneven, SG, 30, "uneven lists are copied as byte streams or refused") \
	X(copy, overlap, SG, 20, "source segments may overlap each other") \
	X(copy, outside, ANY, 30, "nothing is written outside the destination segments") \
	X(copy, source, ANY, 30, "nothing is written to the source")	\
	X(refuse, totals, SG, 8, "lists of different total length are refused") \
	X(refuse, empty, SG, 3, "lists without entries are refused")	\
	X(refuse, zero, ANY, 4, "entries of length 0 are refused")	\
	X(refuse, depth, ANY, 2, "prep returns NULL while the ring is full, and recovers") \
	X(start, pending, ANY, 2, "nothing starts before issue_pending") \
	X(start, once, ANY, 5, "one issue_pending starts all descriptors submitted before it") \
	X(prep, idle, ANY, 50, "an idle channel accepts every copy that it accepted before") \
	X(prep, atomic, ANY, 100, "prep and submit do not sleep")		\
	X(prep, clean, ANY, 3, "prep clears the callback fields and flags of a reused descriptor") \
	X(done, once, ANY, 5, "each descriptor has exactly one callback")	\
	X(done, data, ANY, 20, "no callback runs before the data is visible") \
	X(done, context, ANY, 10, "callbacks run with interrupts enabled, and may submit") \
	X(done, result, ANY, 5, "a successful copy reports DMA_TRANS_NOERROR and residue 0")	\
	X(done, silent, ANY, 5, "tx_status reports the end without DMA_PREP_INTERRUPT") \
	X(done, error, ANY, 2, "a copy from an unreachable address ends with an error") \
	X(status, cookies, ANY, 5, "cookies of a channel increase, and none is an error code") \
	X(status, progress, ANY, 5, "tx_status distinguishes in progress from complete") \
	X(status, residue, ANY, 5, "the residue is the full length first, and 0 at the end") \
	X(status, order, ANY, 5, "descriptors complete in order, unless declared otherwise") \
	X(order, same, ANY, 10, "after a fence, the second of two copies to one destination wins") \
	X(reuse, ack, ANY, 2, "a descriptor is not reused before it is acknowledged") \
	X(reuse, ring, ANY, 4, "the ring never loses a descriptor") \
	X(term, prepared, ANY, 2, "terminated before the start: no callback and no write") \
	X(term, queued, ANY, 3, "terminated while queued: no callback and no write afterwards") \
	X(term, running, ANY, 3, "terminated while running: no callback and no write afterwards") \
	X(term, again, ANY, 5, "a channel copies again after it was terminated") \
	X(chan, reacquire, ANY, 3, "a channel copies again after it was released and requested") \
	X(many, threads, ANY, 20, "several threads can use one channel at the same time")	\
	X(many, channels, ANY, 10, "copies on two channels at the same time do not mix")	\
	X(limit, segment, ANY, 2, "a segment of exactly dma_get_max_seg_size() is copied") \
	X(limit, above4g, ANY, 4, "memory above 4 GiB is copied")			\
	X(limit, boundary, ANY, 4, "segments up to dma_get_seg_boundary() are copied") \
	X(map, bounce, ANY, 10, "copies through bounce buffers are correct")		\
	X(map, iommu, ANY, 10, "copies through an IOMMU are correct")			\
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
 * @needs: operation that the channel must have
 * @cases: default number of cases
 * @title: requirement, one line
 * @run: tests the clause; returns enum dcbm_verdict, or a negative error
 */
struct dcbm_clause {
	enum dcbm_needs needs;
	u32 cases;
	const char *title;
	int (*run)(struct dcbm_vt *t);
};

extern const struct dcbm_clause dcbm_clauses[DCBM_NR_CLAUSES];
extern const char * const dcbm_clause_names[DCBM_NR_CLAUSES];

void dcbm_clauses_show(struct seq_file *m);

#endif /* _DCBM_CLAUSES_H */
