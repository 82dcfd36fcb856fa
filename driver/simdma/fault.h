/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the engine asks where something may go wrong on demand. Without SIMDMA_FAULTS
 * the answers are constants, and the compiler removes the questions with all that
 * would follow from them.
 */
#ifndef _SIMDMA_FAULT_H
#define _SIMDMA_FAULT_H

#include <linux/compiler.h>
#include <linux/dmaengine.h>
#include <linux/types.h>

#include "fault_spec.h"
#include "simdma.h"

struct scatterlist;

/**
 * struct simdma_step - the next piece of a copy
 * @piece: what is to be copied; its length may be made less, and its source be changed
 * @dst: the segment that is written
 * @src: the segment that is read
 * @zero: zeroes are written instead
 */
struct simdma_step {
	struct simdma_piece piece;
	const struct simdma_seg *dst;
	const struct simdma_seg *src;
	bool zero;
};

/**
 * struct simdma_harm - what is done to a copy
 * @fits: is there anything to do it to? NULL for always
 * @before: before the first byte; returns false to leave the copy alone
 * @step: before each piece
 * @after: after the last byte; returns what is reported then
 * @stops: nothing is copied from the byte on that arg says, and @result is reported
 * @result: what is reported without @after
 *
 * All are called by the channel's worker and may sleep. They may change the lists of
 * the descriptor, which nobody else looks at while it runs.
 */
struct simdma_harm {
	bool (*fits)(struct simdma_desc *desc, u32 arg);
	bool (*before)(struct simdma_desc *desc, u32 arg);
	void (*step)(struct simdma_desc *desc, u32 arg, struct simdma_step *step);
	enum dmaengine_tx_result (*after)(struct simdma_desc *desc, u32 arg);
	bool stops;
	enum dmaengine_tx_result result;
};

#ifdef SIMDMA_FAULTS

bool simdma_fault_hit(struct simdma_chan *sc, enum simdma_fault_mode mode,
		      u32 *arg);

/**
 * simdma_fault_mode() - what goes wrong at the moment
 * @sc: the channel
 *
 * Context: Any.
 * Return: The mode. Whether it strikes is another question.
 */
static inline enum simdma_fault_mode simdma_fault_mode(struct simdma_chan *sc)
{
	return READ_ONCE(sc->sd->fault.mode);
}

/* fault_data.c */
const struct simdma_harm *simdma_harm_bytes(enum simdma_fault_mode mode);

/* fault_result.c */
const struct simdma_harm *simdma_harm_begin(struct simdma_desc *desc, u32 *arg);

/* fault_late.c */
void simdma_late_end(struct simdma_chan *sc);

/* fault_debugfs.c */
void simdma_fault_init(struct simdma *sd);
void simdma_fault_add(struct simdma *sd);

#else

static inline bool simdma_fault_hit(struct simdma_chan *sc,
				    enum simdma_fault_mode mode, u32 *arg)
{
	return false;
}

static inline enum simdma_fault_mode simdma_fault_mode(struct simdma_chan *sc)
{
	return SIMDMA_FAULT_NONE;
}

static inline const struct simdma_harm *
simdma_harm_begin(struct simdma_desc *desc, u32 *arg)
{
	return NULL;
}

static inline void simdma_late_end(struct simdma_chan *sc)
{
}

static inline void simdma_fault_init(struct simdma *sd)
{
}

static inline void simdma_fault_add(struct simdma *sd)
{
}

#endif

/**
 * simdma_fault_arg() - there is an opportunity: does it go wrong?
 * @sc: the channel
 * @mode: what would go wrong
 * @arg: where to put the argument if it does
 *
 * Counts the opportunity if that mode is asked for. To be asked only where the mode
 * would have an effect.
 *
 * Context: Any; takes the lock of the faults.
 * Return: true if so.
 */
static inline bool simdma_fault_arg(struct simdma_chan *sc,
				    enum simdma_fault_mode mode, u32 *arg)
{
	return unlikely(simdma_fault_mode(sc) == mode) &&
	       simdma_fault_hit(sc, mode, arg);
}

/**
 * simdma_fault() - there is an opportunity: does it go wrong?
 * @sc: the channel
 * @mode: what would go wrong
 *
 * See simdma_fault_arg().
 *
 * Context: Any; takes the lock of the faults.
 * Return: true if so.
 */
static inline bool simdma_fault(struct simdma_chan *sc,
				enum simdma_fault_mode mode)
{
	u32 arg;

	return simdma_fault_arg(sc, mode, &arg);
}

/**
 * simdma_faulty() - may anything go wrong at all?
 * @sc: the channel
 *
 * Context: Any.
 * Return: true if so.
 */
static inline bool simdma_faulty(struct simdma_chan *sc)
{
	return unlikely(simdma_fault_mode(sc) != SIMDMA_FAULT_NONE);
}

/* fault_prep.c */
bool simdma_fault_takes(struct simdma_chan *sc, struct simdma_request *req);
bool simdma_fault_stale(struct simdma_desc *desc,
			const struct simdma_request *req);
void simdma_fault_sleep(u32 ms);

/* fault_callback.c */
bool simdma_fault_tell(struct simdma_desc *desc);

/* fault_late.c */
void simdma_late_terminated(struct simdma_desc *desc);
bool simdma_late_copy(struct simdma_desc *desc, u32 ms);

#endif /* _SIMDMA_FAULT_H */
