// SPDX-License-Identifier: LGPL-2.1
/*
 * Reader for the fields of a record
 *
 * Offsets, sizes and byte order depend on the machine, so fields are read by the format
 * in the recording. libtraceevent does not check that a field is inside the record;
 * this file does.
 */
#include <stdbool.h>
#include <string.h>

#include "field.h"

/* A dynamic field has the offset in its low and the length in its high 16 bits. */
#define DYN_OFFSET_MASK	0xffff
#define DYN_LEN_SHIFT	16

static bool read_number(struct tep_format_field *field, const struct tep_record *record,
			int64_t *value)
{
	unsigned long long raw;
	int unused;

	if (tep_read_number_field(field, record->data, &raw))
		return false;
	*value = raw;
	if ((field->flags & TEP_FIELD_IS_SIGNED) && field->size < (int)sizeof(*value)) {
		unused = 8 * (sizeof(*value) - field->size);
		*value = (int64_t)(raw << unused) >> unused;
	}
	return true;
}

static bool read_string(struct tep_format_field *field, const struct tep_record *record,
			const char **str, int *len)
{
	unsigned long long raw;
	int offset;

	raw = tep_read_number(field->event->tep, (char *)record->data + field->offset,
			      field->size);
	offset = raw & DYN_OFFSET_MASK;
	if (field->flags & TEP_FIELD_IS_RELATIVE)
		offset += field->offset + field->size;
	*len = (raw >> DYN_LEN_SHIFT) & DYN_OFFSET_MASK;
	if (offset > record->size || *len > record->size - offset)
		return false;
	*str = (const char *)record->data + offset;
	*len = strnlen(*str, *len);
	return true;
}

/**
 * dcbm_read_record() - read the fields of a record
 * @fields: names of the fields, ends with NULL
 * @event: description of the event in the recording
 * @record: the record
 * @values: filled with the value of each field
 *
 * Return: DCBM_READ_OK, or why a field cannot be read.
 */
enum dcbm_read dcbm_read_record(const char *const *fields, struct tep_event *event,
				const struct tep_record *record,
				struct dcbm_values *values)
{
	struct tep_format_field *field;
	int i;

	for (i = 0; fields[i]; i++) {
		field = tep_find_field(event, fields[i]);
		if (!field || field->offset < 0 || field->size <= 0)
			return DCBM_READ_FOREIGN;
		if (field->offset > record->size ||
		    field->size > record->size - field->offset)
			return DCBM_READ_SHORT;
		if (field->flags & TEP_FIELD_IS_DYNAMIC) {
			if (field->size > (int)sizeof(uint32_t))
				return DCBM_READ_FOREIGN;
			if (!read_string(field, record, &values->str[i], &values->len[i]))
				return DCBM_READ_SHORT;
		} else if (!read_number(field, record, &values->num[i])) {
			return DCBM_READ_FOREIGN;
		}
	}
	return DCBM_READ_OK;
}
