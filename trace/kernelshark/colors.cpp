// SPDX-License-Identifier: LGPL-2.1
/*
 * Tables of colours, in the order of the enums in linux/dcbm.h
 */
#include <linux/dcbm.h>

#include "colors.hpp"

static const dp_color unknown = { 0x8c, 0x92, 0x9a, "unknown" };

static const dp_color results[] = {
	{ 0x2e, 0xa0, 0x4f, "ok" },
	{ 0xd6, 0x27, 0x28, "read_failed" },
	{ 0xe3, 0x50, 0x90, "write_failed" },
	{ 0xf0, 0x8c, 0x1e, "aborted" },
	{ 0xe6, 0xc2, 0x19, "residue" },
	{ 0x8e, 0x44, 0xc8, "terminated" },
	{ 0x1c, 0x22, 0x30, "lost" },
	{ 0x8c, 0x92, 0x9a, "unknown" },
};
static_assert(sizeof(results) / sizeof(*results) == DCBM_NR_RESULTS, "one colour per result");

static const dp_color outcomes[] = {
	{ 0x3b, 0x7d, 0xd8, "offloaded" },
	{ 0xe8, 0x87, 0x1a, "partial" },
	{ 0xc6, 0x2f, 0x2c, "fallback" },
};
static_assert(sizeof(outcomes) / sizeof(*outcomes) == DCBM_NR_OUTCOMES, "one colour per outcome");

#define NOT_TRIED	{ 0x6a, 0x70, 0x80, "not tried" }
#define REFUSED		{ 0xf4, 0x9a, 0x30, "refused" }
#define FAILED		{ 0xe0, 0x3a, 0x2a, "failed" }
#define OVERDUE		{ 0x7d, 0x38, 0xb8, "overdue" }

static const dp_color reasons[] = {
	NOT_TRIED,	/* no_channel */
	NOT_TRIED,	/* reconfig */
	NOT_TRIED,	/* busy */
	NOT_TRIED,	/* small */
	NOT_TRIED,	/* size */
	NOT_TRIED,	/* backend */
	REFUSED,	/* map */
	REFUSED,	/* prep */
	REFUSED,	/* submit */
	FAILED,		/* engine */
	FAILED,		/* residue */
	OVERDUE,	/* timeout */
	OVERDUE,	/* aborted */
	OVERDUE,	/* quarantine */
};
static_assert(sizeof(reasons) / sizeof(*reasons) == DCBM_NR_REASONS, "one colour per reason");

template<size_t N>
static const dp_color &color_of(const dp_color (&colors)[N], int64_t value)
{
	return value >= 0 && value < static_cast<int64_t>(N) ? colors[value] : unknown;
}

const dp_color &dp_result_color(int64_t result)
{
	return color_of(results, result);
}

const dp_color &dp_outcome_color(int64_t outcome)
{
	return color_of(outcomes, outcome);
}

const dp_color &dp_reason_color(int64_t reason)
{
	return color_of(reasons, reason);
}
