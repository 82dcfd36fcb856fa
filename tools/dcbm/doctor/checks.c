// SPDX-License-Identifier: GPL-2.0-only
/* Requirements of copying by DMA on this machine */
#include <errno.h>
#include <linux/magic.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "doctor/checks.h"
#include "driver/engines.h"
#include "driver/parse.h"
#include "lib/files.h"
#include "lib/jutil.h"
#include "lib/nodes.h"
#include "lib/tool.h"
#include "lib/util.h"

/* A symbol that only a kernel with the offload core has */
#define OFFLOAD_SYMBOL	"migrate_offload_register"

__printf(3, 4)
static enum verdict found(struct finding *f, enum verdict result, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(f->detail, sizeof(f->detail), fmt, args);
	va_end(args);
	return result;
}

static enum verdict look_root(struct tool *t, struct finding *f)
{
	(void)t;
	if (!geteuid())
		return found(f, CHECK_OK, "running as root");
	return found(f, CHECK_MISSING, "running as user %u", geteuid());
}

static bool has_symbol(FILE *in, const char *symbol)
{
	char name[128];

	/* "address type name [module]" */
	while (fscanf(in, "%*s %*s %127s%*[^\n]", name) == 1)
		if (!strcmp(name, symbol))
			return true;
	return false;
}

static enum verdict look_core(struct tool *t, struct finding *f)
{
	char path[PATH_MAX + 16];
	bool has;
	FILE *in;

	snprintf(path, sizeof(path), "%s/kallsyms", t->procfs);
	in = fopen(path, "re");
	if (!in)
		return found(f, CHECK_WARN, "unknown: %s: %m", path);
	has = has_symbol(in, OFFLOAD_SYMBOL);
	fclose(in);
	if (has)
		return found(f, CHECK_OK, "the kernel has %s()", OFFLOAD_SYMBOL);
	return found(f, CHECK_MISSING, "the kernel has no %s()", OFFLOAD_SYMBOL);
}

static enum verdict look_numa(struct tool *t, struct finding *f)
{
	struct nodes nodes;
	char buf[80];

	(void)t;
	nodes_read(&nodes);
	return found(f, nodes.nr > 1 ? CHECK_OK : CHECK_MISSING, "nodes with memory: %s",
		     nodes_text(&nodes, buf, sizeof(buf)));
}

static enum verdict look_debugfs(struct tool *t, struct finding *f)
{
	if (t->debugfs_given)
		return found(f, path_exists("%s", t->debugfs) ? CHECK_OK : CHECK_MISSING,
			     "%s, as given", t->debugfs);
	if (is_mounted(t->debugfs, DEBUGFS_MAGIC))
		return found(f, CHECK_OK, "mounted at %s", t->debugfs);
	return found(f, CHECK_MISSING, "not mounted at %s or not accessible", t->debugfs);
}

static enum verdict look_driver(struct tool *t, struct finding *f)
{
	if (path_exists("%s/module/dcbm_sg", t->sysfs))
		return found(f, CHECK_OK, "dcbm_sg is loaded");
	return found(f, CHECK_MISSING, "dcbm_sg is not loaded");
}

/* "zynqmp-dma (8 channels), simdma (16 channels)" */
static void engines_text(const struct engines *e, char *buf, size_t len)
{
	size_t i, at = 0;

	for (i = 0; i < e->nr && at < len; i++)
		at += (size_t)snprintf(buf + at, len - at, "%s%s (%u channels)", i ? ", " : "",
				       e->engine[i].driver, e->engine[i].channels);
}

static enum verdict look_engine(struct tool *t, struct finding *f)
{
	struct engines e;
	char buf[120] = "no engine";

	engines_find(t, &e);
	engines_text(&e, buf, sizeof(buf));
	if (e.idle) {
		if (e.module[0])
			snprintf(f->fix, sizeof(f->fix), "modprobe %s", e.module);
		else
			snprintf(f->fix, sizeof(f->fix),
				 "this kernel has no module for %.120s; configure and build it",
				 e.alias);
		return found(f, e.nr ? CHECK_WARN : CHECK_MISSING,
			     "%s; no driver for %u DMA controllers, e.g. %.60s", buf, e.idle,
			     e.device);
	}
	if (e.nr)
		return found(f, CHECK_OK, "%s", buf);
	return found(f, CHECK_MISSING, "no engine, and no DMA controller without a driver");
}

static enum verdict look_channels(struct tool *t, struct finding *f)
{
	struct engines e;

	engines_find(t, &e);
	if (e.channels < 0)
		return found(f, CHECK_MISSING,
			     "no %s/class/dma: the kernel has no DMA engine layer", t->sysfs);
	return found(f, e.channels ? CHECK_OK : CHECK_MISSING,
		     "%d DMA channels, %u of them in use", e.channels, e.in_use);
}

