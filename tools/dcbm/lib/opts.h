/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Tables of options: input of the parser of the command line and of the help.
 */
#ifndef DCBM_OPTS_H
#define DCBM_OPTS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct cmd;
struct tool;

/**
 * enum opt_type - type of an option's argument and of the field that gets its value
 * @OPT_TYPE_CALL: &opt.set parses the argument and stores the value
 * @OPT_TYPE_FLAG: no argument; a bool becomes true
 * @OPT_TYPE_TEXT: any text, the field is a const char *
 * @OPT_TYPE_INT: decimal number, the field is an int
 * @OPT_TYPE_NUMBER: decimal number, the field is a uint64_t, also in the following types
 * @OPT_TYPE_SIZE: bytes, or K, M, G or T
 * @OPT_TYPE_SECONDS: seconds with up to three decimals, the field is in ns
 */
enum opt_type {
	OPT_TYPE_CALL,
	OPT_TYPE_FLAG,
	OPT_TYPE_TEXT,
	OPT_TYPE_INT,
	OPT_TYPE_NUMBER,
	OPT_TYPE_SIZE,
	OPT_TYPE_SECONDS,
};

/**
 * struct opt - one option
 * @name: long name without dashes; NULL ends a table
 * @letter: short form, 0 if there is none
 * @arg: name of the argument in the help, NULL for an option without argument
 * @help: effect of the option, without range, default and full stop
 * @type: type of the argument
 * @at: offset of the field in the configuration of the command
 * @min: smallest valid value
 * @max: largest valid value, UINT64_MAX for no limit
 * @def: default of a number; the help shows a default from @min to @max
 * @needs: name of an option that must be given together with this option, NULL for none
 * @set: for OPT_TYPE_CALL: stores the argument, or NULL, in the configuration; returns 0
 *	or an enum tool_status with the reason noted
 */
struct opt {
	const char *name;
	char letter;
	const char *arg;
	const char *help;
	enum opt_type type;
	size_t at;
	uint64_t min;
	uint64_t max;
	uint64_t def;
	const char *needs;
	int (*set)(struct tool *t, void *conf, const char *value);
};

/* Offset of a member. Does not compile if the member has another type. */
#define OPT_AT(_struct, _member, _type)	\
	((size_t)(1 ? &(*(typeof(_struct) *)0)._member : (typeof(_type) *)0))

/* Type-specific part of a struct opt. */
#define OPT_CALL(_set)		.type = OPT_TYPE_CALL, .set = (_set)
#define OPT_FLAG(_struct, _member)	\
	.type = OPT_TYPE_FLAG, .at = OPT_AT(_struct, _member, bool)
#define OPT_TEXT(_struct, _member)	\
	.type = OPT_TYPE_TEXT, .at = OPT_AT(_struct, _member, const char *)
#define OPT_INT(_struct, _member, _min, _max, _def)	\
	.type = OPT_TYPE_INT, .at = OPT_AT(_struct, _member, int), \
	.min = (_min), .max = (_max), .def = (uint64_t)(_def)
#define OPT_NUMBER(_struct, _member, _min, _max, _def)	\
	.type = OPT_TYPE_NUMBER, .at = OPT_AT(_struct, _member, uint64_t), \
	.min = (_min), .max = (_max), .def = (_def)
#define OPT_SIZE(_struct, _member, _min, _max, _def)	\
	.type = OPT_TYPE_SIZE, .at = OPT_AT(_struct, _member, uint64_t), \
	.min = (_min), .max = (_max), .def = (_def)
#define OPT_SECONDS(_struct, _member, _min, _max, _def)	\
	.type = OPT_TYPE_SECONDS, .at = OPT_AT(_struct, _member, uint64_t), \
	.min = (_min), .max = (_max), .def = (_def)

/** common_opts - options of every subcommand and of dcbm itself */
extern const struct opt common_opts[];

void opts_defaults(const struct opt *opts, void *conf);
int opts_parse(struct tool *t, const struct opt *own, int argc, char **argv, void *conf,
	       int *first);
const struct opt *opts_find(const struct opt *opts, const char *name);
uint64_t opt_number(const struct opt *opt, const void *conf);
void opts_help(FILE *out, const struct cmd *cmd);
void opts_list(FILE *out, const char *title, const struct opt *opts);

#endif /* DCBM_OPTS_H */
