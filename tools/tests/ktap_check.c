// SPDX-License-Identifier: GPL-2.0-only
/*
 * A strict parser of KTAP, version 1 (Documentation/dev-tools/ktap.rst of the kernel). Unlike
 * other parsers it refuses unknown lines.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ktap_check.h"

#define LEVEL	2

struct reader {
	const char *at;
	const char *error;
	struct ktap_count *count;
};

/* State of a test at one level of nesting */
struct level {
	unsigned int indent;
	long plan;
	long results;
	bool failed;
	bool subtests;
	bool sub_failed;
};

static bool fail(struct reader *r, const char *why)
{
	if (!r->error)
		r->error = why;
	return false;
}

static bool begins(const char *text, const char *with)
{
	return !strncmp(text, with, strlen(with));
}

/* "ok 3 name # SKIP why", after the indentation; @len is the length of the line */
static bool read_result(struct reader *r, struct level *level, const char *line, size_t len)
{
	bool bad = begins(line, "not ok ");
	const char *number = line + (bad ? 7 : 3);
	bool skip = memmem(line, len, " # SKIP", 7);
	char *end;

	if (memmem(line, len, " # ERROR", 8) && !bad)
		return fail(r, "an error that is ok");
	if (strtol(number, &end, 10) != ++level->results || end == number)
		return fail(r, "results are not numbered from 1");
	if (*end != ' ' || end[1] == '\n' || end[1] == '#')
		return fail(r, "a result without a name");
	if (level->plan >= 0 && level->results > level->plan)
		return fail(r, "more results than planned");
	if (level->subtests && level->sub_failed && !bad)
		return fail(r, "the result is not that of its subtests");
	if (level->subtests)
		r->count->tests++;
	else if (bad)
		r->count->failed++;
	else if (skip)
		r->count->skipped++;
	else
		r->count->passed++;
	level->failed |= bad;
	level->subtests = false;
	return true;
}

static bool read_plan(struct reader *r, struct level *level, const char *line)
{
	char *end;

	if (level->plan >= 0)
		return fail(r, "two plans");
	level->plan = strtol(line + 3, &end, 10);
	if (*end != '\n' || level->plan < 1)
		return fail(r, "a bad plan");
	if (level->results && level->results != level->plan)
		return fail(r, "a plan after other results");
	return true;
}

static bool read_test(struct reader *r, unsigned int indent, bool *failed);

static bool read_line(struct reader *r, struct level *level, const char *line, size_t len)
{
	if (begins(line, "# "))
		return true;
	if (begins(line, "1.."))
		return read_plan(r, level, line);
	if (begins(line, "ok ") || begins(line, "not ok "))
		return read_result(r, level, line, len);
	return fail(r, "neither plan, result nor diagnostic line");
}

static bool read_test(struct reader *r, unsigned int indent, bool *failed)
{
	struct level level = { .indent = indent, .plan = -1 };

	if (strspn(r->at, " ") != indent || !begins(r->at + indent, "KTAP version 1\n"))
		return fail(r, "no version line");
	r->at = strchr(r->at, '\n') + 1;
	while (*r->at) {
		size_t len = strcspn(r->at, "\n"), blanks = strspn(r->at, " ");

		if (!r->at[len])
			return fail(r, "the last line has no end");
		if (blanks < indent)
			break;
		if (blanks == indent + LEVEL) {
			if (level.subtests)
				return fail(r, "subtests of no test");
			level.subtests = true;
			if (!read_test(r, blanks, &level.sub_failed))
				return false;
			continue;
		}
		if (blanks != indent)
			return fail(r, "a line between two levels");
		if (!read_line(r, &level, r->at + blanks, len - blanks))
			return false;
		r->at += len + 1;
	}
	if (level.plan < 0)
		return fail(r, "no plan");
	if (level.results != level.plan)
		return fail(r, "fewer results than planned");
	if (level.subtests)
		return fail(r, "subtests without a result of their test");
	*failed = level.failed;
	return true;
}

/* Returns NULL, or an error message for @text. @count gets the number of results. */
const char *ktap_check(const char *text, struct ktap_count *count)
{
	struct reader r = { .at = text, .count = count };
	bool failed;

	memset(count, 0, sizeof(*count));
	if (read_test(&r, 0, &failed) && *r.at)
		fail(&r, "text after the end");
	return r.error;
}
