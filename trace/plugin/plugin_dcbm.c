// SPDX-License-Identifier: LGPL-2.1
/*
 * plugin_dcbm.so: readable text for the events of the system dcbm in trace-cmd and
 * other programs that use libtraceevent. With the option dcbm:raw the format in the
 * recording is used instead.
 */
#include <stdlib.h>

#include "events.h"
#include "field.h"
#include "order.h"
#include "plugin_dcbm.h"

#define SYSTEM		"dcbm"
#define ANY_ID		(-1)

enum { OPT_RAW };

/* Not const and not allocated: libtraceevent links these objects and writes to them. */
static struct tep_plugin_option options[] = {
	[OPT_RAW] = {
		.name = "raw",
		.plugin_alias = SYSTEM,
		.description = "Print key=value, as without this plugin",
	},
	{ .name = NULL }
};

struct plugin;

/* Context that libtraceevent passes to handle() */
struct bound {
	struct plugin *plugin;
	const struct dcbm_event *event;
};

/* State of an open recording */
struct plugin {
	struct plugin *next;
	struct tep_handle *tep;
	struct dcbm_order *order;
	struct bound bound[];
};

static struct plugin *plugins;

static int handle(struct trace_seq *s, struct tep_record *record,
		  struct tep_event *event, void *context)
{
	struct bound *bound = context;
	struct dcbm_order *order = bound->plugin->order;
	struct dcbm_values values;

	if (options[OPT_RAW].set)
		return 1;

	dcbm_order_at(order, record->ts, record->missed_events);
	switch (dcbm_read_record(bound->event->fields, event, record, &values)) {
	case DCBM_READ_OK:
		bound->event->print(s, &values, order);
		return 0;
	case DCBM_READ_SHORT:
		/* The default printer would read beyond the end of the record */
		trace_seq_printf(s, "record is truncated: %d bytes", record->size);
		return 0;
	case DCBM_READ_FOREIGN:
	default:
		return 1;
	}
}

static size_t nr_events(void)
{
	size_t nr = 0;

	while (dcbm_events[nr].name)
		nr++;
	return nr;
}

int TEP_PLUGIN_LOADER(struct tep_handle *tep)
{
	size_t nr = nr_events(), i;
	struct plugin *plugin;

	plugin = calloc(1, sizeof(*plugin) + nr * sizeof(plugin->bound[0]));
	if (!plugin)
		return -1;
	plugin->order = dcbm_order_new();
	if (!plugin->order) {
		free(plugin);
		return -1;
	}
	plugin->tep = tep;
	plugin->next = plugins;
	plugins = plugin;

	tep_plugin_add_options(SYSTEM, options);
	for (i = 0; i < nr; i++) {
		plugin->bound[i].plugin = plugin;
		plugin->bound[i].event = &dcbm_events[i];
		tep_register_event_handler(tep, ANY_ID, SYSTEM, dcbm_events[i].name,
					   handle, &plugin->bound[i]);
	}
	return 0;
}

int TEP_PLUGIN_UNLOADER(struct tep_handle *tep)
{
	size_t nr = nr_events(), i;
	struct plugin **link, *plugin;

	for (link = &plugins; *link; link = &(*link)->next) {
		if ((*link)->tep == tep)
			break;
	}
	plugin = *link;
	if (!plugin)
		return -1;
	for (i = 0; i < nr; i++)
		tep_unregister_event_handler(tep, ANY_ID, SYSTEM, dcbm_events[i].name,
					     handle, &plugin->bound[i]);
	tep_plugin_remove_options(options);
	*link = plugin->next;
	dcbm_order_free(plugin->order);
	free(plugin);
	return 0;
}
