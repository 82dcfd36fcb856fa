/* SPDX-License-Identifier: GPL-2.0-only */
/* Reading a trace-cmd recording */
#ifndef DCBM_REPORT_READ_H
#define DCBM_REPORT_READ_H

#include <stddef.h>

struct report_model;

int report_read(const char *file, struct report_model *m, void (*step)(const char *file),
		char *why, size_t len);
void trim_file(const char *file);

#endif /* DCBM_REPORT_READ_H */
