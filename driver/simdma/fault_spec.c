// SPDX-License-Identifier: GPL-2.0-only
/*
 * Faults: modes, grammar of requests, and choice of the opportunities that are hit
 */
#include <linux/array_size.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/stddef.h>

#include "../lib/kvline.h"
#include "fault_spec.h"

/* prob is in units of 1/1000. */
#define SIMDMA_FAULT_PROB_MAX	1000

#define SIMDMA_SILENT(_name, _arg, _text)	{ #_name, false, _arg, _text }
#define SIMDMA_SHOWN(_name, _arg, _text)	{ #_name, true, _arg, _text }

static const struct simdma_fault_info simdma_fault_modes[] = {
	[SIMDMA_FAULT_NONE] = SIMDMA_SHOWN(none, 0, "no fault is injected"),

	/* Data that is copied */
	[SIMDMA_FAULT_FLIP] = SIMDMA_SILENT(flip, 1,
		"one byte in the middle of the copy is wrong; arg: bits to flip"),
	[SIMDMA_FAULT_SKIP_SEG] = SIMDMA_SILENT(skip_seg, 0,
		"one segment is not copied; arg: its index, modulo the number of segments"),
	[SIMDMA_FAULT_SWAP_SEGS] = SIMDMA_SILENT(swap_segs, 0,
		"two source segments of equal length are swapped"),
	[SIMDMA_FAULT_SHORT_LAST] = SIMDMA_SILENT(short_last, 0,
		"the last byte of the last segment is not copied"),
	[SIMDMA_FAULT_LIST_CUT] = SIMDMA_SILENT(list_cut, 32,
		"the end of a long list is not copied; arg: number of segments copied"),
	[SIMDMA_FAULT_TAIL_LOST] = SIMDMA_SILENT(tail_lost, 8,
		"the end of a segment is not copied; arg: the copied length is a multiple of this"),
	[SIMDMA_FAULT_MISALIGN] = SIMDMA_SILENT(misalign, 4,
		"source addresses are rounded down; arg: to a multiple of this"),
	[SIMDMA_FAULT_MISPAIR] = SIMDMA_SILENT(mispair, 0,
		"lists with different segment boundaries are copied entry by entry"),
	[SIMDMA_FAULT_OVERLAP] = SIMDMA_SILENT(overlap, 0,
		"a source segment that overlaps another is read as zeroes"),
	[SIMDMA_FAULT_OVERRUN_BYTE] = SIMDMA_SILENT(overrun_byte, 0,
		"the byte after a segment is written, in the same 4 KiB"),
	[SIMDMA_FAULT_OVERRUN_PAGE] = SIMDMA_SILENT(overrun_page, 0,
		"the page after a segment is written, if in the same folio; arg: 1 for any page"),
	[SIMDMA_FAULT_WRITE_SRC] = SIMDMA_SILENT(write_src, 0,
		"a byte of the source is written"),
	[SIMDMA_FAULT_WRAP4G] = SIMDMA_SILENT(wrap4g, 0,
		"the upper 32 bits of source addresses are lost"),
	[SIMDMA_FAULT_SEG_LIMIT] = SIMDMA_SILENT(seg_limit, 0,
		"the last byte of a segment of maximum length is not copied"),
	[SIMDMA_FAULT_SEG_BOUNDARY] = SIMDMA_SILENT(seg_boundary, 0,
		"the last byte of a segment that ends at a boundary is not copied"),
	[SIMDMA_FAULT_STALE] = SIMDMA_SILENT(stale, 0,
		"a reused descriptor reads the sources of its previous use"),
	[SIMDMA_FAULT_CHAN_MIXUP] = SIMDMA_SILENT(chan_mixup, 0,
		"the first segment is read from the source of another channel"),
	[SIMDMA_FAULT_ERROR_AS_SUCCESS] = SIMDMA_SILENT(error_as_success, 0,
		"nothing is copied, and success is reported"),

	/* Time of the copy */
	[SIMDMA_FAULT_EARLY] = SIMDMA_SILENT(early, 20,
		"the callback comes before the data; arg: delay of the data in ms"),
	[SIMDMA_FAULT_WRONG_COOKIE] = SIMDMA_SILENT(wrong_cookie, 0,
		"the callback of another descriptor in flight is called instead"),
	[SIMDMA_FAULT_FENCE_IGNORED] = SIMDMA_SILENT(fence_ignored, 0,
		"a descriptor overtakes one with a fence"),
	[SIMDMA_FAULT_CB_AFTER_TERM] = SIMDMA_SILENT(cb_after_term, 20,
		"the callback of a terminated descriptor is called; arg: delay in ms"),
	[SIMDMA_FAULT_WRITE_AFTER_TERM] = SIMDMA_SILENT(write_after_term, 20,
		"a terminated descriptor is copied; arg: delay in ms"),
	[SIMDMA_FAULT_TERM_IGNORED] = SIMDMA_SILENT(term_ignored, 0,
		"a termination has no effect"),

	/* Result and callback */
	[SIMDMA_FAULT_LOSE] = SIMDMA_SHOWN(lose, 0,
		"the callback is lost, the cookie completes"),
	[SIMDMA_FAULT_LOSE_ALL] = SIMDMA_SHOWN(lose_all, 0,
		"the completion is lost: neither callback nor cookie"),
	[SIMDMA_FAULT_DOUBLE] = SIMDMA_SHOWN(double, 0,
		"the callback is called twice"),
	[SIMDMA_FAULT_RESIDUE] = SIMDMA_SHOWN(residue, 1,
		"all bytes are copied, and success is reported with a residue; arg: bytes"),
	[SIMDMA_FAULT_SUCCESS_AS_ERROR] = SIMDMA_SHOWN(success_as_error, 0,
		"all bytes are copied, and a write error is reported"),
	[SIMDMA_FAULT_ERROR] = SIMDMA_SHOWN(error, 0,
		"a write error is reported; arg: bytes copied before, if less than all"),
	[SIMDMA_FAULT_READ_ERROR] = SIMDMA_SHOWN(read_error, 0,
		"a read error is reported; arg: bytes copied before, if less than all"),
	[SIMDMA_FAULT_ABORT] = SIMDMA_SHOWN(abort, 0,
		"an abort is reported; arg: bytes copied before, if less than all"),
	[SIMDMA_FAULT_ODD_RESULT] = SIMDMA_SHOWN(odd_result, 99,
		"all bytes are copied, and an undefined result is reported; arg: its number"),
	[SIMDMA_FAULT_ERROR_DROPS] = SIMDMA_SHOWN(error_drops, 0,
		"a write error is reported, and all descriptors issued later are lost"),

	/* Start, and context of the callback */
	[SIMDMA_FAULT_EAGER] = SIMDMA_SHOWN(eager, 0,
		"a descriptor starts at submission, without issue_pending"),
	[SIMDMA_FAULT_SECOND_ISSUE] = SIMDMA_SHOWN(second_issue, 0,
		"a descriptor and all later ones wait for another issue_pending"),
	[SIMDMA_FAULT_CB_CONTEXT] = SIMDMA_SHOWN(cb_context, 0,
		"the callback is called with interrupts disabled"),
	[SIMDMA_FAULT_CB_LOCKED] = SIMDMA_SHOWN(cb_locked, 0,
		"prep returns no descriptor during a callback"),
	[SIMDMA_FAULT_NO_INTERRUPT_HANGS] = SIMDMA_SHOWN(no_interrupt_hangs, 0,
		"a descriptor without DMA_PREP_INTERRUPT never completes"),

	/* Termination, and reuse of channels and descriptors */
	[SIMDMA_FAULT_TERM_FAILS] = SIMDMA_SHOWN(term_fails, 0,
		"a termination fails, and has no effect"),
	[SIMDMA_FAULT_TERM_WEDGES] = SIMDMA_SHOWN(term_wedges, 0,
		"a termination stops the channel until the channel is requested again"),
	[SIMDMA_FAULT_REALLOC_DEAD] = SIMDMA_SHOWN(realloc_dead, 0,
		"a channel that is requested again copies nothing until the next request"),
	[SIMDMA_FAULT_RING_LEAK] = SIMDMA_SHOWN(ring_leak, 0,
		"a descriptor is lost until the channel is requested again"),
	[SIMDMA_FAULT_LATE_FREE] = SIMDMA_SHOWN(late_free, 200,
		"a descriptor is available only some time after its callback; arg: time in us"),
	[SIMDMA_FAULT_ACK_IGNORED] = SIMDMA_SHOWN(ack_ignored, 0,
		"a descriptor is reused before it is acknowledged"),
	[SIMDMA_FAULT_STALE_CALLBACK] = SIMDMA_SHOWN(stale_callback, 0,
		"a new descriptor has the callback of its previous use"),
	[SIMDMA_FAULT_STALE_FLAGS] = SIMDMA_SHOWN(stale_flags, 0,
		"a new descriptor also has the flags of its previous use"),

	/* Prep and submit */
	[SIMDMA_FAULT_NULL_EARLY] = SIMDMA_SHOWN(null_early, 0,
		"an idle channel returns no descriptor"),
	[SIMDMA_FAULT_PREP_SLEEPS] = SIMDMA_SHOWN(prep_sleeps, 1,
		"prep sleeps where sleeping is possible; arg: time in ms"),
	[SIMDMA_FAULT_TAKES_UNEVEN_TOTALS] = SIMDMA_SHOWN(takes_uneven_totals, 0,
		"lists of different totals are accepted, and copied up to the smaller total"),
	[SIMDMA_FAULT_TAKES_EMPTY] = SIMDMA_SHOWN(takes_empty, 0,
		"lists without entries are accepted"),
	[SIMDMA_FAULT_TAKES_ZERO] = SIMDMA_SHOWN(takes_zero, 0,
		"segments of length 0 are accepted"),
	[SIMDMA_FAULT_SUBMIT_FAILS] = SIMDMA_SHOWN(submit_fails, 0,
		"a submission fails"),
	[SIMDMA_FAULT_BAD_COOKIE] = SIMDMA_SHOWN(bad_cookie, 0,
		"a submission returns a cookie lower than any before"),

	/* Duration and order */
	[SIMDMA_FAULT_REORDER] = SIMDMA_SHOWN(reorder, 0,
		"a descriptor overtakes the previous one on an ordered channel"),
	[SIMDMA_FAULT_STUCK] = SIMDMA_SHOWN(stuck, 0,
		"a descriptor and all later ones hang until termination"),
	[SIMDMA_FAULT_STUCK_RECOVERS] = SIMDMA_SHOWN(stuck_recovers, 1000,
		"a descriptor hangs half way, then continues; arg: time in ms"),
	[SIMDMA_FAULT_SLOW] = SIMDMA_SHOWN(slow, 5,
		"a descriptor takes longer; arg: additional time in ms"),

	/* tx_status */
	[SIMDMA_FAULT_STATUS_LIES] = SIMDMA_SHOWN(status_lies, 0,
		"tx_status returns complete for a descriptor in progress"),
	[SIMDMA_FAULT_STATUS_STUCK] = SIMDMA_SHOWN(status_stuck, 0,
		"tx_status returns in progress for a complete descriptor"),
	[SIMDMA_FAULT_STATUS_RESIDUE] = SIMDMA_SHOWN(status_residue, 1,
		"tx_status returns a residue that is too large; arg: excess in bytes"),
};

