/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Letting go of the parts of a file that have been read.
 */
#ifndef DCBM_REPORT_TRIM_H
#define DCBM_REPORT_TRIM_H

void trim_file(const char *file);

#endif /* DCBM_REPORT_TRIM_H */
