// SPDX-License-Identifier: GPL-2.0-only
/*
 * The grammar of test batches, see spec.h.
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/limits.h>
#include <linux/mmzone.h>
#include <linux/numa.h>
#include <linux/string.h>

#include "names.h"
#include "spec.h"

/**
 * struct dcbm_spec_key - a key of the grammar
 * @name: what stands before the equals sign
 * @field: offset of its field in struct dcbm_spec
 * @min: smallest value
 * @max: largest value
 * @names: names of the values, NULL for numbers
 * @text: what it means
 */
struct dcbm_spec_key {
	const char *name;
	size_t field;
	u32 min;
	u32 max;
	const char * const *names;
	const char *text;
};

#define DCBM_KEY(_field, _min, _max, _names, _text) {			\
	.name = #_field,						\
	.field = offsetof(struct dcbm_spec, _field),			\
	.min = _min,							\
	.max = _max,							\
	.names = _names,						\
	.text = _text,							\
}

static const struct dcbm_spec_key dcbm_spec_keys[] = {
	DCBM_KEY(folios, 1, DCBM_SPEC_MAX_FOLIOS, NULL, "folios a batch"),
	DCBM_KEY(order, 0, MAX_PAGE_ORDER, NULL, "size of a folio: 2^order pages"),
	DCBM_KEY(src, 0, MAX_NUMNODES - 1, NULL, "node to copy from"),
	DCBM_KEY(dst, 0, MAX_NUMNODES - 1, NULL, "node to copy to"),
	DCBM_KEY(chan, 1, DCBM_MAX_CHANNELS, NULL,
		 "channels to use, nr_dma_chan if not given"),
	DCBM_KEY(backend, 0, DCBM_NR_BACKENDS - 1, dcbm_backend_names,
		 "how descriptors are made"),
	DCBM_KEY(fill, 0, DCBM_NR_FILLS - 1, dcbm_fill_names,
		 "content of the sources"),
	DCBM_KEY(verify, 0, 1, NULL, "compare every byte and the guards"),
	DCBM_KEY(repeat, 1, DCBM_SPEC_MAX_REPEAT, NULL, "batches"),
	DCBM_KEY(seed, 0, U32_MAX, NULL, "of random content"),
};

static u32 *dcbm_spec_field(struct dcbm_spec *spec,
			    const struct dcbm_spec_key *key)
{
	return (u32 *)((char *)spec + key->field);
}

static const struct dcbm_spec_key *dcbm_spec_find(const char *name)
{
	const struct dcbm_spec_key *key;

	for (key = dcbm_spec_keys;
	     key < dcbm_spec_keys + ARRAY_SIZE(dcbm_spec_keys); key++)
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
static int dcbm_key_range(const struct dcbm_spec_key *key, char *buf, size_t len,
			  int at)
{
	u32 i;

	if (!key->names)
		return dcbm_append(buf, len, at, "%u..%u", key->min, key->max);
	for (i = key->min; i <= key->max; i++)
		at = dcbm_append(buf, len, at, "%s%s", i > key->min ? "|" : "",
				 key->names[i]);
	return at;
}

static int dcbm_spec_value(const struct dcbm_spec_key *key, const char *text,
			   u32 *value)
{
	u32 v;

	if (key->names) {
		int i = match_string(key->names, key->max + 1, text);

		if (i < 0)
			return -EINVAL;
		v = i;
	} else if (kstrtou32(text, 0, &v) || v < key->min || v > key->max) {
		return -EINVAL;
	}
	*value = v;
	return 0;
}

/**
 * dcbm_spec_parse() - read a test batch
 * @text: words of the form key=value; written to
 * @spec: preset with the defaults
 * @why: on error, what is wrong and what is allowed
 * @len: room in @why
 *
 * Return: 0, or -EINVAL with @spec partly written.
 */
int dcbm_spec_parse(char *text, struct dcbm_spec *spec, char *why, size_t len)
{
	const struct dcbm_spec_key *key;
	char *word;
	int at;

	*why = '\0';
	while ((word = strsep(&text, " \t\n"))) {
		char *value = strchr(word, '=');

		if (!*word)
			continue;
		if (value)
			*value++ = '\0';
		key = dcbm_spec_find(word);
		if (!key) {
			at = scnprintf(why, len, "unknown key '%s', allowed are:",
				       word);
			for (key = dcbm_spec_keys;
			     key < dcbm_spec_keys + ARRAY_SIZE(dcbm_spec_keys);
			     key++)
				at = dcbm_append(why, len, at, " %s", key->name);
			return -EINVAL;
		}
		if (!value || dcbm_spec_value(key, value,
					      dcbm_spec_field(spec, key))) {
			at = scnprintf(why, len, "%s=%s: allowed is ", word,
				       value ?: "");
			dcbm_key_range(key, why, len, at);
			return -EINVAL;
		}
	}
	return 0;
}

/**
 * dcbm_spec_format() - write a test batch as it can be read
 * @spec: the test batch
 * @buf: where to
 * @len: room there
 *
 * Return: Number of characters.
 */
int dcbm_spec_format(const struct dcbm_spec *spec, char *buf, size_t len)
{
	const struct dcbm_spec_key *key;
	int at = 0;

	for (key = dcbm_spec_keys;
	     key < dcbm_spec_keys + ARRAY_SIZE(dcbm_spec_keys); key++) {
		u32 v = *dcbm_spec_field((struct dcbm_spec *)spec, key);

		at = dcbm_append(buf, len, at, "%s%s=", at ? " " : "", key->name);
		if (key->names)
			at = dcbm_append(buf, len, at, "%s", key->names[v]);
		else
			at = dcbm_append(buf, len, at, "%u", v);
	}
	return at;
}

/**
 * dcbm_spec_help() - describe a key
 * @key: index of the key, from 0
 * @buf: where to
 * @len: room there
 *
 * Return: Number of characters, 0 behind the last key.
 */
int dcbm_spec_help(unsigned int key, char *buf, size_t len)
{
	const struct dcbm_spec_key *k = &dcbm_spec_keys[key];
	int at;

	if (key >= ARRAY_SIZE(dcbm_spec_keys))
		return 0;
	at = scnprintf(buf, len, "%s=", k->name);
	at = dcbm_key_range(k, buf, len, at);
	return dcbm_append(buf, len, at, " : %s", k->text);
}
