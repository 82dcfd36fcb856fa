/* SPDX-License-Identifier: GPL-2.0-only */
/* Loading a recording, which may be any file, as an object */
#ifndef DCBM_REPORT_LOAD_H
#define DCBM_REPORT_LOAD_H

struct json_object;
struct tool;

int report_load(struct tool *t, const char *file, struct json_object **report);

#endif /* DCBM_REPORT_LOAD_H */
