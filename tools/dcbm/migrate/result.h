/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The result of dcbm migrate as an object.
 */
#ifndef DCBM_MIGRATE_RESULT_H
#define DCBM_MIGRATE_RESULT_H

#include <stddef.h>
#include <stdint.h>

struct json_object;
struct move_stats;
struct tool;
struct verify;

void result_moves(struct json_object *part, const struct move_stats *stats, size_t page_size);
void result_verify(struct json_object *part, struct verify *v, uint64_t active_pages);
void result_total(struct json_object *result);
int result_judge(struct tool *t, int status);

#endif /* DCBM_MIGRATE_RESULT_H */
