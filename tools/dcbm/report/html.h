/* SPDX-License-Identifier: GPL-2.0-only */
/* A report as an HTML page */
#ifndef DCBM_REPORT_HTML_H
#define DCBM_REPORT_HTML_H

struct json_object;
struct tool;

int report_html(struct tool *t, const char *file, struct json_object *report);

/* Files of page/ as text, defined by the assembler in html.c and visible only there */
extern const char report_page[];
extern const char report_style[];
extern const char report_base[];
extern const char report_charts[];
extern const char report_folding[];
extern const char report_timeline[];
extern const char report_main[];

#endif /* DCBM_REPORT_HTML_H */
