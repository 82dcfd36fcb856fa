/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Bins of the driver's histograms, as text and as parts of a bar.
 */
#ifndef DCBM_HIST_H
#define DCBM_HIST_H

#include <stdint.h>

#include "lib/bar.h"
#include "lib/term.h"

struct json_object;

/** HIST_OUTCOMES - outcomes of a batch: offloaded, partial, fallback */
#define HIST_OUTCOMES	3

/** HIST_RANGE_LEN - longest text of hist_range(), with NUL */
#define HIST_RANGE_LEN	(2 * FMT_LEN + 4)

extern const char *const hist_outcome[HIST_OUTCOMES];

void hist_parts(struct bar_part *part, struct json_object *bin);
uint64_t hist_batches(struct json_object *bin);
const char *hist_range(char *buf, struct json_object *bin, const char *unit);

#endif /* DCBM_HIST_H */
