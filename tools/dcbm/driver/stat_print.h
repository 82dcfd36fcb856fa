/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The driver's statistics as text.
 */
#ifndef DCBM_STAT_PRINT_H
#define DCBM_STAT_PRINT_H

struct json_object;
struct term;

/**
 * struct stat_file - one file of statistics
 * @file: its name below dcbm/ in debugfs
 * @print: shows what parse_file() made of it, under the heading @file
 */
struct stat_file {
	const char *file;
	void (*print)(struct term *term, const char *file, struct json_object *obj);
};

/** stat_files - all of them in the order in which they are shown, ended by NULL */
extern const struct stat_file stat_files[];

#endif /* DCBM_STAT_PRINT_H */
