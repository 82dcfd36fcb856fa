// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lines of key=value words, the input format of debugfs files
 */
#include <linux/bits.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/string.h>

#include "kvline.h"

/**
 * DOC: key=value lines
 *
 * A table of keys (struct kvline_grammar) describes the fields of a struct: their names,
 * ranges and named values. The functions in kvline.c read a line into such a struct, write
 * the struct as a line, and describe the keys. They keep no state, take no locks and may
 * be called from any context.
 *
 * Each module that needs the parser compiles its own copy, by a file that includes
 * kvline.c, because kbuild links an object into one module only. The modules cannot be
 * built into the kernel, where the copies would define the same symbols.
 */

static const struct kvline_key *kvline_find(const struct kvline_grammar *g,
					    const char *name)
{
	const struct kvline_key *key;

	for (key = g->keys; key < g->keys + g->nr; key++)
		if (!strcmp(key->name, name))
			return key;
	return NULL;
}

static const char *kvline_name(const struct kvline_key *key, s64 v)
{
	size_t stride = key->stride ?: sizeof(*key->names);

	return *(const char * const *)((const char *)key->names + v * stride);
}

/* Append to a buffer, truncated to its size. Returns the new length of the text. */
static __printf(4, 5) int kvline_append(char *buf, size_t len, int at,
					const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = vscnprintf(buf + at, len - at, fmt, args);
	va_end(args);
	return at + n;
}

static int kvline_append_range(const struct kvline_key *key, char *buf, size_t len,
			       int at)
{
	s64 v;

	if (key->size)
		return kvline_append(buf, len, at, "1..%zu characters", key->size - 1);
	if (!key->names)
		return kvline_append(buf, len, at, "%lld..%lld", key->min, key->max);
	for (v = key->min; v <= key->max; v++)
		at = kvline_append(buf, len, at, "%s%s", v > key->min ? "|" : "",
				   kvline_name(key, v));
	return at;
}

/* Write an error message to @why, and return -EINVAL. */
static int kvline_bad_value(const struct kvline_key *key, const char *value, char *why,
			    size_t len)
{
	const char *must = key->size ? "have" : key->names ? "be one of" : "be in";
	int at = scnprintf(why, len, "%s=%s: must %s ", key->name, value, must);

	kvline_append_range(key, why, len, at);
	return -EINVAL;
}

static int kvline_bad_key(const struct kvline_grammar *g, const char *name, char *why,
			  size_t len)
{
	const struct kvline_key *key;
	int at = scnprintf(why, len, "unknown key '%s', must be one of:", name);

	for (key = g->keys; key < g->keys + g->nr; key++)
		at = kvline_append(why, len, at, " %s", key->name);
	return -EINVAL;
}

static int kvline_set(const struct kvline_key *key, const char *text, void *to)
{
	void *field = to + key->field;
	s64 v;

	if (key->size)
		return *text && strscpy(field, text, key->size) > 0 ? 0 : -EINVAL;
	if (key->names) {
		for (v = key->min; v <= key->max; v++)
			if (!strcmp(kvline_name(key, v), text))
				break;
		if (v > key->max)
			return -EINVAL;
	} else if (kstrtos64(text, 0, &v) || v < key->min || v > key->max) {
		return -EINVAL;
	}
	*(u32 *)field = v;
	return 0;
}

/**
 * kvline_parse() - read a line into a struct
 * @g: grammar of the line
 * @text: words of the form key=value; modified
 * @to: the struct, preset with the defaults
 * @why: error message with the requirement that the line violates; empty on success
 * @len: size of @why
 *
 * Return: 0, or -EINVAL with @to partly written.
 */
int kvline_parse(const struct kvline_grammar *g, char *text, void *to, char *why,
		 size_t len)
{
	const struct kvline_key *key;
	u64 seen = 0;
	char *word;

	*why = '\0';
	while ((word = strsep(&text, " \t\n"))) {
		char *value = strchr(word, '=');

		if (!*word)
			continue;
		if (value)
			*value++ = '\0';
		key = kvline_find(g, word);
		if (!key)
			return kvline_bad_key(g, word, why, len);
		if (!value || kvline_set(key, value, to))
			return kvline_bad_value(key, value ?: "", why, len);
		seen |= BIT_ULL(key - g->keys);
	}
	for (key = g->keys; key < g->keys + g->nr; key++)
		if (key->required && !(seen & BIT_ULL(key - g->keys)))
			return kvline_bad_value(key, "", why, len);
	return 0;
}

/* Write a struct as a line that kvline_parse() can read. Returns the length of the line. */
int kvline_format(const struct kvline_grammar *g, const void *from, char *buf,
		  size_t len)
{
	const struct kvline_key *key;
	int at = 0;

	for (key = g->keys; key < g->keys + g->nr; key++) {
		const void *field = from + key->field;
		s64 v;

		at = kvline_append(buf, len, at, "%s%s=", at ? " " : "", key->name);
		if (key->size) {
			at = kvline_append(buf, len, at, "%s", (const char *)field);
			continue;
		}
		/* No ?: here, which would convert the int to unsigned. */
		if (key->min < 0)
			v = *(const s32 *)field;
		else
			v = *(const u32 *)field;
		if (key->names)
			at = kvline_append(buf, len, at, "%s", kvline_name(key, v));
		else
			at = kvline_append(buf, len, at, "%lld", v);
	}
	return at;
}

/* Describe the key of this index in one line. Returns its length, 0 after the last key. */
int kvline_help(const struct kvline_grammar *g, unsigned int key, char *buf, size_t len)
{
	const struct kvline_key *k = &g->keys[key];
	int at;

	if (key >= g->nr)
		return 0;
	at = scnprintf(buf, len, "%s=", k->name);
	at = kvline_append_range(k, buf, len, at);
	return kvline_append(buf, len, at, " : %s", k->help);
}
