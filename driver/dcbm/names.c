// SPDX-License-Identifier: GPL-2.0-only
/*
 * Names of the enums of <uapi/linux/dcbm.h>
 */
#include "names.h"

const char * const dcbm_outcome_names[] = { DCBM_OUTCOMES(DCBM_NAME) };
const char * const dcbm_reason_names[] = { DCBM_REASONS(DCBM_NAME) };
const char * const dcbm_backend_names[] = { DCBM_BACKENDS(DCBM_NAME) };
const char * const dcbm_chan_state_names[] = { DCBM_CHAN_STATES(DCBM_NAME) };
const char * const dcbm_fill_names[] = { DCBM_FILLS(DCBM_NAME) };
