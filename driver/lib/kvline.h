/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Lines of key=value words, the input format of debugfs files
 */
#ifndef _KVLINE_H
#define _KVLINE_H

#include <linux/stddef.h>
#include <linux/types.h>

/* Longest line that a file takes, and longest error message about one, with the NUL */
#define KVLINE_LEN	256

/**
 * struct kvline_key - a key of a grammar
 * @name: the word before the equals sign
 * @field: offset of the key's field in the struct that a line is read into: a u32, an
 *	int if @min is negative, or an array of @size characters
 * @min: smallest value
 * @max: largest value
 * @names: names of the values 0 to @max, of which @min to @max are valid; NULL for
 *	numbers
 * @stride: bytes from a name to the next one, for names that are a member of a table;
 *	0 if @names is an array of names only
 * @size: length of a text with its NUL, 0 for other keys
 * @required: a line without this key is an error
 * @help: meaning of the value, one line
 */
struct kvline_key {
	const char *name;
	size_t field;
	s64 min;
	s64 max;
	const char * const *names;
	size_t stride;
	size_t size;
	bool required;
	const char *help;
};

/* A key with the name of its field; more initializers (.stride, .required) may follow */
#define KVLINE_KEY(_struct, _field, _min, _max, _names, _help, ...) {	\
	.name = #_field,						\
	.field = offsetof(_struct, _field),				\
	.min = _min,							\
	.max = _max,							\
	.names = _names,						\
	.help = _help,							\
	__VA_ARGS__							\
}

#define KVLINE_TEXT(_struct, _field, _help, ...) {			\
	.name = #_field,						\
	.field = offsetof(_struct, _field),				\
	.size = sizeof_field(_struct, _field),				\
	.help = _help,							\
	__VA_ARGS__							\
}

/**
 * struct kvline_grammar - all keys of a file
 * @keys: table of keys, in the order of kvline_format()
 * @nr: number of keys, at most 64
 */
struct kvline_grammar {
	const struct kvline_key *keys;
	unsigned int nr;
};

int kvline_parse(const struct kvline_grammar *g, char *text, void *to, char *why,
		 size_t len);
int kvline_format(const struct kvline_grammar *g, const void *from, char *buf,
		  size_t len);
int kvline_help(const struct kvline_grammar *g, unsigned int key, char *buf,
		size_t len);

#endif /* _KVLINE_H */
