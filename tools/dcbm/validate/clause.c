// SPDX-License-Identifier: GPL-2.0-only
/* Choice of the clauses, by name or by group (the part of the name before the dot) */
#include <stdio.h>
#include <string.h>

#include "lib/jutil.h"
#include "lib/tool.h"
#include "validate/clause.h"
#include "validate/conf.h"

static size_t group_len(const char *clause)
{
	return strcspn(clause, ".");
}

/* Returns whether @clause has the name or the group @word of @len bytes, which is not 0. */
static bool matches(const char *clause, const char *word, size_t len)
{
	return !strncmp(clause, word, len) &&
	       (!clause[len] || (clause[len] == '.' && len == group_len(clause)));
}

/* Names separated by commas: all groups, or the clauses of a group */
static void list_names(struct json_object *all, const char *group, size_t group_size, char *buf,
		       size_t size)
{
	const char *last = "";
	size_t i, len = 0;

	for (i = 0; i < jlen(all) && len < size; i++) {
		const char *name = jstr(jat(all, i), "clause");
		size_t show = group ? strlen(name) : group_len(name);

		if (group ? !matches(name, group, group_size) :
			    show == group_len(last) && !strncmp(name, last, show))
			continue;
		len += (size_t)snprintf(buf + len, size - len, "%s%.*s", len ? ", " : "",
					(int)show, name);
		last = name;
	}
}

static int unknown(struct tool *t, struct json_object *all, const char *word, size_t len)
{
	size_t group = group_len(word) < len ? group_len(word) : len;
	char names[400] = "";

	list_names(all, word, group, names, sizeof(names));
	if (names[0])
		return tool_fail(t, TOOL_USAGE, "validate: no clause '%.*s', but there are: %s",
				 (int)len, word, names);
	list_names(all, NULL, 0, names, sizeof(names));
	return tool_fail(t, TOOL_USAGE,
			 "validate: no clause '%.*s'; groups are: %s ('dcbm validate --list' shows all)",
			 len > 40 ? 40 : (int)len, word, names);
}

static bool any_meant(const char *list, const char *clause)
{
	const char *at;
	size_t len;

	for (at = list; *at; at += len + (at[len] == ',')) {
		len = strcspn(at, ",");
		if (matches(clause, at, len))
			return true;
	}
	return false;
}

static int check_words(struct tool *t, struct json_object *all, const char *list)
{
	const char *at = list;

	for (;;) {
		size_t i, len = strcspn(at, ",");

		for (i = 0; i < jlen(all); i++)
			if (matches(jstr(jat(all, i), "clause"), at, len))
				break;
		if (i == jlen(all))
			return unknown(t, all, at, len);
		at += len;
		if (!*at++)
			return 0;
	}
}

/**
 * validate_clauses() - choose clauses
 * @t: run
 * @conf: has the choice of the user
 * @all: clauses of the driver
 * @chosen: array, gets the chosen clauses in the driver's order
 *
 * Return: 0, or TOOL_USAGE with the valid names noted.
 */
int validate_clauses(struct tool *t, const struct validate_conf *conf,
		     struct json_object *all, struct json_object *chosen)
{
	size_t i;
	int ret;

	if (conf->clause) {
		ret = check_words(t, all, conf->clause);
		if (ret)
			return ret;
	}
	for (i = 0; i < jlen(all); i++)
		if (!conf->clause || any_meant(conf->clause, jstr(jat(all, i), "clause")))
			json_object_array_add(chosen, json_object_get(jat(all, i)));
	return 0;
}
