/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * Colours of results, outcomes and reasons: green and blue for what went well, grey for
 * what was not even tried, warm for what failed. No grey is a pure one, so that none of
 * them is a shade of somebody's text, and no two things have the very same colour.
 */
#ifndef DCBM_PLOT_COLORS_HPP
#define DCBM_PLOT_COLORS_HPP

#include <cstddef>
#include <cstdint>

/** struct dp_color - a colour and what it stands for */
struct dp_color {
	uint8_t red, green, blue;
	const char *name;
};

/** dp_result_color() - of a descriptor's result; grey for what we do not know */
const dp_color &dp_result_color(int64_t result);

/** dp_outcome_color() - of a batch's outcome */
const dp_color &dp_outcome_color(int64_t outcome);

/** dp_reason_color() - of the reason of a fallback */
const dp_color &dp_reason_color(int64_t reason);

#endif /* DCBM_PLOT_COLORS_HPP */
