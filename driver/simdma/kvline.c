// SPDX-License-Identifier: GPL-2.0-only
/*
 * This module's copy of the key=value parser
 */
#include "../lib/kvline.c"
