/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Faults: modes, grammar of requests, and choice of the opportunities that are hit
 *
 * No kernel state, no allocation.
 */
#ifndef _SIMDMA_FAULT_SPEC_H
#define _SIMDMA_FAULT_SPEC_H

#include <linux/types.h>

/* Maximum length of a line that is written to debugfs, with its NUL */
#define SIMDMA_FAULT_LEN	256

/* Size of the longest error message, which lists all modes */
#define SIMDMA_FAULT_WHY_LEN	960

/* Index in simdma_fault_modes[], which describes the modes */
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
 * struct simdma_fault_info - description of a mode
 * @name: value of the key mode
 * @shown: a client can detect the fault without comparing data
 * @arg: default of the key arg
 * @text: effect of the mode, one line
 */
struct simdma_fault_info {
	const char *name;
	bool shown;
	int arg;
	const char *text;
};

/**
 * struct simdma_fault_spec - a fault that was requested
 * @mode: enum simdma_fault_mode
 * @nth: first opportunity that is hit, from 1
 * @every: period of the hits after @nth, in opportunities; 0 for a single hit
 * @prob: if not 0, probability of a hit in units of 1/1000, instead of @nth and @every
 * @arg: argument of the mode
 * @chan: only opportunities of this channel count; -1 for all channels
 *
 * All members have 32 bits, as struct kvline_key requires.
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
			  u32 random);

#endif /* _SIMDMA_FAULT_SPEC_H */
