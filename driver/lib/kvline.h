/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Lines of key=value words, the input format of debugfs files
 */
#ifndef _KVLINE_H
#define _KVLINE_H

#include <linux/stddef.h>
#include <linux/types.h>

/* Maximum length of a line and of an error message, with the NUL */
#define KVLINE_LEN	256

/**
 * struct kvline_key - a key of a grammar
 * @name: the word before the equals sign
 * @field: offset of the key's field in the struct that a line is read into: a u32, an
 *	int if @min is negative, or an array of @size characters
 * @min: smallest value
 * @max: largest value
 * @names: names of the values, the first for 0; NULL for numbers
 * @stride: bytes from a name to the next one, for names that are a member of a table;
 *	0 if @names is an array of names only
 * @size: size of a text field, with the NUL; 0 for other fields
 * @required: a line without this key is invalid
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

/* More initializers may follow the help, for example .required */
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

/* All keys of a file, at most 64, in the order of kvline_format() */
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
