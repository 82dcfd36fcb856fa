/* SPDX-License-Identifier: LGPL-2.1 */
/* Table of the events that the plugin prints */
#ifndef DCBM_PLUGIN_EVENTS_H
#define DCBM_PLUGIN_EVENTS_H

#include "field.h"
#include "order.h"

/**
 * struct dcbm_event - how to print an event
 * @name: name of the event in the system dcbm
 * @print: prints the values; @order tracks the descriptors in flight
 * @fields: names of the fields to read, ends with NULL
 */
struct dcbm_event {
	const char *name;
	void (*print)(struct trace_seq *s, const struct dcbm_values *v,
		      struct dcbm_order *order);
	const char *fields[DCBM_MAX_FIELDS + 1];
};

/** dcbm_events - all events, ends with an entry without a name */
extern const struct dcbm_event dcbm_events[];

#endif /* DCBM_PLUGIN_EVENTS_H */
