/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Options as tables: getopt_long() parses by them, help is printed from them.
 */
#ifndef DCBM_OPTS_H
#define DCBM_OPTS_H

#include <stdio.h>

struct cmd;
struct tool;

/**
 * struct opt - one option
 * @name: long name without dashes; NULL ends a table
 * @arg: name of its argument in the help, NULL if it takes none
 * @help: what it does, one line, without a full stop
 * @id: what the setter gets
 * @letter: short form, 0 if it has none
 */
struct opt {
	const char *name;
	const char *arg;
	const char *help;
	int id;
	char letter;
};

/** common_opts - options which every subcommand takes, and dcbm itself */
extern const struct opt common_opts[];

int opts_parse(struct tool *t, const struct opt *own, int argc, char **argv,
	       int (*set)(struct tool *t, void *conf, int id, const char *value),
	       void *conf, int *first);
void opts_help(FILE *out, const struct cmd *cmd);
void opts_list(FILE *out, const char *title, const struct opt *opts);

#endif /* DCBM_OPTS_H */
