// SPDX-License-Identifier: GPL-2.0-only
/* Numbers on the command line */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lib/num.h"

/* strtoull() that refuses a sign and blanks before the number */
static int parse(const char *text, int base, uint64_t *value, const char **rest)
{
	char *end;

	if (base == 16 ? !isxdigit((unsigned char)*text) : !isdigit((unsigned char)*text))
		return -EINVAL;
	errno = 0;
	*value = strtoull(text, &end, base);
	*rest = end;
	return errno ? -EINVAL : 0;
}

/* A decimal number from @min to @max */
int num_u64(const char *text, uint64_t min, uint64_t max, uint64_t *value)
{
	const char *rest;
	uint64_t v;

	if (parse(text, 10, &v, &rest) || *rest || v < min || v > max)
		return -EINVAL;
	*value = v;
	return 0;
}

/* A size above 0 in bytes, or in K, M, G or T (powers of 1024) */
int num_size(const char *text, uint64_t *bytes)
{
	static const char units[] = "KMGT";
	unsigned int shift = 0;
	const char *rest, *unit;
	uint64_t v;

	if (parse(text, 10, &v, &rest))
		return -EINVAL;
	if (*rest) {
		unit = strchr(units, toupper((unsigned char)*rest));
		if (!unit || rest[1])
			return -EINVAL;
		shift = 10 * (unsigned int)(unit - units + 1);
	}
	if (!v || v << shift >> shift != v)
		return -EINVAL;
	*bytes = v << shift;
	return 0;
}

/* Seconds with up to three decimals, as ns */
int num_seconds(const char *text, uint64_t *ns)
{
	uint64_t seconds, ms = 0;
	const char *rest;
	size_t digits;

	if (parse(text, 10, &seconds, &rest) || seconds > UINT32_MAX)
		return -EINVAL;
	if (*rest == '.') {
		digits = strlen(++rest);
		if (digits > 3 || parse(rest, 10, &ms, &rest))
			return -EINVAL;
		for (; digits < 3; digits++)
			ms *= 10;
	}
	if (*rest)
		return -EINVAL;
	*ns = (seconds * 1000 + ms) * 1000000;
	return 0;
}

/*
 * START-END in hexadecimal as in /proc/PID/maps, 0x allowed; @end is the first byte after the
 * range.
 */
int num_range(const char *text, uint64_t *start, uint64_t *end)
{
	const char *rest;
	uint64_t a, b;

	if (parse(text, 16, &a, &rest) || *rest != '-')
		return -EINVAL;
	if (parse(rest + 1, 16, &b, &rest) || *rest || b <= a)
		return -EINVAL;
	*start = a;
	*end = b;
	return 0;
}

/* Two different numbers A,B up to @max */
int num_pair(const char *text, uint64_t max, uint64_t *a, uint64_t *b)
{
	const char *rest;
	uint64_t x, y;

	if (parse(text, 10, &x, &rest) || *rest != ',' || x > max)
		return -EINVAL;
	if (num_u64(rest + 1, 0, max, &y) || x == y)
		return -EINVAL;
	*a = x;
	*b = y;
	return 0;
}
