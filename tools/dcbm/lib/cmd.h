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
 * @name: how it is called
 * @args: operands, for the usage line; "" if it takes none
 * @summary: one line for the list of commands, without a full stop
 * @details: paragraphs behind the options in its help, NULL if none
 * @opts: its own options, ended by an entry without name
 * @run: does the work, fills the result of the run, returns an enum tool_status.
 *	@argv[0] is the name of the command.
 * @print: shows the result as text. Gets nothing but the result, so that text and
 *	JSON cannot say different things.
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
