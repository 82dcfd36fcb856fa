/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The files of report/, as text.
 */
#ifndef DCBM_REPORT_PARTS_H
#define DCBM_REPORT_PARTS_H

extern const char report_page[];
extern const char report_style[];
extern const char report_base[];
extern const char report_charts[];
extern const char report_folding[];
extern const char report_timeline[];
extern const char report_main[];

#endif /* DCBM_REPORT_PARTS_H */
