/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * Colours of results, outcomes and reasons
 *
 * Green and blue mean success, grey means not tried, warm colours mean failure. The greys
 * are tinted, because tests search for the colours in pictures, where text has pure greys.
 */
#ifndef DCBM_PLOT_COLORS_HPP
#define DCBM_PLOT_COLORS_HPP

#include <cstddef>
#include <cstdint>

/** struct dp_color - a colour and its entry in the legend */
struct dp_color {
	uint8_t red, green, blue;
	const char *name;
};

/* A value that is not in linux/dcbm.h gets the colour "unknown". */
const dp_color &dp_result_color(int64_t result);
const dp_color &dp_outcome_color(int64_t outcome);
const dp_color &dp_reason_color(int64_t reason);

#endif /* DCBM_PLOT_COLORS_HPP */
