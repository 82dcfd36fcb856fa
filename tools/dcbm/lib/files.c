// SPDX-License-Identifier: GPL-2.0-only
/* Small files of sysfs and procfs, paths, mount points */
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "lib/files.h"
#include "lib/tool.h"

/* Far above the size of any file in sysfs and procfs; a larger file is an error. */
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
 * @text: gets the content, to be freed by text_free(); empty after an error
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

void text_free(struct text *text)
{
	free(text->buf);
	*text = (struct text) { .buf = NULL };
}

/**
 * text_line() - first line of a file
 * @path: file
 *
 * Return: The line without newline, to be freed, or NULL with errno set.
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

bool path_exists(const char *fmt, ...)
{
	char path[PATH_MAX + 256];
	va_list args;

	va_start(args, fmt);
	vsnprintf(path, sizeof(path), fmt, args);
	va_end(args);
	return !access(path, F_OK);
}

/*
 * Stores the last component of the target of a symbolic link. Returns false, and leaves @name
 * unchanged, if @path is no link.
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

/* Returns whether @path is in a file system with this magic number of linux/magic.h. */
bool is_mounted(const char *path, unsigned long magic)
{
	struct statfs fs;

	return !statfs(path, &fs) && (unsigned long)fs.f_type == magic;
}

/*
 * Stores the folder of tracefs, or the usual folder if tracefs is not mounted or not
 * accessible. Returns whether the events of tracefs are accessible.
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

/* Searches PATH for a program. Returns whether @file was filled. */
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
