/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Migration of own memory.
 */
#ifndef DCBM_MIGRATE_SELF_H
#define DCBM_MIGRATE_SELF_H

struct json_object;
struct migrate_run;

int migrate_self(struct migrate_run *run, struct json_object *parts);

#endif /* DCBM_MIGRATE_SELF_H */
