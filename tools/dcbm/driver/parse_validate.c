// SPDX-License-Identifier: GPL-2.0-only
/*
 * Consistency of a `validate` file. A result that contradicts itself is refused, so that it is
 * never shown as a pass.
 */
#include <string.h>

#include "driver/parse.h"
#include "driver/parse_validate.h"
#include "lib/jutil.h"
#include "lib/util.h"

/* The driver shows at most this many wrong bytes. */
#define BYTES_MAX	8

/* @ended: the file has the lines of of_ended; @failed: the file may have lines of a failure */
static const struct status_spec {
	const char *name;
	bool ended;
	bool failed;
} statuses[] = {
	{ "none", false, false },
	{ "running", false, false },
	{ "pass", true, false },
	{ "skip", true, false },
	{ "interrupted", true, false },
	{ "error", true, false },
	{ "fail", true, true },
};

static const char *const of_ended[] = {
	"spec", "why", "errno", "cases", "descriptors", "bytes", "ns", "chan_state",
};

static const char *const of_failed[] = { "fail_case", "reduced", "wrong" };
static const char *const rows_of_failed[] = { "dst", "src", "wrong_bytes" };
static const char *const needs[] = { "any", "sg" };
static const char *const states[] = { "ready", "dead", "quarantined" };
static const char *const places[] = { "dst", "outside", "src" };

static bool one_of(const char *word, const char *const *list, size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++)
		if (!strcmp(list[i], word))
			return true;
	return false;
}

static int check_clauses(struct json_object *clauses, struct parse_error *err)
{
	size_t i;

	if (!jlen(clauses))
		return parse_refuse(err, "the file has no line 'clause'");
	for (i = 0; i < jlen(clauses); i++) {
		struct json_object *clause = jat(clauses, i);
		const char *name = jstr(clause, "clause");

		if (jfind(clauses, "clause", name) != clause)
			return parse_refuse(err, "clause '%.40s' comes twice", name);
		if (!one_of(jstr(clause, "needs"), needs, ARRAY_SIZE(needs)))
			return parse_refuse(err, "clause '%.40s' needs '%.40s', not any or sg",
					    name, jstr(clause, "needs"));
	}
	return 0;
}

static int check_segments(struct json_object *obj, const char *list, struct parse_error *err)
{
	struct json_object *rows = jget(obj, list);
	size_t i;

	for (i = 0; i < jlen(rows); i++)
		if (ju64(jat(rows, i), "index") != i)
			return parse_refuse(err, "'%s %s', but must be '%s %zu'", list,
					    jstr(jat(rows, i), "index"), list, i);
	return 0;
}

/*
 * At least one list must have the announced number of segments. The other list may differ, as
 * clause copy.uneven has lists of different lengths.
 */
static int check_reduced(struct json_object *obj, struct parse_error *err)
{
	struct json_object *reduced = jget(obj, "reduced");
	uint64_t to = ju64(reduced, "to");

	if (reduced && to > ju64(reduced, "from"))
		return parse_refuse(err, "reduced from %s segments to %s",
				    jstr(reduced, "from"), jstr(reduced, "to"));
	if (to != jlen(jget(obj, "dst")) && to != jlen(jget(obj, "src")))
		return parse_refuse(err,
				    "%llu segments announced, but there are %zu dst and %zu src lines",
				    (unsigned long long)to, jlen(jget(obj, "dst")),
				    jlen(jget(obj, "src")));
	return 0;
}

static int check_bytes(struct json_object *obj, struct parse_error *err)
{
	struct json_object *rows = jget(obj, "wrong_bytes");
	size_t i;

	if (jlen(rows) > BYTES_MAX)
		return parse_refuse(err, "%zu lines 'byte', but at most %d are allowed", jlen(rows),
				    BYTES_MAX);
	if (jlen(rows) > ju64(obj, "wrong"))
		return parse_refuse(err, "%zu lines 'byte', but %s bytes are wrong", jlen(rows),
				    jget(obj, "wrong") ? jstr(obj, "wrong") : "no");
	for (i = 0; i < jlen(rows); i++) {
		struct json_object *row = jat(rows, i);

		if (!one_of(jstr(row, "where"), places, ARRAY_SIZE(places)))
			return parse_refuse(err, "a byte is in '%.40s', not in dst, outside or src",
					    jstr(row, "where"));
		if (ju64(row, "expected") > 0xff || ju64(row, "found") > 0xff ||
		    ju64(row, "expected") == ju64(row, "found"))
			return parse_refuse(err, "no wrong byte: expected %s, found %s",
					    jstr(row, "expected"), jstr(row, "found"));
	}
	return 0;
}

static const char *first_with(struct json_object *obj, const char *const *list, size_t nr,
			      bool there)
{
	size_t i;

	for (i = 0; i < nr; i++) {
		struct json_object *value = jget(obj, list[i]);
		bool has = value && (jlen(value) || !json_object_is_type(value, json_type_array));

		if (has == there)
			return list[i];
	}
	return NULL;
}

static int check_status(struct json_object *obj, struct parse_error *err)
{
	const char *name = jstr(obj, "status"), *key = NULL;
	const struct status_spec *status = NULL;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(statuses); i++)
		if (!strcmp(statuses[i].name, name))
			status = &statuses[i];
	if (!status)
		return parse_refuse(err, "unknown status '%.40s'", name);
	if (status->ended)
		key = first_with(obj, of_ended, ARRAY_SIZE(of_ended), false);
	if (key)
		return parse_refuse(err, "the file ends without its line '%s'", key);
	if (!status->failed)
		key = first_with(obj, of_failed, ARRAY_SIZE(of_failed), true) ?:
		      first_with(obj, rows_of_failed, ARRAY_SIZE(rows_of_failed), true);
	if (key)
		return parse_refuse(err, "status %s, but the file has '%s' of a failure",
					    name, key);
	if (status->ended && !one_of(jstr(obj, "chan_state"), states, ARRAY_SIZE(states)))
		return parse_refuse(err, "unknown chan_state '%.40s'", jstr(obj, "chan_state"));
	return 0;
}

int parse_validate_check(struct json_object *obj, struct parse_error *err)
{
	return check_clauses(jget(obj, "clauses"), err) ?: check_status(obj, err) ?:
	       check_segments(obj, "dst", err) ?: check_segments(obj, "src", err) ?:
	       check_reduced(obj, err) ?: check_bytes(obj, err);
}
