/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The result of dcbm migrate as text.
 */
#ifndef DCBM_MIGRATE_PRINT_H
#define DCBM_MIGRATE_PRINT_H

struct json_object;
struct term;

void migrate_print(struct term *term, struct json_object *result);

#endif /* DCBM_MIGRATE_PRINT_H */
