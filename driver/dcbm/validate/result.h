/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Result of a run, and its text in debugfs.
 */
#ifndef _DCBM_V_RESULT_H
#define _DCBM_V_RESULT_H

#include <linux/types.h>
#include <uapi/linux/dcbm.h>

#include "spec.h"

struct seq_file;

/* Size of an explanation with its NUL. */
#define DCBM_V_WHY		160

/* Maximum number of wrong bytes that are shown. */
#define DCBM_V_MAX_WRONG	8

/**
 * struct dcbm_vseg - a segment
 * @off: offset in the source or destination arena, in bytes
 * @len: length in bytes
 */
struct dcbm_vseg {
	u32 off;
	u32 len;
};

/**
 * struct dcbm_vlist - segments that a descriptor copies
 * @dst: segments that are written
 * @src: segments that are read, of the same total length as @dst
 * @nr_dst: segments in @dst
 * @nr_src: segments in @src
 */
struct dcbm_vlist {
	struct dcbm_vseg *dst;
	struct dcbm_vseg *src;
	u32 nr_dst;
	u32 nr_src;
};

/* Verdict of a clause */
enum dcbm_verdict { DCBM_V_PASS, DCBM_V_FAIL, DCBM_V_SKIP };

/* Place of a wrong byte: destination, between destinations, source */
enum dcbm_vwhere { DCBM_V_DST, DCBM_V_OUTSIDE, DCBM_V_SRC };

/* A wrong byte */
struct dcbm_vwrong {
	enum dcbm_vwhere where;
	u32 off;
	u8 expected;
	u8 found;
};

/* Status of a run, as debugfs shows it */
enum dcbm_vstatus {
	DCBM_VS_NONE,
	DCBM_VS_PASS,
	DCBM_VS_FAIL,
	DCBM_VS_SKIP,
	DCBM_VS_INTERRUPTED,
	DCBM_VS_ERROR,
};

/**
 * struct dcbm_vresult - result of a run
 * @spec: the request
 * @status: status
 * @error: 0 or a negative error
 * @why: explanation, one line, may be empty
 * @cases: cases that were begun
 * @descriptors: descriptors submitted
 * @bytes: bytes in @descriptors
 * @ns: duration of the run
 * @chan_state: state of the channel after the run
 * @has_list: @list is the list that failed
 * @fail_case: number of the case that failed, from 0
 * @nr_original: segments of the failed list before it was reduced
 * @list: the failed list, reduced
 * @nr_wrong: wrong bytes in the copy of @list
 * @wrong: the first wrong bytes
 */
struct dcbm_vresult {
	struct dcbm_vspec spec;
	enum dcbm_vstatus status;
	int error;
	char why[DCBM_V_WHY];
	u32 cases;
	u64 descriptors;
	u64 bytes;
	u64 ns;
	enum dcbm_chan_state chan_state;
	bool has_list;
	u32 fail_case;
	u32 nr_original;
	struct dcbm_vlist list;
	u64 nr_wrong;
	struct dcbm_vwrong wrong[DCBM_V_MAX_WRONG];
};

void dcbm_vresult_clear(struct dcbm_vresult *res);
void dcbm_vresult_judge(struct dcbm_vresult *res, int ret);
void dcbm_vresult_show(const struct dcbm_vresult *res, struct seq_file *m);

#endif /* _DCBM_V_RESULT_H */
