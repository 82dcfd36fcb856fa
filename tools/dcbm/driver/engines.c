// SPDX-License-Identifier: GPL-2.0-only
/* DMA engines in sysfs */
#include <dirent.h>
#include <fnmatch.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "driver/engines.h"
#include "lib/files.h"
#include "lib/tool.h"

/*
 * Buses of DMA controllers, and patterns of their modalias: the generic name of the Devicetree
 * Specification (2.2.2), the name "dma" of many device trees, and PCI class 08 01.
 */
static const struct {
	const char *bus;
	const char *alias;
} controllers[] = {
	{ "platform", "of:Ndma-controllerT*" },
	{ "platform", "of:NdmaT*" },
	{ "pci", "pci:*bc08sc01i*" },
};

static void add_channel(struct engines *e, const char *driver)
{
	size_t i;

	for (i = 0; i < e->nr; i++)
		if (!strcmp(e->engine[i].driver, driver))
			break;
	if (i == e->nr) {
		if (e->nr == ENGINES_MAX)
			return;
		snprintf(e->engine[e->nr++].driver, sizeof(e->engine[i].driver), "%s", driver);
	}
	e->engine[i].channels++;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct engine *)a)->driver, ((const struct engine *)b)->driver);
}

static void find_channels(const struct tool *t, struct engines *e)
{
	char path[PATH_MAX + 300], driver[64], *line;
	struct dirent *entry;
	DIR *dir;

	snprintf(path, sizeof(path), "%s/class/dma", t->sysfs);
	dir = opendir(path);
	if (!dir) {
		e->channels = -1;
		return;
	}
	while ((entry = readdir(dir))) {
		if (entry->d_name[0] == '.')
			continue;
		e->channels++;
		snprintf(path, sizeof(path), "%s/class/dma/%s/in_use", t->sysfs, entry->d_name);
		line = text_line(path);
		e->in_use += line && strtoul(line, NULL, 10) > 0;
		free(line);
		snprintf(path, sizeof(path), "%s/class/dma/%s/device/driver", t->sysfs,
			 entry->d_name);
		if (link_name(path, driver, sizeof(driver)))
			add_channel(e, driver);
	}
	closedir(dir);
	qsort(e->engine, e->nr, sizeof(e->engine[0]), by_name);
}

static void add_idle(struct engines *e, const char *device, const char *alias)
{
	/* The first by name, so that the output does not depend on the order of readdir() */
	if (!e->idle++ || strcmp(device, e->device) < 0) {
		snprintf(e->device, sizeof(e->device), "%s", device);
		snprintf(e->alias, sizeof(e->alias), "%s", alias);
	}
}

static void find_idle(const struct tool *t, struct engines *e, const char *bus,
		      const char *pattern)
{
	char path[PATH_MAX + 300], *alias;
	struct dirent *entry;
	DIR *dir;

	snprintf(path, sizeof(path), "%s/bus/%s/devices", t->sysfs, bus);
	dir = opendir(path);
	if (!dir)
		return;
	while ((entry = readdir(dir))) {
		if (entry->d_name[0] == '.' ||
		    path_exists("%s/bus/%s/devices/%s/driver", t->sysfs, bus, entry->d_name))
			continue;
		snprintf(path, sizeof(path), "%s/bus/%s/devices/%s/modalias", t->sysfs, bus,
			 entry->d_name);
		alias = text_line(path);
		if (alias && !fnmatch(pattern, alias, 0))
			add_idle(e, entry->d_name, alias);
		free(alias);
	}
	closedir(dir);
}

/* Table of depmod: "alias PATTERN MODULE" */
static void find_module(const struct tool *t, struct engines *e)
{
	char path[PATH_MAX + 300], pattern[256], module[64], *release;
	FILE *in;

	snprintf(path, sizeof(path), "%s/sys/kernel/osrelease", t->procfs);
	release = text_line(path);
	if (!release)
		return;
	snprintf(path, sizeof(path), "%s/%s/modules.alias", t->modules, release);
	free(release);
	in = fopen(path, "re");
	if (!in)
		return;
	while (!e->module[0] && fscanf(in, "%255s", pattern) == 1) {
		if (!strcmp(pattern, "alias") &&
		    fscanf(in, "%255s %63s", pattern, module) == 2 &&
		    !fnmatch(pattern, e->alias, 0))
			memcpy(e->module, module, sizeof(module));
	}
	fclose(in);
}

/* Finds DMA engines; @t has the folders of sysfs and of the modules. */
void engines_find(const struct tool *t, struct engines *e)
{
	size_t i;

	memset(e, 0, sizeof(*e));
	find_channels(t, e);
	for (i = 0; i < ARRAY_SIZE(controllers); i++)
		find_idle(t, e, controllers[i].bus, controllers[i].alias);
	if (e->idle)
		find_module(t, e);
}
