/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A report as text.
 */
#ifndef DCBM_REPORT_PRINT_H
#define DCBM_REPORT_PRINT_H

struct json_object;
struct term;

void report_print(struct term *term, struct json_object *report);

#endif /* DCBM_REPORT_PRINT_H */