static_assert(ARRAY_SIZE(simdma_fault_modes) == SIMDMA_NR_FAULTS);

#define SIMDMA_FAULT_KEY(_field, _min, _max)	\
	KVLINE_KEY(struct simdma_fault_spec, _field, _min, _max, NULL, NULL)

/* chan: nr_chan is at most 16, see param.c. */
static const struct kvline_key simdma_fault_keys[] = {
	KVLINE_KEY(struct simdma_fault_spec, mode, 0, SIMDMA_NR_FAULTS - 1,
		   &simdma_fault_modes[0].name, NULL,
		   .stride = sizeof(simdma_fault_modes[0]), .required = true),
	SIMDMA_FAULT_KEY(nth, 1, 1000000),
	SIMDMA_FAULT_KEY(every, 0, 1000000),
	SIMDMA_FAULT_KEY(prob, 0, SIMDMA_FAULT_PROB_MAX),
	SIMDMA_FAULT_KEY(arg, 0, 1000000000),
	SIMDMA_FAULT_KEY(chan, -1, 15),
};

static const struct kvline_grammar simdma_fault_grammar = {
	.keys = simdma_fault_keys,
	.nr = ARRAY_SIZE(simdma_fault_keys),
};

/* Returns NULL after the last mode. */
const struct simdma_fault_info *simdma_fault_info(unsigned int mode)
{
	return mode < SIMDMA_NR_FAULTS ? &simdma_fault_modes[mode] : NULL;
}

