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
 * @file: name below dcbm/ in debugfs
 * @print: prints the object of parse_file() under the heading @file
 */
struct stat_file {
	const char *file;
	void (*print)(struct term *term, const char *file, struct json_object *obj);
};

/** stat_files - all files in the order of the output, ended by an entry without name */
extern const struct stat_file stat_files[];

#endif /* DCBM_STAT_PRINT_H */
