// SPDX-License-Identifier: GPL-2.0-only
/*
 * Result of a run, and its text in debugfs.
 */
#include <linux/errno.h>
#include <linux/minmax.h>
#include <linux/seq_file.h>
#include <linux/slab.h>

#include "../names.h"
#include "result.h"
#include "spec.h"

static const char * const dcbm_vstatus_names[] = {
	[DCBM_VS_NONE] = "none",
	[DCBM_VS_PASS] = "pass",
	[DCBM_VS_FAIL] = "fail",
	[DCBM_VS_SKIP] = "skip",
	[DCBM_VS_INTERRUPTED] = "interrupted",
	[DCBM_VS_ERROR] = "error",
};

static const char * const dcbm_vwhere_names[] = {
	[DCBM_V_DST] = "dst",
	[DCBM_V_OUTSIDE] = "outside",
	[DCBM_V_SRC] = "src",
};

/* Frees the lists of a result, and resets it. */
void dcbm_vresult_clear(struct dcbm_vresult *res)
{
	kvfree(res->list.dst);
	kvfree(res->list.src);
	*res = (struct dcbm_vresult) { };
}

/* @ret: enum dcbm_verdict, or a negative error. */
void dcbm_vresult_judge(struct dcbm_vresult *res, int ret)
{
	static const enum dcbm_vstatus verdicts[] = {
		[DCBM_V_PASS] = DCBM_VS_PASS,
		[DCBM_V_FAIL] = DCBM_VS_FAIL,
		[DCBM_V_SKIP] = DCBM_VS_SKIP,
	};

	res->error = min(ret, 0);
	if (ret >= 0)
		res->status = verdicts[ret];
	else
		res->status = ret == -EINTR ? DCBM_VS_INTERRUPTED : DCBM_VS_ERROR;
}

static void dcbm_v_show_side(struct seq_file *m, const char *side,
			     const struct dcbm_vseg *seg, u32 nr)
{
	u32 i;

	for (i = 0; i < nr; i++)
		seq_printf(m, "%s %u offset=0x%x len=%u\n", side, i, seg[i].off,
			   seg[i].len);
}

static void dcbm_v_show_list(struct seq_file *m, const struct dcbm_vresult *res)
{
	u64 i;

	seq_printf(m, "fail_case %u\n", res->fail_case);
	seq_printf(m, "reduced %u %u\n", res->nr_original,
		   max(res->list.nr_dst, res->list.nr_src));
	dcbm_v_show_side(m, "dst", res->list.dst, res->list.nr_dst);
	dcbm_v_show_side(m, "src", res->list.src, res->list.nr_src);
	seq_printf(m, "wrong %llu\n", res->nr_wrong);
	for (i = 0; i < min_t(u64, res->nr_wrong, DCBM_V_MAX_WRONG); i++)
		seq_printf(m, "byte %s offset=0x%x expected=0x%02x found=0x%02x\n",
			   dcbm_vwhere_names[res->wrong[i].where],
			   res->wrong[i].off, res->wrong[i].expected,
			   res->wrong[i].found);
}

void dcbm_vresult_show(const struct dcbm_vresult *res, struct seq_file *m)
{
	if (res->status == DCBM_VS_NONE) {
		seq_puts(m, "status none\n");
		return;
	}
	dcbm_vspec_show(&res->spec, m);
	seq_printf(m, "status %s\n", dcbm_vstatus_names[res->status]);
	seq_printf(m, "why %s\n", res->why[0] ? res->why : "-");
	seq_printf(m, "errno %d\n", res->error);
	seq_printf(m, "cases %u\n", res->cases);
	seq_printf(m, "descriptors %llu\n", res->descriptors);
	seq_printf(m, "bytes %llu\n", res->bytes);
	seq_printf(m, "ns %llu\n", res->ns);
	seq_printf(m, "chan_state %s\n", dcbm_chan_state_names[res->chan_state]);
	if (res->has_list)
		dcbm_v_show_list(m, res);
}