/**
 * simdma_fault_parse() - read a line that requests a fault
 * @text: words of the form key=value; modified
 * @spec: the fault
 * @why: on error, the requirement that the line does not meet
 * @len: size of @why
 *
 * Return: 0, or -EINVAL with @spec partly written.
 */
int simdma_fault_parse(char *text, struct simdma_fault_spec *spec, char *why,
		       size_t len)
{
	int ret;

	*spec = (struct simdma_fault_spec) {
		.nth = 1, .every = 1, .arg = -1, .chan = -1,
	};
	ret = kvline_parse(&simdma_fault_grammar, text, spec, why, len);
	if (ret)
		return ret;
	if (spec->arg < 0)
		spec->arg = simdma_fault_modes[spec->mode].arg;
	return 0;
}

/**
 * simdma_fault_format() - write a fault as the debugfs file shows it
 * @spec: the fault
 * @buf: name of the mode, then the other keys
 * @len: size of @buf
 *
 * Return: Number of characters.
 */
int simdma_fault_format(const struct simdma_fault_spec *spec, char *buf,
			size_t len)
{
	static const struct kvline_grammar numbers = {
		.keys = simdma_fault_keys + 1,
		.nr = ARRAY_SIZE(simdma_fault_keys) - 1,
	};
	int at;

	at = scnprintf(buf, len, "%s ", simdma_fault_modes[spec->mode].name);
	return at + kvline_format(&numbers, spec, buf + at, len - at);
}

/**
 * simdma_fault_strikes() - does a fault hit an opportunity?
 * @spec: the fault
 * @seen: number of the opportunity, from 1
 * @random: a random number, for prob=
 *
 * Return: true if the opportunity is hit.
 */
bool simdma_fault_strikes(const struct simdma_fault_spec *spec, u64 seen,
			  u32 random)
{
	u32 rest;

	if (spec->prob)
		return random % SIMDMA_FAULT_PROB_MAX < spec->prob;
	if (seen <= spec->nth || !spec->every)
		return seen == spec->nth;
	div_u64_rem(seen - spec->nth, spec->every, &rest);
	return !rest;
}
