/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * What the files of the libtraceevent plugin share.
 */
#ifndef PLUGIN_DCBM_H
#define PLUGIN_DCBM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <traceevent/event-parse.h>

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))

/** DCBM_MAX_FIELDS - most fields that an event has */
#define DCBM_MAX_FIELDS		12

struct dcbm_order;

/**
 * struct dcbm_values - what a record says, in the order of its event's field names
 * @num: numbers, with their sign
 * @str: strings, not terminated
 * @len: lengths of strings
 */
struct dcbm_values {
	int64_t num[DCBM_MAX_FIELDS];
	const char *str[DCBM_MAX_FIELDS];
	int len[DCBM_MAX_FIELDS];
};

/**
 * struct dcbm_event - how an event is printed
 * @name: its name, in the system dcbm
 * @print: prints it; @order is what was seen of the channels until then
 * @fields: names of the fields that are read, up to a NULL
 */
struct dcbm_event {
	const char *name;
	void (*print)(struct trace_seq *s, const struct dcbm_values *v,
		      struct dcbm_order *order);
	const char *fields[DCBM_MAX_FIELDS + 1];
};

/** dcbm_events - all events, up to one without a name */
extern const struct dcbm_event dcbm_events[];

/** enum dcbm_read - what came of reading a record */
enum dcbm_read {
	DCBM_READ_OK,
	DCBM_READ_FOREIGN,	/* the event has other fields than we know */
	DCBM_READ_SHORT,	/* the record ends before its fields do */
};

/* All that others see of the plugin */
#pragma GCC visibility push(default)
int TEP_PLUGIN_LOADER(struct tep_handle *tep);
int TEP_PLUGIN_UNLOADER(struct tep_handle *tep);
#pragma GCC visibility pop

enum dcbm_read dcbm_read_record(const struct dcbm_event *how, struct tep_event *event,
				const struct tep_record *record,
				struct dcbm_values *values);

void dcbm_put_bytes(struct trace_seq *s, uint64_t bytes);
void dcbm_put_ns(struct trace_seq *s, uint64_t ns);
void dcbm_put_count(struct trace_seq *s, uint64_t count, const char *what);
void dcbm_put_error(struct trace_seq *s, int64_t error);
const char *dcbm_outcome_name(int64_t value);
const char *dcbm_result_name(int64_t value);
const char *dcbm_reason_name(int64_t value);
const char *dcbm_backend_name(int64_t value);
const char *dcbm_state_name(int64_t value);

struct dcbm_order *dcbm_order_new(void);
void dcbm_order_free(struct dcbm_order *order);
void dcbm_order_at(struct dcbm_order *order, uint64_t ts, bool missed);
void dcbm_order_submit(struct dcbm_order *order, unsigned int dev, unsigned int chan,
		       uint64_t desc, unsigned int inflight);
unsigned int dcbm_order_complete(struct dcbm_order *order, unsigned int dev,
				 unsigned int chan, uint64_t desc);

#endif /* PLUGIN_DCBM_H */
