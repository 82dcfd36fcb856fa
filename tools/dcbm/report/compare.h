/* SPDX-License-Identifier: GPL-2.0-only */
/* Comparison of two reports */
#ifndef DCBM_REPORT_COMPARE_H
#define DCBM_REPORT_COMPARE_H

struct json_object;
struct term;

void report_compare(struct json_object *a, struct json_object *b, struct json_object *result);
void compare_print(struct term *term, struct json_object *result);

#endif /* DCBM_REPORT_COMPARE_H */
