// SPDX-License-Identifier: GPL-2.0-only
/*
 * The driver's debugfs folder: reading, parsing and writing its files.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "driver/debugfs.h"
#include "driver/parse.h"
#include "lib/files.h"
#include "lib/tool.h"

/* Returns whether dcbm_sg is loaded or built in. */
bool driver_loaded(const struct tool *t)
{
	return path_exists("%s/module/dcbm_sg", t->sysfs);
}

/* Reports why a file in the driver's debugfs folder cannot be used. */
static int no_file(struct tool *t, const char *file, const char *verb, int err)
{
	if (err == EACCES || err == EPERM)
		return tool_fail(t, TOOL_ENV, "cannot %s %s/dcbm/%s: %s; run dcbm as root", verb,
				 t->debugfs, file, strerror(err));
	if (err != ENOENT && err != ENOTDIR)
		return tool_fail(t, TOOL_ENV, "cannot %s %s/dcbm/%s: %s", verb, t->debugfs, file,
				 strerror(err));
	if (!t->debugfs_given && geteuid() && !is_mounted(t->debugfs, DEBUGFS_MAGIC))
		return tool_fail(t, TOOL_ENV, "debugfs at %s is not accessible; run dcbm as root",
				 t->debugfs);
	if (!t->debugfs_given && !is_mounted(t->debugfs, DEBUGFS_MAGIC))
		return tool_fail(t, TOOL_ENV,
				 "debugfs is not mounted at %s; 'mount -t debugfs none %s'",
				 t->debugfs, t->debugfs);
	if (!driver_loaded(t))
		return tool_fail(t, TOOL_ENV, "the driver is not loaded; 'modprobe dcbm_sg'");
	return tool_fail(t, TOOL_ENV,
			 "%s/dcbm/%s does not exist; load a dcbm_sg that provides this file, on a kernel with debugfs",
			 t->debugfs, file);
}

/**
 * debugfs_read() - read a file of the driver
 * @t: run
 * @file: name below dcbm/ in debugfs
 * @text: gets the content, to be freed by text_free()
 *
 * Return: 0 or TOOL_ENV with the reason noted.
 */
int debugfs_read(struct tool *t, const char *file, struct text *text)
{
	char path[PATH_MAX + 64];
	int ret;

	snprintf(path, sizeof(path), "%s/dcbm/%s", t->debugfs, file);
	ret = text_read(path, text);
	return ret ? no_file(t, file, "read", -ret) : 0;
}

/**
 * debugfs_load() - read and parse a file of the driver
 * @t: run
 * @file: name below dcbm/ in debugfs
 * @obj: gets the object of parse_file(), to be put
 *
 * Return: 0 or TOOL_ENV with the reason noted.
 */
int debugfs_load(struct tool *t, const char *file, struct json_object **obj)
{
	struct parse_error err;
	struct text text;
	int ret;

	ret = debugfs_read(t, file, &text);
	if (ret)
		return ret;
	*obj = parse_file(file, text.buf, text.len, &err);
	text_free(&text);
	if (*obj)
		return 0;
	return tool_fail(t, TOOL_ENV, "%s/dcbm/%s: line %u: %s", t->debugfs, file, err.line,
			 err.text);
}

/**
 * debugfs_open_write() - open a file of the driver for writing
 * @t: run
 * @file: name below dcbm/ in debugfs
 *
 * Return: File descriptor, or -1 with the reason noted, to exit with TOOL_ENV.
 */
int debugfs_open_write(struct tool *t, const char *file)
{
	char path[PATH_MAX + 64];
	int fd;

	snprintf(path, sizeof(path), "%s/dcbm/%s", t->debugfs, file);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		no_file(t, file, "write", errno);
	return fd;
}

/**
 * debugfs_write() - write to a file of the driver
 * @fd: from debugfs_open_write()
 * @text: the text, in one write(): the driver accepts all of it or nothing
 *
 * Return: 0 or a positive errno.
 */
int debugfs_write(int fd, const char *text)
{
	size_t len = strlen(text);
	ssize_t done = write(fd, text, len);

	if (done < 0)
		return errno;
	return (size_t)done == len ? 0 : EMSGSIZE;
}
