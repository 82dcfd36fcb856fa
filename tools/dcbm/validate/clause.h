/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Choice of the clauses.
 */
#ifndef DCBM_VALIDATE_CLAUSE_H
#define DCBM_VALIDATE_CLAUSE_H

struct json_object;
struct tool;
struct validate_conf;

int validate_clauses(struct tool *t, const struct validate_conf *conf,
		     struct json_object *all, struct json_object *chosen);

#endif /* DCBM_VALIDATE_CLAUSE_H */
