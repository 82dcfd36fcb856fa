// SPDX-License-Identifier: GPL-2.0-only
/*
 * Clauses reuse.*: descriptors return to the ring after their end.
 */
#include <linux/minmax.h>
#include <linux/sizes.h>

#include "clauses.h"
#include "map.h"
#include "mem.h"
#include "run.h"
#include "stop.h"
#include "submit.h"
#include "types.h"
#include "verdict.h"
#include "wait.h"

/* Descriptors submitted after the unacknowledged one: more than most rings have. */
#define DCBM_V_ACK_DESCS	300

/*
 * Submits one descriptor that is not acknowledged, and then many others, which must have
 * other addresses. The first descriptor is only compared and never dereferenced: a faulty
 * provider may have freed it.
 */
static int dcbm_v_ack(struct dcbm_vt *t)
{
	struct dcbm_vd *held = &t->vd[0], *v = &t->vd[1];
	bool reused = false;
	u32 i;
	int ret;

	dcbm_v_fill(t, 2);
	ret = dcbm_v_map(t, held) ?: dcbm_v_map(t, v);
	if (!ret)
		ret = dcbm_v_put_retry(t, held, DMA_PREP_INTERRUPT);
	if (!ret && !held->submitted)
		return dcbm_v_fail(t, "prep refused one segment on an idle channel");
	if (ret)
		return ret;
	dcbm_v_issue(t);
	ret = dcbm_v_wait(t, 1);

	for (i = 0; !ret && !reused && i < DCBM_V_ACK_DESCS; i++) {
		ret = dcbm_v_put_retry(t, v, DCBM_V_FLAGS);
		if (ret)
			break;
		/* A ring of one descriptor is full until the descriptor is acknowledged. */
		if (!v->submitted && !i)
			return dcbm_v_skip(t, "the ring has no room for 2 descriptors");
		if (!v->submitted)
			return dcbm_v_fail(t,
					   "prep refused descriptor %u, with another one not acknowledged",
					   i);
		reused = v->last_tx == held->last_tx;
		dcbm_v_issue(t);
		ret = dcbm_v_wait(t, 2);
		dcbm_v_unlink(t);
	}
	if (reused)
		return dcbm_v_fail(t, "a descriptor was reused before it was acknowledged");
	/* Termination returns the unacknowledged descriptor to the ring. */
	return ret ?: dcbm_v_terminate(t);
}

int dcbm_v_reuse_ack(struct dcbm_vt *t)
{
	u32 i = 0;
	int ret;

	if (!t->dma->device->device_terminate_all)
		return dcbm_v_skip(t, "the provider cannot terminate");
	ret = dcbm_v_slots(t, 2, SZ_64);
	while (dcbm_v_next(t, &i, &ret)) {
		ret = dcbm_v_ack(t);
		if (ret)
			break;
		dcbm_v_unmap_all(t);
		ret = dcbm_v_verify(t, 2);
	}
	return ret;
}

/* Fills the ring, terminates half of it, and checks that the ring can be filled again. */
int dcbm_v_reuse_ring(struct dcbm_vt *t)
{
	int ret = dcbm_v_slots(t, DCBM_V_MAX_DEPTH, SZ_64);
	u32 i = 0, first = 0, depth;

	while (dcbm_v_next(t, &i, &ret)) {
		ret = dcbm_v_depth(t, &depth);
		if (ret)
			break;
		if (i > 1 && depth < first)
			return dcbm_v_fail(t, "the ring had %u descriptors, and only %u are left",
					   first, depth);
		first = first ?: depth;
		if (t->dma->device->device_terminate_all)
			ret = dcbm_v_stop(t, first / 2 + 1);
	}
	if (!ret && first == t->nr)
		dcbm_v_note(t, "the ring accepts %u descriptors or more", first);
	return ret;
}
