// SPDX-License-Identifier: GPL-2.0-only
/*
 * Copy of the key=value parser for this module
 */
#include "../lib/kvline.c"
