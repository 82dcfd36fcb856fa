/* SPDX-License-Identifier: GPL-2.0-only */
/* Macros that kernel code has and user space lacks */
#ifndef DCBM_UTIL_H
#define DCBM_UTIL_H

#define ARRAY_SIZE(a)		(sizeof(a) / sizeof((a)[0]))
#define BIT_ULL(nr)		(1ULL << (nr))

#define __aligned(bytes)	__attribute((aligned(bytes)))
#define __printf(fmt, args)	__attribute((format(printf, fmt, args)))

#endif /* DCBM_UTIL_H */
