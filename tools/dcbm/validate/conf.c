// SPDX-License-Identifier: GPL-2.0-only
/*
 * Options of dcbm validate.
 */
#include <stdio.h>
#include <string.h>

#include "lib/jutil.h"
#include "lib/num.h"
#include "lib/tool.h"
#include "lib/util.h"
#include "validate/validate.h"

#define SEED_MAX	0xffffffffULL
#define SEEDS_MAX	100000ULL
#define SECONDS_MAX	31536000ULL

enum validate_opt {
	OPT_CHAN, OPT_CLAUSE, OPT_SEED, OPT_SEEDS, OPT_CASES, OPT_DEPTH, OPT_THREADS,
	OPT_MAX_BYTES, OPT_TIMEOUT, OPT_TIME, OPT_SOAK, OPT_UNSAFE, OPT_LIST,
};

const struct opt validate_opts[] = {
	{ "chan", "LIST", "channels, or all (a free one of each device)", OPT_CHAN, 0 },
	{ "clause", "LIST", "clauses, or groups such as copy (all)", OPT_CLAUSE, 0 },
	{ "seed", "N", "of all that is random (1)", OPT_SEED, 0 },
	{ "seeds", "N", "run N seeds, from --seed on (1)", OPT_SEEDS, 0 },
	{ "cases", "N", "cases of each clause (what the clause thinks fit)", OPT_CASES, 0 },
	{ "depth", "N", "descriptors in flight (the driver's default)", OPT_DEPTH, 0 },
	{ "threads", "N", "threads of clauses that have some (likewise)", OPT_THREADS, 0 },
	{ "max-bytes", "SIZE", "memory of what is in flight (likewise)", OPT_MAX_BYTES, 0 },
	{ "timeout-ms", "N", "when a descriptor is overdue (likewise)", OPT_TIMEOUT, 0 },
	{ "time", "SECONDS", "begin no clause after this time", OPT_TIME, 0 },
	{ "soak", NULL, "go on with new seeds until ^C, or --time is over", OPT_SOAK, 0 },
	{ "unsafe", NULL, "also let the engine access what it must not", OPT_UNSAFE, 0 },
	{ "list", NULL, "show the clauses, and run none", OPT_LIST, 0 },
	{ .name = NULL }
};

/**
 * struct number - an option that is a number
 * @id: of the option
 * @key: word of the driver for it, NULL if it is not for the driver
 * @size: a size with a unit, such as 64K
 * @min: least that is allowed; what the driver is told is never 0, which is its default
 * @max: most that is allowed
 * @at: offset in struct validate_conf
 */
static const struct number {
	enum validate_opt id;
	const char *key;
	bool size;
	uint64_t min;
	uint64_t max;
	size_t at;
} numbers[] = {
	{ OPT_SEED, NULL, false, 0, SEED_MAX, offsetof(struct validate_conf, seed) },
	{ OPT_SEEDS, NULL, false, 1, SEEDS_MAX, offsetof(struct validate_conf, seeds) },
	{ OPT_CASES, "cases", false, 1, 1000000, offsetof(struct validate_conf, cases) },
	{ OPT_DEPTH, "depth", false, 1, 4096, offsetof(struct validate_conf, depth) },
	{ OPT_THREADS, "threads", false, 1, 16, offsetof(struct validate_conf, threads) },
	{ OPT_MAX_BYTES, "max_bytes", true, 65536, 4194304,
	  offsetof(struct validate_conf, max_bytes) },
	{ OPT_TIMEOUT, "timeout_ms", false, 10, 60000,
	  offsetof(struct validate_conf, timeout_ms) },
	{ OPT_TIME, NULL, false, 1, SECONDS_MAX, offsetof(struct validate_conf, time) },
};

static uint64_t value_of(const struct validate_conf *conf, const struct number *number)
{
	return *(const uint64_t *)((const char *)conf + number->at);
}

/* The table of options is in the order of its ids. */
static const char *name_of(enum validate_opt id)
{
	return validate_opts[id].name;
}

/**
 * validate_conf_init() - set the defaults
 * @conf: gets them
 */
void validate_conf_init(struct validate_conf *conf)
{
	*conf = (struct validate_conf) { .seed = 1 };
}

