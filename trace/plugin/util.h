/* SPDX-License-Identifier: LGPL-2.1 */
/* Macros that the C library lacks */
#ifndef DCBM_PLUGIN_UTIL_H
#define DCBM_PLUGIN_UTIL_H

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))

#endif /* DCBM_PLUGIN_UTIL_H */
