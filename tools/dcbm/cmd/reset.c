// SPDX-License-Identifier: GPL-2.0-only
/* dcbm reset: zero the driver's statistics */
#include <string.h>
#include <unistd.h>

#include "cmd/commands.h"
#include "driver/debugfs.h"
#include "lib/cmd.h"
#include "lib/jutil.h"
#include "lib/term.h"
#include "lib/tool.h"

static int reset_run(struct tool *t, int argc, char **argv)
{
	int fd, first, err, ret;

	ret = opts_parse(t, NULL, argc, argv, NULL, &first);
	if (ret)
		return ret;
	if (first < argc)
		return tool_fail(t, TOOL_USAGE, "reset takes no operand, but got '%s'",
				 argv[first]);
	fd = debugfs_open_write(t, "reset");
	if (fd < 0)
		return TOOL_ENV;
	err = debugfs_write(fd, "1\n");
	close(fd);
	if (err)
		return tool_fail(t, TOOL_ENV, "cannot write %s/dcbm/reset: %s", t->debugfs,
				 strerror(err));
	jadd_bool(t->result, "reset", true);
	t->show = true;
	return TOOL_OK;
}

static void reset_print(struct term *term, struct json_object *result)
{
	if (jbool(result, "reset"))
		fputs("statistics are zero\n", term->out);
}

const struct cmd cmd_reset = {
	.name = "reset",
	.args = "",
	.summary = "Reset all statistics of the driver",
	.run = reset_run,
	.print = reset_print,
};
