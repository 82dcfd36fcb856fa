/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One clause on one channel.
 */
#ifndef DCBM_VALIDATE_EXEC_H
#define DCBM_VALIDATE_EXEC_H

#include <stdbool.h>

struct json_object;
struct validate_chan;
struct validate_run;

bool validate_stopped(struct validate_run *run);
void validate_verdict(struct json_object *res, const char *verdict, const char *why);
void validate_clause(struct validate_run *run, struct validate_chan *chan,
		     struct json_object *res);

#endif /* DCBM_VALIDATE_EXEC_H */