/* Capabilities of a channel are not in sysfs, only the driver knows them. */
static enum verdict look_memcpy_sg(struct tool *t, struct finding *f)
{
	struct json_object *obj, *rows;
	struct parse_error err;
	char path[PATH_MAX + 32];
	unsigned int sg = 0;
	struct text text;
	size_t i, nr;

	snprintf(path, sizeof(path), "%s/dcbm/channels", t->debugfs);
	if (text_read(path, &text))
		return found(f, CHECK_WARN, "unknown: no %s", path);
	obj = parse_file("channels", text.buf, text.len, &err);
	text_free(&text);
	if (!obj)
		return found(f, CHECK_WARN, "unknown: %s: line %u: %s", path, err.line,
			     err.text);
	rows = jget(obj, "channels");
	nr = jlen(rows);
	for (i = 0; i < nr; i++)
		sg += !strcmp(jstr(jat(rows, i), "backend"), "memcpy_sg");
	json_object_put(obj);
	if (!nr)
		return found(f, CHECK_WARN, "unknown: the driver has not acquired a channel yet");
	return found(f, sg ? CHECK_OK : CHECK_WARN,
		     "%u of the driver's %zu channels copy by memcpy_sg", sg, nr);
}

static enum verdict look_offloading(struct tool *t, struct finding *f)
{
	char path[PATH_MAX + 64], *line;
	bool on;

	snprintf(path, sizeof(path), "%s/module/dcbm_sg/parameters/offloading", t->sysfs);
	line = text_line(path);
	if (!line)
		return found(f, CHECK_WARN, "no %s", path);
	on = !strcmp(line, "1") || !strcmp(line, "Y");
	free(line);
	return found(f, on ? CHECK_OK : CHECK_WARN, "migrations are %scopied by DMA",
		     on ? "" : "not ");
}

static enum verdict look_tracefs(struct tool *t, struct finding *f)
{
	char path[PATH_MAX + 32];

	if (!tracefs_find(t, path, sizeof(path)))
		return found(f, CHECK_WARN, "tracefs is not mounted or not accessible");
	if (!path_exists("%s/events/dcbm", path))
		return found(f, CHECK_WARN, "%s has no events of system dcbm", path);
	return found(f, CHECK_OK, "events of system dcbm are in %s", path);
}

static enum verdict look_thp(struct tool *t, struct finding *f)
{
	char path[PATH_MAX + 64], *line;
	bool on;

	snprintf(path, sizeof(path), "%s/kernel/mm/transparent_hugepage/enabled", t->sysfs);
	line = text_line(path);
	if (!line)
		return found(f, CHECK_WARN, "the kernel has no transparent huge pages");
	on = !strstr(line, "[never]");
	found(f, CHECK_OK, "transparent huge pages: %.80s", line);
	free(line);
	return on ? CHECK_OK : CHECK_WARN;
}

static enum verdict look_trace_cmd(struct tool *t, struct finding *f)
{
	char file[PATH_MAX];

	(void)t;
	if (program_find("trace-cmd", file, sizeof(file)))
		return found(f, CHECK_OK, "%.180s", file);
	return found(f, CHECK_WARN, "trace-cmd is not in PATH");
}

const struct check checks[] = {
	{ .name = "root", .needed = true, .look = look_root,
	  .fix = "run dcbm as root, e.g. by sudo" },
	{ .name = "core", .needed = true, .look = look_core,
	  .fix = "boot a kernel with kernel/patches and CONFIG_MIGRATION_COPY_OFFLOAD=y" },
	{ .name = "numa", .needed = true, .look = look_numa,
	  .fix = "use a machine or VM with two nodes; for a test boot with 'numa=fake=2'" },
	{ .name = "debugfs", .needed = true, .look = look_debugfs,
	  .fix = "mount -t debugfs none /sys/kernel/debug" },
	{ .name = "driver", .needed = true, .look = look_driver,
	  .fix = "modprobe dcbm_sg" },
	{ .name = "engine", .needed = true, .look = look_engine,
	  .fix = "use a machine with a DMA engine, or 'modprobe simdma' for a software engine" },
	{ .name = "channels", .needed = true, .look = look_channels,
	  .fix = "load the driver of your DMA engine, or 'modprobe simdma' for a software engine" },
	{ .name = "memcpy_sg", .look = look_memcpy_sg,
	  .fix = "turn offloading on, with an engine that has DMA_MEMCPY_SG" },
	{ .name = "offloading", .look = look_offloading,
	  .fix = "echo 1 > /sys/module/dcbm_sg/parameters/offloading" },
	{ .name = "tracefs", .look = look_tracefs,
	  .fix = "mount -t tracefs none /sys/kernel/tracing, and load dcbm_sg" },
	{ .name = "thp", .look = look_thp,
	  .fix = "echo madvise > /sys/kernel/mm/transparent_hugepage/enabled" },
	{ .name = "trace-cmd", .look = look_trace_cmd,
	  .fix = "apt-get install trace-cmd" },
	{ .name = NULL }
};
