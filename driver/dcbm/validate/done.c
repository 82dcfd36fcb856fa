// SPDX-License-Identifier: GPL-2.0-only
/*
 * Clauses done.*: callbacks and their results.
 */
#include <linux/delay.h>
#include <linux/dma-mapping.h>
#include <linux/jiffies.h>
#include <linux/minmax.h>
#include <linux/rcupdate.h>
#include <linux/sizes.h>

#include "clauses.h"
#include "map.h"
#include "mem.h"
#include "run.h"
#include "submit.h"
#include "types.h"
#include "verdict.h"
#include "wait.h"

/* Finds second callbacks that ran after dcbm_v_calls() had counted. */
static int dcbm_v_called_again(struct dcbm_vt *t)
{
	u32 i;

	for (i = 0; i < t->nr; i++)
		if (atomic_read(&t->vd[i].calls) > 1)
			return dcbm_v_fail(t, "%d callbacks for descriptor %u of %u",
					   atomic_read(&t->vd[i].calls), i, t->nr);
	return dcbm_v_calls(t, 0);
}

static int dcbm_v_rounds(struct dcbm_vt *t, u32 len, unsigned int linger_ms)
{
	int ret = dcbm_v_slots(t, t->spec->depth, len);
	u32 i = 0;

	while (dcbm_v_next(t, &i, &ret)) {
		ret = dcbm_v_round(t, t->nr);
		if (ret || !linger_ms)
			continue;
		msleep(linger_ms);
		ret = dcbm_v_called_again(t);
	}
	return ret;
}

/* A second callback may come late: each round ends with a pause. */
int dcbm_v_done_once(struct dcbm_vt *t)
{
	return dcbm_v_rounds(t, SZ_4K, DCBM_V_LINGER_MS);
}

int dcbm_v_done_data(struct dcbm_vt *t)
{
	int ret = dcbm_v_rounds(t, SZ_4K, 0);

	if (!ret && !dcbm_v_visible(t))
		return dcbm_v_skip(t, "writes of the device are not visible while mapped");
	return ret;
}

/* Runs in the callback of a descriptor, and submits the next descriptor. */
static void dcbm_v_chain(struct dcbm_vd *v)
{
	struct dcbm_vd *next = v + 1;

	dcbm_v_prep_tx(next, DCBM_V_FLAGS);
	if (!next->tx)
		return;
	dcbm_v_submit_tx(next, true);
	dcbm_v_issue(v->t);
}

/*
 * Stops chaining, and waits for a callback that is chaining now. Until then it is not
 * known whether the next descriptor has been submitted.
 */
static void dcbm_v_unchain(struct dcbm_vd *v)
{
	WRITE_ONCE(v->hook, NULL);
	/* dcbm_v_callback() calls the hook in an RCU read-side critical section. */
	synchronize_rcu();
}

int dcbm_v_done_context(struct dcbm_vt *t)
{
	int ret = dcbm_v_slots(t, 2, SZ_4K);
	u32 i = 0, refused = 0;

	while (dcbm_v_next(t, &i, &ret)) {
		struct dcbm_vd *v = t->vd;

		if (t->nr < 2)
			return dcbm_v_skip(t, "max_bytes is too small for 2 descriptors");
		dcbm_v_fill(t, 2);
		ret = dcbm_v_map(t, &v[1]);
		if (ret)
			break;
		dcbm_v_submit_begin(t, &v[1]);
		v[0].hook = dcbm_v_chain;
		ret = dcbm_v_map(t, &v[0]);
		if (!ret)
			ret = dcbm_v_put_retry(t, &v[0], DCBM_V_FLAGS);
		if (!ret && !v[0].submitted)
			ret = dcbm_v_fail(t, "prep refused one segment on an idle channel");
		if (!ret) {
			dcbm_v_issue(t);
			ret = dcbm_v_wait(t, 1);
		}
		dcbm_v_unchain(&v[0]);
		/* A ring of one descriptor is full until the callback has returned. */
		if (!v[1].submitted) {
			refused++;
			dcbm_v_submit_undo(&v[1]);
			v[1].unspecified = true;
		}
		if (!ret)
			ret = dcbm_v_wait(t, 2);
		if (!ret)
			ret = dcbm_v_calls(t, v[1].submitted ? 2 : 1);
		if (ret)
			break;
		dcbm_v_unlink(t);
		dcbm_v_unmap_all(t);
		ret = dcbm_v_verify(t, 2);
	}
	if (refused)
		dcbm_v_note(t, "prep refused in %u of %u callbacks", refused, i);
	return ret;
}

int dcbm_v_done_result(struct dcbm_vt *t)
{
	int ret = dcbm_v_rounds(t, SZ_4K, 0);

	if (!ret && !t->vd[0].has_result)
		dcbm_v_note(t, "callbacks get no result, which counts as success");
	return ret;
}

