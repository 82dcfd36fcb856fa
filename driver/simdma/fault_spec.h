/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Faults: which there are, how one is asked for, and when it strikes. Pure: no kernel
 * state, no allocation.
 */
#ifndef _SIMDMA_FAULT_SPEC_H
#define _SIMDMA_FAULT_SPEC_H

#include <linux/types.h>

/* Longest line that is written to the file. */
#define SIMDMA_FAULT_LEN	256

/* Room for the longest complaint about it, which names every mode. */
#define SIMDMA_FAULT_WHY_LEN	960

/** enum simdma_fault_mode - what goes wrong, see simdma_fault_modes[] */
enum simdma_fault_mode {
	SIMDMA_FAULT_NONE,
	SIMDMA_FAULT_FLIP,
	SIMDMA_FAULT_SKIP_SEG,
	SIMDMA_FAULT_SWAP_SEGS,
	SIMDMA_FAULT_SHORT_LAST,
	SIMDMA_FAULT_LIST_CUT,
	SIMDMA_FAULT_TAIL_LOST,
	SIMDMA_FAULT_MISALIGN,
	SIMDMA_FAULT_MISPAIR,
	SIMDMA_FAULT_OVERLAP,
	SIMDMA_FAULT_OVERRUN_BYTE,
	SIMDMA_FAULT_OVERRUN_PAGE,
	SIMDMA_FAULT_WRITE_SRC,
	SIMDMA_FAULT_WRAP4G,
	SIMDMA_FAULT_SEG_LIMIT,
	SIMDMA_FAULT_SEG_BOUNDARY,
	SIMDMA_FAULT_STALE,
	SIMDMA_FAULT_CHAN_MIXUP,
	SIMDMA_FAULT_ERROR_AS_SUCCESS,
	SIMDMA_FAULT_EARLY,
	SIMDMA_FAULT_WRONG_COOKIE,
	SIMDMA_FAULT_FENCE_IGNORED,
	SIMDMA_FAULT_CB_AFTER_TERM,
	SIMDMA_FAULT_WRITE_AFTER_TERM,
	SIMDMA_FAULT_TERM_IGNORED,
	SIMDMA_FAULT_LOSE,
	SIMDMA_FAULT_LOSE_ALL,
	SIMDMA_FAULT_DOUBLE,
	SIMDMA_FAULT_RESIDUE,
	SIMDMA_FAULT_SUCCESS_AS_ERROR,
	SIMDMA_FAULT_ERROR,
	SIMDMA_FAULT_READ_ERROR,
	SIMDMA_FAULT_ABORT,
	SIMDMA_FAULT_ODD_RESULT,
	SIMDMA_FAULT_ERROR_DROPS,
	SIMDMA_FAULT_EAGER,
	SIMDMA_FAULT_SECOND_ISSUE,
	SIMDMA_FAULT_CB_CONTEXT,
	SIMDMA_FAULT_CB_LOCKED,
	SIMDMA_FAULT_NO_INTERRUPT_HANGS,
	SIMDMA_FAULT_TERM_FAILS,
	SIMDMA_FAULT_TERM_WEDGES,
	SIMDMA_FAULT_REALLOC_DEAD,
	SIMDMA_FAULT_RING_LEAK,
	SIMDMA_FAULT_LATE_FREE,
	SIMDMA_FAULT_ACK_IGNORED,
	SIMDMA_FAULT_STALE_CALLBACK,
	SIMDMA_FAULT_STALE_FLAGS,
	SIMDMA_FAULT_NULL_EARLY,
	SIMDMA_FAULT_PREP_SLEEPS,
	SIMDMA_FAULT_TAKES_UNEVEN_TOTALS,
	SIMDMA_FAULT_TAKES_EMPTY,
	SIMDMA_FAULT_TAKES_ZERO,
	SIMDMA_FAULT_SUBMIT_FAILS,
	SIMDMA_FAULT_BAD_COOKIE,
	SIMDMA_FAULT_REORDER,
	SIMDMA_FAULT_STUCK,
	SIMDMA_FAULT_STUCK_RECOVERS,
	SIMDMA_FAULT_SLOW,
	SIMDMA_FAULT_STATUS_LIES,
	SIMDMA_FAULT_STATUS_STUCK,
	SIMDMA_FAULT_STATUS_RESIDUE,
	SIMDMA_NR_FAULTS,
};

/**
 * struct simdma_fault_info - a mode
 * @name: how it is asked for
 * @shown: the engine shows it in some way other than wrong bytes
 * @arg: what arg is if it is not given
 * @text: what goes wrong; one line
 */
struct simdma_fault_info {
	const char *name;
	bool shown;
	int arg;
	const char *text;
};

/**
 * struct simdma_fault_spec - what was asked for; every field has the type that the
 * table of keys needs
 * @mode: enum simdma_fault_mode
 * @nth: the first opportunity that is hit, from 1
 * @every: each so many opportunities another one is hit; 0 for no other
 * @prob: if not 0, each is hit by chance instead, this often of 1000
 * @arg: what the mode makes of it
 * @chan: number of the only channel whose opportunities count, -1 for all
 */
struct simdma_fault_spec {
	int mode;
	int nth;
	int every;
	int prob;
	int arg;
	int chan;
};

const struct simdma_fault_info *simdma_fault_info(unsigned int mode);
int simdma_fault_parse(char *text, struct simdma_fault_spec *spec, char *why,
		       size_t len);
int simdma_fault_format(const struct simdma_fault_spec *spec, char *buf,
			size_t len);
bool simdma_fault_strikes(const struct simdma_fault_spec *spec, u64 seen,
			  u32 dice);

#endif /* _SIMDMA_FAULT_SPEC_H */
