/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Migration of the memory of another process.
 */
#ifndef DCBM_MIGRATE_PID_H
#define DCBM_MIGRATE_PID_H

struct json_object;
struct migrate_run;

int migrate_pid(struct migrate_run *run, struct json_object *parts);

#endif /* DCBM_MIGRATE_PID_H */