/* Waits by polling tx_status, as there are no callbacks. */
static int dcbm_v_poll(struct dcbm_vt *t, u32 nr)
{
	u32 i;

	for (i = 0; i < nr; i++) {
		unsigned long until = jiffies + msecs_to_jiffies(t->spec->timeout_ms);
		struct dcbm_vd *v = &t->vd[i];

		while (dcbm_v_status(t, v, NULL) != DMA_COMPLETE) {
			if (time_after(jiffies, until))
				return dcbm_v_fail(t,
						   "descriptor %u of %u is not complete after %u ms",
						   i, nr, t->spec->timeout_ms);
			usleep_range(100, 200);
		}
		if (atomic_read(&v->calls))
			return dcbm_v_fail(t, "a callback ran although none was set");
		dcbm_desc_end(&v->d, DCBM_RES_OK, 0);
	}
	return DCBM_V_PASS;
}

int dcbm_v_done_silent(struct dcbm_vt *t)
{
	int ret = dcbm_v_slots(t, t->spec->depth, SZ_4K);
	u32 i = 0, j, started;

	if (!t->ordered)
		return dcbm_v_skip(t, "tx_status cannot report out-of-order completion");
	while (dcbm_v_next(t, &i, &ret)) {
		dcbm_v_fill(t, t->nr);
		ret = dcbm_v_start(t, t->nr, &started, DMA_CTRL_ACK);
		if (ret)
			break;
		dcbm_v_issue(t);
		ret = dcbm_v_poll(t, started);
		if (ret)
			break;
		dcbm_v_unlink(t);
		dcbm_v_unmap_all(t);
		for (j = started; j < t->nr; j++)
			t->vd[j].unspecified = true;
		ret = dcbm_v_verify(t, t->nr);
	}
	return ret;
}

/*
 * Returns the last 64 KB that the device can address. No known machine has memory there,
 * but the access may crash the machine, so clause done.error requires unsafe=1.
 */
static dma_addr_t dcbm_v_bad_addr(struct dcbm_vt *t)
{
	return (dma_get_mask(t->chan->dev) & ~(dma_addr_t)(SZ_64K - 1));
}

/* Index of the descriptor with the bad address; valid descriptors surround it. */
#define DCBM_V_BAD	1

/* Some providers abort all queued descriptors: later descriptors may fail as well. */
static int dcbm_v_error_seen(struct dcbm_vt *t)
{
	u32 i;

	for (i = 0; i < t->nr; i++) {
		struct dcbm_vd *v = &t->vd[i];
		bool ok = v->d.result == DCBM_RES_OK;

		if (atomic_read(&v->calls) != 1)
			return dcbm_v_fail(t,
					   "%d callbacks for descriptor %u; the address of %u is bad",
					   atomic_read(&v->calls), i, DCBM_V_BAD);
		if (i == DCBM_V_BAD && ok)
			return dcbm_v_fail(t, "a copy from a bad address was reported as success");
		if (i < DCBM_V_BAD && !ok)
			return dcbm_v_fail(t,
					   "descriptor %u ended with result %d, but only %u has a bad address",
					   i, v->result.result, DCBM_V_BAD);
		v->unspecified = !ok;
	}
	return DCBM_V_PASS;
}

int dcbm_v_done_error(struct dcbm_vt *t)
{
	int ret = dcbm_v_slots(t, 3, SZ_4K);
	u32 i = 0, j;

	if (!t->spec->unsafe)
		return dcbm_v_skip(t, "the clause uses a bad address, which only unsafe=1 allows");
	while (dcbm_v_next(t, &i, &ret)) {
		dcbm_v_fill(t, t->nr);
		for (j = 0; !ret && j < t->nr; j++) {
			struct dcbm_vd *v = &t->vd[j];

			ret = dcbm_v_map(t, v);
			if (ret)
				break;
			if (j == DCBM_V_BAD)
				sg_dma_address(&v->pair_src[0]) = dcbm_v_bad_addr(t);
			ret = dcbm_v_put_retry(t, v, DCBM_V_FLAGS);
			if (!ret && !v->submitted)
				return dcbm_v_no_room(t, t->nr);
		}
		if (ret)
			break;
		dcbm_v_issue(t);
		ret = dcbm_v_wait(t, t->nr);
		if (!ret)
			ret = dcbm_v_error_seen(t);
		if (ret)
			break;
		dcbm_v_unlink(t);
		dcbm_v_unmap_all(t);
		ret = dcbm_v_verify(t, t->nr);
		/* The channel must still work after the error. */
		if (!ret)
			ret = dcbm_v_round(t, t->nr);
	}
	return ret;
}
