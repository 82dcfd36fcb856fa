/* SPDX-License-Identifier: GPL-2.0-only */
/* A report as an object, from which text, page and JSON are made */
#ifndef DCBM_REPORT_JSON_H
#define DCBM_REPORT_JSON_H

struct json_object;
struct report_model;

void report_json(const struct report_model *m, struct json_object *obj);

#endif /* DCBM_REPORT_JSON_H */
