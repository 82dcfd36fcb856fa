/* SPDX-License-Identifier: LGPL-2.1 */
/* Reader for the fields of a record */
#ifndef DCBM_PLUGIN_FIELD_H
#define DCBM_PLUGIN_FIELD_H

#include <stdint.h>

#include <traceevent/event-parse.h>

/** DCBM_MAX_FIELDS - maximum number of fields per event */
#define DCBM_MAX_FIELDS		12

/**
 * struct dcbm_values - field values of a record, in the order of the field names
 * @num: numbers, sign-extended
 * @str: strings, not terminated
 * @len: lengths of the strings
 */
struct dcbm_values {
	int64_t num[DCBM_MAX_FIELDS];
	const char *str[DCBM_MAX_FIELDS];
	int len[DCBM_MAX_FIELDS];
};

/** enum dcbm_read - result of reading a record */
enum dcbm_read {
	DCBM_READ_OK,
	DCBM_READ_FOREIGN,	/* the event lacks a field, or its type differs */
	DCBM_READ_SHORT,	/* the record is shorter than its fields */
};

enum dcbm_read dcbm_read_record(const char *const *fields, struct tep_event *event,
				const struct tep_record *record,
				struct dcbm_values *values);

#endif /* DCBM_PLUGIN_FIELD_H */
