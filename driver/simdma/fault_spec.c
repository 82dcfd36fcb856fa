// SPDX-License-Identifier: GPL-2.0-only
/*
 * Faults: the table of modes, the grammar, the decision; see fault_spec.h.
 */
#include <linux/array_size.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/stddef.h>

#include "../lib/kvline.h"
#include "fault_spec.h"

/* prob counts thousandths. */
#define SIMDMA_FAULT_PROB_MAX	1000

#define SIMDMA_SILENT(_name, _arg, _text)	{ #_name, false, _arg, _text }
#define SIMDMA_SHOWN(_name, _arg, _text)	{ #_name, true, _arg, _text }

static const struct simdma_fault_info simdma_fault_modes[] = {
	[SIMDMA_FAULT_NONE] = SIMDMA_SHOWN(none, 0, "nothing goes wrong"),

	/* What is copied. */
	[SIMDMA_FAULT_FLIP] = SIMDMA_SILENT(flip, 1,
		"a byte in the middle of the copy is wrong; arg: its bits that are"),
	[SIMDMA_FAULT_SKIP_SEG] = SIMDMA_SILENT(skip_seg, 0,
		"a segment is not copied; arg: its index, modulo their number"),
	[SIMDMA_FAULT_SWAP_SEGS] = SIMDMA_SILENT(swap_segs, 0,
		"two source segments of one length are taken for each other"),
	[SIMDMA_FAULT_SHORT_LAST] = SIMDMA_SILENT(short_last, 0,
		"the last byte of the last segment is not copied"),
	[SIMDMA_FAULT_LIST_CUT] = SIMDMA_SILENT(list_cut, 32,
		"segments of a long list are not copied; arg: how many are"),
	[SIMDMA_FAULT_TAIL_LOST] = SIMDMA_SILENT(tail_lost, 8,
		"the end of a segment is not copied; arg: only multiples of it are"),
	[SIMDMA_FAULT_MISALIGN] = SIMDMA_SILENT(misalign, 4,
		"source addresses are rounded down; arg: to multiples of this"),
	[SIMDMA_FAULT_MISPAIR] = SIMDMA_SILENT(mispair, 0,
		"lists that are cut differently are copied entry by entry"),
	[SIMDMA_FAULT_OVERLAP] = SIMDMA_SILENT(overlap, 0,
		"a source segment that overlaps another is read as zeroes"),
	[SIMDMA_FAULT_OVERRUN_BYTE] = SIMDMA_SILENT(overrun_byte, 0,
		"the byte behind a segment is written, in the same 4 KiB"),
	[SIMDMA_FAULT_OVERRUN_PAGE] = SIMDMA_SILENT(overrun_page, 0,
		"the page behind a segment of the same folio is written; arg: 1 for of any"),
	[SIMDMA_FAULT_WRITE_SRC] = SIMDMA_SILENT(write_src, 0,
		"a byte of the source is written"),
	[SIMDMA_FAULT_WRAP4G] = SIMDMA_SILENT(wrap4g, 0,
		"the upper 32 bits of source addresses are lost"),
	[SIMDMA_FAULT_SEG_LIMIT] = SIMDMA_SILENT(seg_limit, 0,
		"the last byte of a segment of the greatest length is not copied"),
	[SIMDMA_FAULT_SEG_BOUNDARY] = SIMDMA_SILENT(seg_boundary, 0,
		"the last byte of a segment that ends at a boundary is not copied"),
	[SIMDMA_FAULT_STALE] = SIMDMA_SILENT(stale, 0,
		"a reused descriptor reads the sources of its former life"),
	[SIMDMA_FAULT_CHAN_MIXUP] = SIMDMA_SILENT(chan_mixup, 0,
		"the first segment is read where another channel reads"),
	[SIMDMA_FAULT_ERROR_AS_SUCCESS] = SIMDMA_SILENT(error_as_success, 0,
		"nothing is copied, and success reported"),

	/* When it is copied. */
	[SIMDMA_FAULT_EARLY] = SIMDMA_SILENT(early, 20,
		"the callback comes before the data; arg: by so many ms"),
	[SIMDMA_FAULT_WRONG_COOKIE] = SIMDMA_SILENT(wrong_cookie, 0,
		"the callback of another descriptor in flight is called instead"),
	[SIMDMA_FAULT_FENCE_IGNORED] = SIMDMA_SILENT(fence_ignored, 0,
		"a descriptor overtakes one that has a fence"),
	[SIMDMA_FAULT_CB_AFTER_TERM] = SIMDMA_SILENT(cb_after_term, 20,
		"the callback of a terminated descriptor comes; arg: after so many ms"),
	[SIMDMA_FAULT_WRITE_AFTER_TERM] = SIMDMA_SILENT(write_after_term, 20,
		"a terminated descriptor is carried out; arg: after so many ms"),
	[SIMDMA_FAULT_TERM_IGNORED] = SIMDMA_SILENT(term_ignored, 0,
		"a termination has no effect"),

	/* What is said of it. */
	[SIMDMA_FAULT_LOSE] = SIMDMA_SHOWN(lose, 0,
		"the callback is lost, the cookie completes"),
	[SIMDMA_FAULT_LOSE_ALL] = SIMDMA_SHOWN(lose_all, 0,
		"the completion is lost: neither callback nor cookie"),
	[SIMDMA_FAULT_DOUBLE] = SIMDMA_SHOWN(double, 0, "the callback comes twice"),
	[SIMDMA_FAULT_RESIDUE] = SIMDMA_SHOWN(residue, 1,
		"all is copied, and success reported with a residue; arg: bytes"),
	[SIMDMA_FAULT_SUCCESS_AS_ERROR] = SIMDMA_SHOWN(success_as_error, 0,
		"all is copied, and a write error reported"),
	[SIMDMA_FAULT_ERROR] = SIMDMA_SHOWN(error, 0,
		"a write error; arg: bytes that are copied before, if less than all"),
	[SIMDMA_FAULT_READ_ERROR] = SIMDMA_SHOWN(read_error, 0,
		"a read error; arg: bytes that are copied before, if less than all"),
	[SIMDMA_FAULT_ABORT] = SIMDMA_SHOWN(abort, 0,
		"an abort; arg: bytes that are copied before, if less than all"),
	[SIMDMA_FAULT_ODD_RESULT] = SIMDMA_SHOWN(odd_result, 99,
		"all is copied, and a result reported that nobody knows; arg: its number"),
	[SIMDMA_FAULT_ERROR_DROPS] = SIMDMA_SHOWN(error_drops, 0,
		"a write error, and all that was issued behind it is lost"),

	/* When it begins, and how the client is called. */
	[SIMDMA_FAULT_EAGER] = SIMDMA_SHOWN(eager, 0,
		"a descriptor begins as it is submitted"),
	[SIMDMA_FAULT_SECOND_ISSUE] = SIMDMA_SHOWN(second_issue, 0,
		"a descriptor and all behind it wait for another issue_pending"),
	[SIMDMA_FAULT_CB_CONTEXT] = SIMDMA_SHOWN(cb_context, 0,
		"the callback is called with interrupts off"),
	[SIMDMA_FAULT_CB_LOCKED] = SIMDMA_SHOWN(cb_locked, 0,
		"there is no descriptor for anybody during a callback"),
	[SIMDMA_FAULT_NO_INTERRUPT_HANGS] = SIMDMA_SHOWN(no_interrupt_hangs, 0,
		"a descriptor without DMA_PREP_INTERRUPT never completes"),

	/* The end of a channel, and of a descriptor. */
	[SIMDMA_FAULT_TERM_FAILS] = SIMDMA_SHOWN(term_fails, 0,
		"a termination fails, and has no effect"),
	[SIMDMA_FAULT_TERM_WEDGES] = SIMDMA_SHOWN(term_wedges, 0,
		"a termination stops the channel until it is acquired anew"),
	[SIMDMA_FAULT_REALLOC_DEAD] = SIMDMA_SHOWN(realloc_dead, 0,
		"a channel that is acquired again does nothing until it is once more"),
	[SIMDMA_FAULT_RING_LEAK] = SIMDMA_SHOWN(ring_leak, 0,
		"a descriptor is gone until the channel is acquired anew"),
	[SIMDMA_FAULT_LATE_FREE] = SIMDMA_SHOWN(late_free, 200,
		"a descriptor can be had again only a while after its callback; arg: us"),
	[SIMDMA_FAULT_ACK_IGNORED] = SIMDMA_SHOWN(ack_ignored, 0,
		"a descriptor is reused though it was not acknowledged"),
	[SIMDMA_FAULT_STALE_CALLBACK] = SIMDMA_SHOWN(stale_callback, 0,
		"a descriptor comes with the callback that it had before"),
	[SIMDMA_FAULT_STALE_FLAGS] = SIMDMA_SHOWN(stale_flags, 0,
		"a descriptor comes with the flags that it had before, too"),

	/* What is taken. */
	[SIMDMA_FAULT_NULL_EARLY] = SIMDMA_SHOWN(null_early, 0,
		"an idle channel gives no descriptor"),
	[SIMDMA_FAULT_PREP_SLEEPS] = SIMDMA_SHOWN(prep_sleeps, 1,
		"prep sleeps where that can be done; arg: ms"),
	[SIMDMA_FAULT_TAKES_UNEVEN_TOTALS] = SIMDMA_SHOWN(takes_uneven_totals, 0,
		"lists of different totals are taken, and copied up to the lesser one"),
	[SIMDMA_FAULT_TAKES_EMPTY] = SIMDMA_SHOWN(takes_empty, 0,
		"lists without entries are taken"),
	[SIMDMA_FAULT_TAKES_ZERO] = SIMDMA_SHOWN(takes_zero, 0,
		"segments without length are taken"),
	[SIMDMA_FAULT_SUBMIT_FAILS] = SIMDMA_SHOWN(submit_fails, 0,
		"a submission fails"),
	[SIMDMA_FAULT_BAD_COOKIE] = SIMDMA_SHOWN(bad_cookie, 0,
		"a submission returns a cookie lower than any before"),

	/* How long it takes, and in which order. */
	[SIMDMA_FAULT_REORDER] = SIMDMA_SHOWN(reorder, 0,
		"a descriptor overtakes the one before it, on a channel with order"),
	[SIMDMA_FAULT_STUCK] = SIMDMA_SHOWN(stuck, 0,
		"a descriptor hangs, and all behind it, until it is terminated"),
	[SIMDMA_FAULT_STUCK_RECOVERS] = SIMDMA_SHOWN(stuck_recovers, 1000,
		"a descriptor hangs half way, and goes on; arg: after so many ms"),
	[SIMDMA_FAULT_SLOW] = SIMDMA_SHOWN(slow, 5,
		"a descriptor takes longer; arg: by so many ms"),

	/* What tx_status says. */
	[SIMDMA_FAULT_STATUS_LIES] = SIMDMA_SHOWN(status_lies, 0,
		"tx_status says complete of what is in progress"),
	[SIMDMA_FAULT_STATUS_STUCK] = SIMDMA_SHOWN(status_stuck, 0,
		"tx_status says in progress of what is complete"),
	[SIMDMA_FAULT_STATUS_RESIDUE] = SIMDMA_SHOWN(status_residue, 1,
		"tx_status gives a residue that is too large; arg: by so many bytes"),
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

/**
 * simdma_fault_info() - what there is to know of a mode
 * @mode: its number
 *
 * Return: The mode, or NULL behind the last one.
 */
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
 * simdma_fault_strikes() - is an opportunity hit?
 * @spec: what was asked for
 * @seen: its number, from 1
 * @dice: a random number
 *
 * Return: true if so.
 */
bool simdma_fault_strikes(const struct simdma_fault_spec *spec, u64 seen,
			  u32 dice)
{
	u32 rest;

	if (spec->prob)
		return dice % SIMDMA_FAULT_PROB_MAX < spec->prob;
	if (seen <= spec->nth || !spec->every)
		return seen == spec->nth;
	div_u64_rem(seen - spec->nth, spec->every, &rest);
	return !rest;
}
