// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lines of key=value words, see keys.h.
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/string.h>

#include "keys.h"

static const struct dcbm_key *dcbm_keys_find(const struct dcbm_grammar *g,
					     const char *name)
{
	const struct dcbm_key *key;

	for (key = g->keys; key < g->keys + g->nr; key++)
		if (!strcmp(key->name, name))
			return key;
	return NULL;
}

/* Append to a buffer as far as there is room. */
static __printf(4, 5) int dcbm_append(char *buf, size_t len, int at,
				      const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = vscnprintf(buf + at, len - at, fmt, args);
	va_end(args);
	return at + n;
}

/* Append what values a key takes. */
static int dcbm_key_range(const struct dcbm_key *key, char *buf, size_t len, int at)
{
	u32 i;

	if (key->size)
		return dcbm_append(buf, len, at, "1..%zu characters", key->size - 1);
	if (!key->names)
		return dcbm_append(buf, len, at, "%u..%u", key->min, key->max);
	for (i = key->min; i <= key->max; i++)
		at = dcbm_append(buf, len, at, "%s%s", i > key->min ? "|" : "",
				 key->names[i]);
	return at;
}

static int dcbm_key_set(const struct dcbm_key *key, const char *text, void *to)
{
	void *field = to + key->field;
	u32 v;

	if (key->size)
		return *text && strscpy(field, text, key->size) > 0 ? 0 : -EINVAL;
	if (key->names) {
		int i = match_string(key->names, key->max + 1, text);

		if (i < 0)
			return -EINVAL;
		v = i;
	} else if (kstrtou32(text, 0, &v) || v < key->min || v > key->max) {
		return -EINVAL;
	}
	*(u32 *)field = v;
	return 0;
}

/**
 * dcbm_keys_parse() - read a line
 * @g: its grammar
 * @text: words of the form key=value; written to
 * @to: the struct, preset with the defaults
 * @why: on error, what is wrong and what is allowed
 * @len: room in @why
 *
 * Return: 0, or -EINVAL with @to partly written.
 */
int dcbm_keys_parse(const struct dcbm_grammar *g, char *text, void *to, char *why,
		    size_t len)
{
	const struct dcbm_key *key;
	char *word;
	int at;

	*why = '\0';
	while ((word = strsep(&text, " \t\n"))) {
		char *value = strchr(word, '=');

		if (!*word)
			continue;
		if (value)
			*value++ = '\0';
		key = dcbm_keys_find(g, word);
		if (!key) {
			at = scnprintf(why, len, "unknown key '%s', allowed are:",
				       word);
			for (key = g->keys; key < g->keys + g->nr; key++)
				at = dcbm_append(why, len, at, " %s", key->name);
			return -EINVAL;
		}
		if (!value || dcbm_key_set(key, value, to)) {
			at = scnprintf(why, len, "%s=%s: allowed is ", word,
				       value ?: "");
			dcbm_key_range(key, why, len, at);
			return -EINVAL;
		}
	}
	return 0;
}

/**
 * dcbm_keys_format() - write a line as it can be read
 * @g: its grammar
 * @from: the struct
 * @buf: where to
 * @len: room there
 *
 * Return: Number of characters.
 */
int dcbm_keys_format(const struct dcbm_grammar *g, const void *from, char *buf,
		     size_t len)
{
	const struct dcbm_key *key;
	int at = 0;

	for (key = g->keys; key < g->keys + g->nr; key++) {
		const void *field = from + key->field;
		u32 v;

		at = dcbm_append(buf, len, at, "%s%s=", at ? " " : "", key->name);
		if (key->size) {
			at = dcbm_append(buf, len, at, "%s", (const char *)field);
			continue;
		}
		v = *(const u32 *)field;
		if (key->names)
			at = dcbm_append(buf, len, at, "%s", key->names[v]);
		else
			at = dcbm_append(buf, len, at, "%u", v);
	}
	return at;
}

/**
 * dcbm_keys_help() - describe a key
 * @g: the grammar
 * @key: index of the key, from 0
 * @buf: where to
 * @len: room there
 *
 * Return: Number of characters, 0 behind the last key.
 */
int dcbm_keys_help(const struct dcbm_grammar *g, unsigned int key, char *buf,
		   size_t len)
{
	const struct dcbm_key *k = &g->keys[key];
	int at;

	if (key >= g->nr)
		return 0;
	at = scnprintf(buf, len, "%s=", k->name);
	at = dcbm_key_range(k, buf, len, at);
	return dcbm_append(buf, len, at, " : %s", k->text);
}
