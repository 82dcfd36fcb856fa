/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The subcommands; cmd_NAME is in NAME.c.
 */
#ifndef DCBM_COMMANDS_H
#define DCBM_COMMANDS_H

struct cmd;

extern const struct cmd cmd_trigger;
extern const struct cmd cmd_validate;
extern const struct cmd cmd_migrate;
extern const struct cmd cmd_stat;
extern const struct cmd cmd_top;
extern const struct cmd cmd_reset;
extern const struct cmd cmd_record;
extern const struct cmd cmd_report;
extern const struct cmd cmd_doctor;

#endif /* DCBM_COMMANDS_H */
