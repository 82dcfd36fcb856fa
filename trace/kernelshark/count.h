/* SPDX-License-Identifier: LGPL-2.1 */
/* Counts of what the plugin found in a recording, for tests */
#ifndef DCBM_PLOT_COUNT_H
#define DCBM_PLOT_COUNT_H

#include "model.h"

#ifdef __cplusplus
extern "C" {
#endif

void dp_count(const struct dp_context *ctx);
void dp_count_shown(int nr_lanes);

#ifdef __cplusplus
}
#endif

#endif /* DCBM_PLOT_COUNT_H */
