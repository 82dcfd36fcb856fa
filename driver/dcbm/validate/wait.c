// SPDX-License-Identifier: GPL-2.0-only
/*
 * Descriptors of a run: waiting and verdict.
 */
#include <linux/jiffies.h>
#include <linux/llist.h>
#include <linux/wait.h>

#include "map.h"
#include "mem.h"
#include "submit.h"
#include "types.h"
#include "verdict.h"
#include "wait.h"

/* Returns true if a descriptor has ended, or was never submitted. */
bool dcbm_v_ended(const struct dcbm_vd *v)
{
	/* Acquire semantics: after the end, fields written by the callback can be read. */
	return !dcbm_desc_inflight(&v->d);
}

/* Counts the descriptors in flight among the first @nr. */
u32 dcbm_v_nr_inflight(const struct dcbm_vt *t, u32 nr)
{
	u32 i, open = 0;

	for (i = 0; i < nr; i++)
		open += !dcbm_v_ended(&t->vd[i]);
	return open;
}

/* Calls tx_status. @residue: bytes left to copy, or NULL. */
enum dma_status dcbm_v_status(struct dcbm_vt *t, struct dcbm_vd *v, u32 *residue)
{
	struct dma_tx_state state = { };
	enum dma_status status;

	status = dmaengine_tx_status(t->dma, v->d.cookie, &state);
	if (residue)
		*residue = state.residue;
	return status;
}

static const char *dcbm_v_status_text(enum dma_status status)
{
	static const char * const texts[] = {
		[DMA_COMPLETE] = "complete",
		[DMA_IN_PROGRESS] = "in progress",
		[DMA_PAUSED] = "paused",
		[DMA_ERROR] = "error",
		[DMA_OUT_OF_ORDER] = "out of order",
	};

	return (unsigned int)status < ARRAY_SIZE(texts) ? texts[status] : "invalid";
}

/* Reports the first overdue descriptor, with its tx_status. */
static int dcbm_v_late(struct dcbm_vt *t, u32 nr)
{
	u32 i = 0;

	while (i < nr && dcbm_v_ended(&t->vd[i]))
		i++;
	if (i == nr)
		return DCBM_V_PASS;
	return dcbm_v_fail(t, "no callback for %u of %u descriptors after %u ms (tx_status: %s)",
			   dcbm_v_nr_inflight(t, nr), nr, t->spec->timeout_ms,
			   dcbm_v_status_text(dcbm_v_status(t, &t->vd[i], NULL)));
}

/**
 * dcbm_v_wait_ended() - wait for descriptors, without a verdict
 * @t: the run
 * @nr: number of descriptors
 *
 * The time limit is timeout_ms, and each descriptor that ends restarts it.
 *
 * Return: Number of descriptors in flight, none of which ended during timeout_ms.
 */
u32 dcbm_v_wait_ended(struct dcbm_vt *t, u32 nr)
{
	u32 open = dcbm_v_nr_inflight(t, nr), before;

	while (open) {
		before = open;
		wait_event_timeout(t->waiter.wq,
				   (open = dcbm_v_nr_inflight(t, nr)) < before,
				   msecs_to_jiffies(t->spec->timeout_ms));
		if (open == before)
			break;
	}
	return open;
}

/* Waits for @nr descriptors, and fails if one is overdue. */
int dcbm_v_wait(struct dcbm_vt *t, u32 nr)
{
	return dcbm_v_wait_ended(t, nr) ? dcbm_v_late(t, nr) : DCBM_V_PASS;
}

/* Checks that each of @nr ended descriptors had exactly one callback, with success. */
int dcbm_v_calls(struct dcbm_vt *t, u32 nr)
{
	u32 i;

	for (i = 0; i < nr; i++) {
		struct dcbm_vd *v = &t->vd[i];

		if (atomic_read(&v->calls) != 1)
			return dcbm_v_fail(t, "%d callbacks for descriptor %u of %u",
					   atomic_read(&v->calls), i, nr);
		if (v->d.result != DCBM_RES_OK)
			return dcbm_v_fail(t, "a valid copy ended with result %d and residue %u",
					   v->result.result, v->result.residue);
		if (v->bad_context)
			return dcbm_v_fail(t, "a callback ran with interrupts disabled");
	}
	if (atomic_read(&t->validate->stray))
		return dcbm_v_fail(t, "%d callbacks for descriptors that had already ended",
				   atomic_read(&t->validate->stray));
	return DCBM_V_PASS;
}

/* Removes all descriptors that have ended from the list of the channel. */
void dcbm_v_unlink(struct dcbm_vt *t)
{
	u32 i;

	for (i = 0; i < t->nr; i++)
		if (t->vd[i].d.state == DCBM_DESC_ENDED)
			dcbm_desc_unlink(&t->vd[i].d);
	/* The suite reads the states of the descriptors, not the list of the waiter. */
	llist_del_all(&t->waiter.ended);
}

/*
 * Skips a clause because the ring has fewer than @nr descriptors. The submitted
 * descriptors are completed, not terminated: a channel that cannot terminate would be
 * quarantined.
 */
int dcbm_v_no_room(struct dcbm_vt *t, u32 nr)
{
	int ret;

	dcbm_v_issue(t);
	ret = dcbm_v_wait(t, t->nr);
	return ret ?: dcbm_v_skip(t, "the ring has no room for %u descriptors", nr);
}

/* Copies the lists of @nr descriptors, or fewer if the ring is full, and checks the result. */
int dcbm_v_round(struct dcbm_vt *t, u32 nr)
{
	u32 started;
	int ret;

	dcbm_v_fill(t, nr);
	ret = dcbm_v_start(t, nr, &started, DCBM_V_FLAGS);
	if (ret)
		return ret;
	return dcbm_v_finish(t, nr, started);
}

/**
 * dcbm_v_finish() - issue submitted descriptors, wait for them, and check the result
 * @t: the run
 * @nr: number of descriptors passed to dcbm_v_fill()
 * @started: number of descriptors submitted
 *
 * Return: DCBM_V_PASS or DCBM_V_FAIL.
 */
int dcbm_v_finish(struct dcbm_vt *t, u32 nr, u32 started)
{
	u32 i;
	int ret;

	dcbm_v_issue(t);
	ret = dcbm_v_wait(t, started);
	if (!ret)
		ret = dcbm_v_calls(t, started);
	if (ret)
		return ret;
	dcbm_v_unlink(t);
	dcbm_v_unmap_all(t);
	for (i = started; i < nr; i++)
		t->vd[i].unspecified = true;
	ret = dcbm_v_verify(t, nr);
	for (i = 0; !ret && i < started; i++)
		if (t->vd[i].data_bad)
			ret = dcbm_v_fail(t, "a callback ran before the data had arrived");
	return ret;
}

/*
 * Fills the ring, and copies all lists in it. @depth: number of descriptors that prep
 * accepted, @t->nr if prep refused none.
 */
int dcbm_v_depth(struct dcbm_vt *t, u32 *depth)
{
	int ret;

	dcbm_v_fill(t, t->nr);
	ret = dcbm_v_fill_ring(t, depth);
	if (ret)
		return ret;
	if (!*depth)
		return dcbm_v_fail(t, "prep refused one segment on an idle channel");
	return dcbm_v_finish(t, t->nr, *depth);
}
