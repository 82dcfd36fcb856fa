/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Lines of key=value words, as debugfs files take them: a grammar is a table. Pure.
 */
#ifndef _DCBM_KEYS_H
#define _DCBM_KEYS_H

#include <linux/types.h>

/**
 * struct dcbm_key - a key of a grammar
 * @name: what stands before the equals sign
 * @field: offset of its field in the struct that a line is read into: a u32, or an
 *	array of @size characters
 * @min: smallest value
 * @max: largest value
 * @names: names of the values @min to @max, NULL for numbers
 * @size: of a text with its NUL, 0 for others
 * @text: what it means
 */
struct dcbm_key {
	const char *name;
	size_t field;
	u32 min;
	u32 max;
	const char * const *names;
	size_t size;
	const char *text;
};

#define DCBM_KEY(_struct, _field, _min, _max, _names, _text) {		\
	.name = #_field,						\
	.field = offsetof(_struct, _field),				\
	.min = _min,							\
	.max = _max,							\
	.names = _names,						\
	.text = _text,							\
}

#define DCBM_KEY_TEXT(_struct, _field, _text) {				\
	.name = #_field,						\
	.field = offsetof(_struct, _field),				\
	.size = sizeof_field(_struct, _field),				\
	.text = _text,							\
}

/**
 * struct dcbm_grammar - all keys of a file
 * @keys: they
 * @nr: how many
 */
struct dcbm_grammar {
	const struct dcbm_key *keys;
	unsigned int nr;
};

int dcbm_keys_parse(const struct dcbm_grammar *g, char *text, void *to, char *why,
		    size_t len);
int dcbm_keys_format(const struct dcbm_grammar *g, const void *from, char *buf,
		     size_t len);
int dcbm_keys_help(const struct dcbm_grammar *g, unsigned int key, char *buf,
		   size_t len);

#endif /* _DCBM_KEYS_H */
