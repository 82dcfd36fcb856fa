/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A subcommand.
 */
#ifndef DCBM_CMD_H
#define DCBM_CMD_H

#include "lib/opts.h"

struct json_object;
struct term;
struct tool;

/**
 * struct cmd - one subcommand
 * @name: name on the command line
 * @args: operands, for the usage line; "" for a command without operands
 * @summary: one line for the list of commands, without a full stop
 * @details: paragraphs after the options in the help, NULL if there are none
 * @opts: options of the command, ended by an entry without name
 * @run: does the work and fills &tool.result; returns an enum tool_status.
 *	@argv[0] is the name of the command.
 * @print: shows the result as text. The result is the only input, so that text and JSON
 *	agree.
 */
struct cmd {
	const char *name;
	const char *args;
	const char *summary;
	const char *details;
	const struct opt *opts;
	int (*run)(struct tool *t, int argc, char **argv);
	void (*print)(struct term *term, struct json_object *result);
};

#endif /* DCBM_CMD_H */
