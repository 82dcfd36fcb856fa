/* SPDX-License-Identifier: GPL-2.0-only */
/* Parser of the driver's debugfs files (`# dcbm <file> v1`) */
#ifndef DCBM_PARSE_H
#define DCBM_PARSE_H

#include <stddef.h>

#include "lib/util.h"

struct json_object;

/**
 * struct parse_error - why a file was refused
 * @line: line number, from 1
 * @text: one line: what the file has and what is valid
 */
struct parse_error {
	unsigned int line;
	char text[256];
};

struct json_object *parse_file(const char *file, const char *text, size_t len,
			       struct parse_error *err);
int parse_refuse(struct parse_error *err, const char *fmt, ...) __printf(2, 3);

#endif /* DCBM_PARSE_H */
