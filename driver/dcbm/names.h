/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Names of the enums of <uapi/linux/dcbm.h>
 */
#ifndef _DCBM_NAMES_H
#define _DCBM_NAMES_H

#include <uapi/linux/dcbm.h>

extern const char * const dcbm_outcome_names[DCBM_NR_OUTCOMES];
extern const char * const dcbm_reason_names[DCBM_NR_REASONS];
extern const char * const dcbm_backend_names[DCBM_NR_BACKENDS];
extern const char * const dcbm_chan_state_names[DCBM_NR_CHAN_STATES];
extern const char * const dcbm_fill_names[DCBM_NR_FILLS];

#endif /* _DCBM_NAMES_H */
