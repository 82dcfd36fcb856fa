/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a test was told to do, as the driver's files repeat it.
 */
#ifndef DCBM_SPEC_H
#define DCBM_SPEC_H

#include <stdbool.h>

bool spec_has(const char *spec, const char *word);

#endif /* DCBM_SPEC_H */
