// SPDX-License-Identifier: GPL-2.0-only
/*
 * The table of subcommands, see cmd.h.
 */
#include <stddef.h>
#include <string.h>

#include "cmd.h"

const struct cmd *const cmds[] = {
	&cmd_trigger,
	&cmd_validate,
	&cmd_migrate,
	&cmd_stat,
	&cmd_top,
	&cmd_reset,
	&cmd_record,
	&cmd_report,
	&cmd_doctor,
	NULL
};

const struct opt global_opts[] = {
	{ "version", NULL, "show the version", 0, 'V' },
	{ .name = NULL }
};

/**
 * cmd_find() - look up a subcommand
 * @name: as typed
 *
 * Return: The command, or NULL.
 */
const struct cmd *cmd_find(const char *name)
{
	const struct cmd *const *cmd;

	for (cmd = cmds; *cmd; cmd++)
		if (!strcmp((*cmd)->name, name))
			return *cmd;
	return NULL;
}
