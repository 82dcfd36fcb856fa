/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The table of subcommands.
 */
#ifndef DCBM_MAIN_H
#define DCBM_MAIN_H

struct cmd;
struct opt;

/** cmds - all subcommands in the order of the help, ended by NULL */
extern const struct cmd *const cmds[];

/** global_opts - options that are valid only before the subcommand */
extern const struct opt global_opts[];

const struct cmd *cmd_find(const char *name);

#endif /* DCBM_MAIN_H */
