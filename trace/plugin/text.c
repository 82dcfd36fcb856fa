// SPDX-License-Identifier: LGPL-2.1
/*
 * Numbers with units, and names of the values of the driver's enums
 */
#include <string.h>

#include <linux/dcbm.h>

#include "text.h"
#include "util.h"

/* A unit; @size is in the smallest unit. */
struct unit {
	const char *name;
	uint64_t size;
};

/* At most three decimal places, without trailing zeroes. */
static void put_unit(struct trace_seq *s, uint64_t value, const struct unit *units)
{
	uint64_t whole, rest;
	int digits = 3;

	while (value < units->size && units->size > 1)
		units++;
	whole = value / units->size;
	/* No overflow: the remainder is smaller than the largest unit, 2^40 */
	rest = (value % units->size * 1000 + units->size / 2) / units->size;
	if (rest == 1000) {
		whole++;
		rest = 0;
	}
	trace_seq_printf(s, "%llu", (unsigned long long)whole);
	if (rest) {
		for (; rest % 10 == 0; rest /= 10)
			digits--;
		trace_seq_printf(s, ".%0*u", digits, (unsigned int)rest);
	}
	trace_seq_printf(s, " %s", units->name);
}

void dcbm_put_bytes(struct trace_seq *s, uint64_t bytes)
{
	static const struct unit units[] = {
		{ "TiB", 1ULL << 40 }, { "GiB", 1 << 30 }, { "MiB", 1 << 20 },
		{ "KiB", 1 << 10 }, { "B", 1 },
	};

	put_unit(s, bytes, units);
}

void dcbm_put_ns(struct trace_seq *s, uint64_t ns)
{
	static const struct unit units[] = {
		{ "s", 1000000000 }, { "ms", 1000000 }, { "us", 1000 }, { "ns", 1 },
	};

	put_unit(s, ns, units);
}

/* @what: noun in the singular; an s is added unless @count is 1 */
void dcbm_put_count(struct trace_seq *s, uint64_t count, const char *what)
{
	trace_seq_printf(s, "%llu %s%s", (unsigned long long)count, what,
			 count == 1 ? "" : "s");
}

/* @error: negative errno, or 0 to print nothing */
void dcbm_put_error(struct trace_seq *s, int64_t error)
{
	const char *name;

	if (!error)
		return;
	name = error < 0 && error > -4096 ? strerrorname_np(-error) : NULL;
	trace_seq_printf(s, " (errno %lld%s%s)", (long long)error, name ? " " : "",
			 name ? name : "");
}

static const char *name_of(const char *const *names, size_t nr, int64_t value)
{
	return value >= 0 && (uint64_t)value < nr ? names[value] : "?";
}

#define DEFINE_NAME(what, list)						\
const char *dcbm_##what##_name(int64_t value)				\
{									\
	static const char *const names[] = { list(DCBM_NAME) };		\
									\
	return name_of(names, ARRAY_SIZE(names), value);		\
}

DEFINE_NAME(outcome, DCBM_OUTCOMES)
DEFINE_NAME(result, DCBM_RESULTS)
DEFINE_NAME(reason, DCBM_REASONS)
DEFINE_NAME(backend, DCBM_BACKENDS)
DEFINE_NAME(state, DCBM_CHAN_STATES)
