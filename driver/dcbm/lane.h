/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Lanes: mapping, submission, and accounting of descriptors that have ended
 */
#ifndef _DCBM_LANE_H
#define _DCBM_LANE_H

#include <linux/types.h>

#include "ctx.h"

void dcbm_lane_begin(struct dcbm_lane *lane, u64 start, u64 end);
void dcbm_lane_pump(struct dcbm_lane *lane);
void dcbm_lane_ended(struct dcbm_desc *desc);
void dcbm_lane_check(struct dcbm_lane *lane);

static inline bool dcbm_lane_busy(const struct dcbm_lane *lane)
{
	return lane->inflight || lane->cur || lane->pos < lane->end;
}

#endif /* _DCBM_LANE_H */
