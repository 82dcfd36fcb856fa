/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Consistency of the file validate.
 */
#ifndef DCBM_DRIVER_PARSE_VALIDATE_H
#define DCBM_DRIVER_PARSE_VALIDATE_H

struct json_object;
struct parse_error;

int parse_validate_check(struct json_object *obj, struct parse_error *err);

#endif /* DCBM_DRIVER_PARSE_VALIDATE_H */
