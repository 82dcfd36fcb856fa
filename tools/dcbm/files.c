// SPDX-License-Identifier: GPL-2.0-only
/*
 * Small files of sysfs, procfs and debugfs, see files.h.
 */
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <linux/magic.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "files.h"
#include "parse.h"
#include "tool.h"

/* Far above what any of these files holds; a larger one is not what it should be. */
#define TEXT_MAX	(16UL << 20)

#define TEXT_CHUNK	16384UL

static int read_all(int fd, struct text *text)
{
	size_t room = 0;

	for (;;) {
		ssize_t got;

		if (room - text->len < TEXT_CHUNK) {
			char *buf;

			if (text->len > TEXT_MAX)
				return -EFBIG;
			room += TEXT_CHUNK * 2;
			buf = realloc(text->buf, room + 1);
			if (!buf)
				return -ENOMEM;
			text->buf = buf;
		}
		got = read(fd, text->buf + text->len, room - text->len);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -errno;
		if (!got)
			break;
		text->len += (size_t)got;
	}
	text->buf[text->len] = '\0';
	return 0;
}

/**
 * text_read() - read a whole file
 * @path: file
 * @text: gets its content, to be freed by text_free(); empty after an error
 *
 * Return: 0 or a negative errno; -EFBIG for files above 16 MiB.
 */
int text_read(const char *path, struct text *text)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int ret;

	*text = (struct text) { .buf = NULL };
	if (fd < 0)
		return -errno;
	ret = read_all(fd, text);
	close(fd);
	if (ret)
		text_free(text);
	return ret;
}

/**
 * text_free() - give back what text_read() made
 * @text: may be empty
 */
void text_free(struct text *text)
{
	free(text->buf);
	*text = (struct text) { .buf = NULL };
}

/**
 * text_line() - first line of a file
 * @path: file
 *
 * Return: The line without its newline, to be freed, or NULL with errno set.
 */
char *text_line(const char *path)
{
	struct text text;
	int ret = text_read(path, &text);

	if (ret) {
		errno = -ret;
		return NULL;
	}
	text.buf[strcspn(text.buf, "\n")] = '\0';
	return text.buf;
}

/**
 * path_exists() - is there such a file or folder?
 * @fmt: path
 *
 * Return: Whether it is there and may be seen.
 */
bool path_exists(const char *fmt, ...)
{
	char path[PATH_MAX + 256];
	va_list args;

	va_start(args, fmt);
	vsnprintf(path, sizeof(path), fmt, args);
	va_end(args);
	return !access(path, F_OK);
}

/**
 * link_name() - where a symbolic link leads to
 * @path: link
 * @name: gets the last name of its target, cut if it has no room
 * @len: room
 *
 * Return: Whether there is such a link; @name stays as it is if not.
 */
bool link_name(const char *path, char *name, size_t len)
{
	char target[PATH_MAX];
	ssize_t got = readlink(path, target, sizeof(target) - 1);

	if (got < 0)
		return false;
	target[got] = '\0';
	snprintf(name, len, "%s", basename(target));
	return true;
}

/**
 * is_mounted() - is this folder in a file system of that kind?
 * @path: folder
 * @magic: its magic number, see linux/magic.h
 *
 * Return: Whether it is.
 */
bool is_mounted(const char *path, unsigned long magic)
{
	struct statfs fs;

	return !statfs(path, &fs) && (unsigned long)fs.f_type == magic;
}

/**
 * driver_loaded() - is dcbm_sg there?
 * @t: run
 *
 * Return: Whether it is loaded or built in.
 */
bool driver_loaded(const struct tool *t)
{
	return path_exists("%s/module/dcbm_sg", t->sysfs);
}

/**
 * tracefs_find() - where is tracefs?
 * @t: run
 * @dir: gets the folder; where it should be if it is not
 * @len: room in it
 *
 * Return: Whether its events are to be seen.
 */
bool tracefs_find(const struct tool *t, char *dir, size_t len)
{
	snprintf(dir, len, "%s/kernel/tracing", t->sysfs);
	if (path_exists("%s/events", dir))
		return true;
	snprintf(dir, len, "%s/tracing", t->debugfs);
	if (path_exists("%s/events", dir))
		return true;
	snprintf(dir, len, "%s/kernel/tracing", t->sysfs);
	return false;
}

/**
 * program_find() - look for a program in PATH
 * @name: its name
 * @file: gets where it is
 * @len: room in it
 *
 * Return: Whether it is there.
 */
bool program_find(const char *name, char *file, size_t len)
{
	const char *path = getenv("PATH");
	size_t part;

	for (; path && *path; path += part + (path[part] == ':')) {
		part = strcspn(path, ":");
		snprintf(file, len, "%.*s/%s", (int)part, path, name);
		if (!access(file, X_OK))
			return true;
	}
	return false;
}

/* Says why a file of the driver's debugfs folder cannot be used. */
static int no_file(struct tool *t, const char *file, const char *verb, int err)
{
	if (err == EACCES || err == EPERM)
		return tool_fail(t, TOOL_ENV, "cannot %s %s/dcbm/%s: %s; run it as root", verb,
				 t->debugfs, file, strerror(err));
	if (err != ENOENT && err != ENOTDIR)
		return tool_fail(t, TOOL_ENV, "cannot %s %s/dcbm/%s: %s", verb, t->debugfs, file,
				 strerror(err));
	if (!t->debugfs_given && geteuid() && !is_mounted(t->debugfs, DEBUGFS_MAGIC))
		return tool_fail(t, TOOL_ENV, "debugfs cannot be seen at %s; run it as root",
				 t->debugfs);
	if (!t->debugfs_given && !is_mounted(t->debugfs, DEBUGFS_MAGIC))
		return tool_fail(t, TOOL_ENV,
				 "debugfs is not mounted at %s; 'mount -t debugfs none %s'",
				 t->debugfs, t->debugfs);
	if (!driver_loaded(t))
		return tool_fail(t, TOOL_ENV, "the driver is not loaded; 'modprobe dcbm_sg'");
	return tool_fail(t, TOOL_ENV,
			 "%s/dcbm/%s does not exist; load a dcbm_sg that has it, on a kernel with debugfs",
			 t->debugfs, file);
}

/**
 * debugfs_read() - read a file of the driver
 * @t: run
 * @file: name below dcbm/ in debugfs
 * @text: gets its content, to be freed by text_free()
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
 * @obj: gets what parse_file() makes of it, to be put
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
 * @text: what to write, in one piece: the driver takes it whole or not at all
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
