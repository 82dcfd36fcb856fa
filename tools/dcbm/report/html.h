/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A report as a page.
 */
#ifndef DCBM_REPORT_HTML_H
#define DCBM_REPORT_HTML_H

struct json_object;
struct tool;

int report_html(struct tool *t, const char *file, struct json_object *report);

#endif /* DCBM_REPORT_HTML_H */