static int set_number(struct tool *t, struct validate_conf *conf, int id, const char *text)
{
	const struct number *number = numbers;
	uint64_t value;
	int bad;

	while (number->id != (enum validate_opt)id)
		number++;
	bad = number->size ? num_size(text, &value) : num_u64(text, 0, UINT64_MAX, &value);
	if (bad || value < number->min || value > number->max)
		return tool_fail(t, TOOL_USAGE, "--%s is '%.40s', but must be %llu to %llu",
				 name_of(number->id), text, (unsigned long long)number->min,
				 (unsigned long long)number->max);
	*(uint64_t *)((char *)conf + number->at) = value;
	return 0;
}

/**
 * validate_set() - take an option, see opts_parse()
 * @t: run
 * @arg: struct validate_conf
 * @id: of the option
 * @value: its argument or NULL
 *
 * Return: 0 or TOOL_USAGE.
 */
int validate_set(struct tool *t, void *arg, int id, const char *value)
{
	struct validate_conf *conf = arg;

	switch (id) {
	case OPT_CHAN:
		conf->chan = value;
		return 0;
	case OPT_CLAUSE:
		conf->clause = value;
		return 0;
	case OPT_SOAK:
		conf->soak = true;
		return 0;
	case OPT_UNSAFE:
		conf->unsafe = true;
		return 0;
	case OPT_LIST:
		conf->list = true;
		return 0;
	default:
		return set_number(t, conf, id, value);
	}
}

/**
 * validate_conf_check() - check the options together
 * @t: run
 * @conf: configuration
 *
 * Return: 0 or TOOL_USAGE.
 */
int validate_conf_check(struct tool *t, struct validate_conf *conf)
{
	if (conf->soak && conf->seeds)
		return tool_fail(t, TOOL_USAGE,
				 "validate: --soak has no last seed, so leave out --seeds");
	if (!conf->soak && !conf->seeds)
		conf->seeds = 1;
	if (conf->seeds && conf->seed + conf->seeds - 1 > SEED_MAX)
		return tool_fail(t, TOOL_USAGE,
				 "validate: the last of the --seeds would be above %llu",
				 SEED_MAX);
	return 0;
}

/**
 * validate_conf_line() - what to write to the driver
 * @conf: configuration
 * @chan: channel
 * @clause: clause
 * @seed: seed
 * @line: gets it, VALIDATE_LINE bytes
 *
 * What was not asked for is not written, so that the driver's own defaults count.
 */
void validate_conf_line(const struct validate_conf *conf, const char *chan,
			const char *clause, uint64_t seed, char *line)
{
	size_t i, len;

	len = (size_t)snprintf(line, VALIDATE_LINE, "chan=%.64s clause=%.64s seed=%llu", chan,
			       clause, (unsigned long long)seed);
	for (i = 0; i < ARRAY_SIZE(numbers); i++)
		if (numbers[i].key && value_of(conf, &numbers[i]))
			len += (size_t)snprintf(line + len, VALIDATE_LINE - len, " %s=%llu",
						numbers[i].key,
						(unsigned long long)value_of(conf, &numbers[i]));
	snprintf(line + len, VALIDATE_LINE - len, "%s\n", conf->unsafe ? " unsafe=1" : "");
}

/* Cases of a clause differ by their seed and number: those before are needed, not those behind. */
static uint64_t repeated(const struct validate_conf *conf, const struct number *number,
			 struct json_object *res)
{
	if (number->id == OPT_CASES && jget(res, "fail_case"))
		return ju64(res, "fail_case") + 1;
	return value_of(conf, number);
}

/**
 * validate_conf_repeat() - the command that repeats a clause
 * @conf: configuration
 * @res: result of the clause
 * @line: gets it, VALIDATE_LINE bytes
 */
void validate_conf_repeat(const struct validate_conf *conf, struct json_object *res,
			  char *line)
{
	size_t i, len;

	len = (size_t)snprintf(line, VALIDATE_LINE,
			       "dcbm validate --chan %.64s --clause %.64s --seed %s",
			       jstr(res, "chan"), jstr(res, "clause"), jstr(res, "seed"));
	for (i = 0; i < ARRAY_SIZE(numbers); i++) {
		uint64_t value = repeated(conf, &numbers[i], res);

		if (numbers[i].key && value)
			len += (size_t)snprintf(line + len, VALIDATE_LINE - len, " --%s %llu",
						name_of(numbers[i].id),
						(unsigned long long)value);
	}
	snprintf(line + len, VALIDATE_LINE - len, "%s", conf->unsafe ? " --unsafe" : "");
}
