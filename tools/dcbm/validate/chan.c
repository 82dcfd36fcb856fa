// SPDX-License-Identifier: GPL-2.0-only
/* Choice of the channels to test */
#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "driver/counters.h"
#include "lib/files.h"
#include "lib/jutil.h"
#include "lib/tool.h"
#include "validate/chan.h"
#include "validate/conf.h"

static int no_dots(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

bool validate_chan_in_use(const struct tool *t, const char *name)
{
	char path[PATH_MAX + 300], *line;
	bool in_use;

	snprintf(path, sizeof(path), "%s/class/dma/%s/in_use", t->sysfs, name);
	line = text_line(path);
	in_use = line && strtoul(line, NULL, 10) > 0;
	free(line);
	return in_use;
}

bool validate_chan_quarantined(const struct tool *t, const char *name)
{
	struct json_object *look = driver_look(t);
	struct json_object *row = jfind(jget(look, "channels"), "channel", name);
	bool quarantined = !strcmp(jstr(row, "state"), "quarantined");

	json_object_put(look);
	return quarantined;
}

/* If sysfs shows no device, the name of the device is derived: dma0 for dma0chan1. */
static void look(const struct tool *t, struct validate_chan *chan, const char *name)
{
	char path[PATH_MAX + 300];

	memset(chan, 0, sizeof(*chan));
	snprintf(chan->name, sizeof(chan->name), "%s", name);
	snprintf(chan->device, sizeof(chan->device), "%.63s", name);
	if (strstr(chan->device, "chan"))
		*strstr(chan->device, "chan") = '\0';
	snprintf(chan->driver, sizeof(chan->driver), "?");
	chan->in_use = validate_chan_in_use(t, name);
	snprintf(path, sizeof(path), "%s/class/dma/%s/device", t->sysfs, name);
	link_name(path, chan->device, sizeof(chan->device));
	snprintf(path, sizeof(path), "%s/class/dma/%s/device/driver", t->sysfs, name);
	link_name(path, chan->driver, sizeof(chan->driver));
}

static int look_all(struct tool *t, struct validate_chans *chans)
{
	char path[PATH_MAX + 16];
	struct dirent **names;
	int i, nr;

	snprintf(path, sizeof(path), "%s/class/dma", t->sysfs);
	nr = scandir(path, &names, no_dots, versionsort);
	if (nr <= 0) {
		if (!nr)
			free(names);
		return tool_fail(t, TOOL_ENV,
				 "validate: no DMA channel; load your engine's driver, or 'modprobe simdma' for a software engine");
	}
	chans->chan = calloc((size_t)nr, sizeof(*chans->chan));
	for (i = 0; i < nr; i++) {
		if (chans->chan)
			look(t, &chans->chan[chans->nr++], names[i]->d_name);
		free(names[i]);
	}
	free(names);
	return chans->chan ? 0 : tool_fail(t, TOOL_ENV, "validate: out of memory");
}

/* Returns how to free a channel that is in use, for a message. */
const char *validate_free_hint(struct tool *t)
{
	struct json_object *look = driver_look(t);
	bool ours = jbool(look, "offloading");

	json_object_put(look);
	if (!ours)
		return "stop its user, such as dmatest or another driver";
	return "dcbm_sg offloads: 'echo 0 > /sys/module/dcbm_sg/parameters/offloading'";
}

static struct validate_chan *find(struct validate_chans *chans, const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < chans->nr; i++)
		if (strlen(chans->chan[i].name) == len && !strncmp(chans->chan[i].name, name, len))
			return &chans->chan[i];
	return NULL;
}

static void names_of(struct validate_chans *chans, char *buf, size_t size)
{
	size_t i, len = 0;

	for (i = 0; i < chans->nr && len + 80 < size; i++)
		len += (size_t)snprintf(buf + len, size - len, "%s%s", len ? ", " : "",
					chans->chan[i].name);
	if (i < chans->nr)
		snprintf(buf + len, size - len, " and %zu more", chans->nr - i);
}

static int choose_named(struct tool *t, struct validate_chans *chans, const char *list)
{
	const char *at = list;

	for (;;) {
		size_t len = strcspn(at, ",");
		struct validate_chan *chan = find(chans, at, len);
		char names[400];

		if (!chan) {
			names_of(chans, names, sizeof(names));
			return tool_fail(t, TOOL_USAGE,
					 "validate: no channel '%.*s'; there are: %s",
					 len > 40 ? 40 : (int)len, at, names);
		}
		if (chan->in_use && validate_chan_quarantined(t, chan->name))
			return tool_fail(t, TOOL_ENV,
					 "validate: channel %s is quarantined: its engine could not be stopped; reboot",
					 chan->name);
		if (chan->in_use)
			return tool_fail(t, TOOL_ENV, "validate: channel %s is in use; %s",
					 chan->name, validate_free_hint(t));
		chan->chosen = true;
		at += len;
		if (!*at++)
			return 0;
	}
}

/* Searches all channels, as the channels of a device need not be adjacent. */
static bool device_chosen(const struct validate_chans *chans, const char *device)
{
	size_t i;

	for (i = 0; i < chans->nr; i++)
		if (chans->chan[i].chosen && !strcmp(chans->chan[i].device, device))
			return true;
	return false;
}

static int choose_free(struct tool *t, struct validate_chans *chans, bool all)
{
	size_t i, nr_free = 0, nr_chosen = 0;

	for (i = 0; i < chans->nr; i++) {
		struct validate_chan *chan = &chans->chan[i];

		nr_free += !chan->in_use;
		chan->chosen = !chan->in_use && (all || !device_chosen(chans, chan->device));
		nr_chosen += chan->chosen;
	}
	if (!nr_free)
		return tool_fail(t, TOOL_ENV, "validate: all %zu DMA channels are in use; %s",
				 chans->nr, validate_free_hint(t));
	if (nr_chosen < nr_free)
		fprintf(stderr,
			"dcbm: validate: one channel per device: %zu of %zu free channels; --chan all tests all\n",
			nr_chosen, nr_free);
	else if (nr_free < chans->nr)
		fprintf(stderr, "dcbm: validate: %zu of %zu channels are in use and skipped\n",
			chans->nr - nr_free, chans->nr);
	return 0;
}

static void drop_others(struct validate_chans *chans)
{
	size_t i, nr = 0;

	for (i = 0; i < chans->nr; i++)
		if (chans->chan[i].chosen)
			chans->chan[nr++] = chans->chan[i];
	chans->nr = nr;
}

/**
 * validate_chans_find() - choose channels
 * @t: run
 * @conf: has the choice of the user
 * @chans: gets the channels, to be freed also after an error
 *
 * Without --chan, a line on stderr reports which channels are skipped.
 *
 * Return: 0, or TOOL_USAGE or TOOL_ENV with the reason noted.
 */
int validate_chans_find(struct tool *t, const struct validate_conf *conf,
			struct validate_chans *chans)
{
	bool all = conf->chan && !strcmp(conf->chan, "all");
	int ret;

	*chans = (struct validate_chans) { .chan = NULL };
	ret = look_all(t, chans);
	if (ret)
		return ret;
	if (conf->chan && !all)
		ret = choose_named(t, chans, conf->chan);
	else
		ret = choose_free(t, chans, all);
	drop_others(chans);
	return ret;
}

void validate_chans_free(struct validate_chans *chans)
{
	free(chans->chan);
	*chans = (struct validate_chans) { .chan = NULL };
}
