// SPDX-License-Identifier: GPL-2.0-only
/* Words KEY=VALUE in the driver's files */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "driver/spec.h"

/* Numbers are compared by value: 512 is 0x200. */
static bool same_value(const char *a, const char *b)
{
	char *end_a, *end_b;
	unsigned long long x = strtoull(a, &end_a, 0);
	unsigned long long y = strtoull(b, &end_b, 0);

	if (!strcmp(a, b))
		return true;
	return *a && *b && !*end_a && !*end_b && x == y;
}

/* Returns whether a line of KEY=VALUE words has this key with an equal value. */
bool spec_has(const char *spec, const char *word)
{
	size_t key = (size_t)(strchr(word, '=') - word) + 1;
	char value[64];

	for (; *spec; spec += strspn(spec, " ")) {
		size_t len = strcspn(spec, " ");

		if (len >= key && len - key < sizeof(value) && !strncmp(spec, word, key)) {
			snprintf(value, sizeof(value), "%.*s", (int)(len - key), spec + key);
			if (same_value(value, word + key))
				return true;
		}
		spec += len;
	}
	return false;
}
