/* SPDX-License-Identifier: GPL-2.0-only */
/* Words KEY=VALUE in the driver's files */
#ifndef DCBM_SPEC_H
#define DCBM_SPEC_H

#include <stdbool.h>

bool spec_has(const char *spec, const char *word);

#endif /* DCBM_SPEC_H */
