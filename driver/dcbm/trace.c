// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tracepoint bodies
 */
#include <linux/types.h>

#define CREATE_TRACE_POINTS
#include <trace/events/dcbm.h>
