// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reader of /dev/kmsg, see kmsg.h. Format: Documentation/ABI/testing/dev-kmsg.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/kmsg.h"

/* The kernel hands out one record a read, and none is longer (CONSOLE_EXT_LOG_MAX). */
#define RECORD_MAX	8192

/**
 * kmsg_open_end() - begin to listen
 *
 * Return: File descriptor that will give only what is logged from now on, or -1 if
 * the log cannot be read.
 */
int kmsg_open_end(void)
{
	int fd = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);

	if (fd >= 0 && lseek(fd, 0, SEEK_END) < 0) {
		close(fd);
		fd = -1;
	}
	return fd;
}

/**
 * kmsg_match() - look for a message in a record
 * @record: "priority,sequence,time,flags;text\n dictionary"; is cut at its newline
 * @mark: what the message contains
 *
 * Return: What stands behind @mark in @record, or NULL.
 */
const char *kmsg_match(char *record, const char *mark)
{
	char *text = strchr(record, ';');
	char *at;

	if (!text)
		return NULL;
	text[strcspn(text, "\n")] = '\0';
	at = strstr(text, mark);
	if (!at)
		return NULL;
	at += strlen(mark);
	return at + strspn(at, " ");
}

/**
 * kmsg_find() - the last message logged since kmsg_open_end()
 * @fd: from there; -1 finds nothing
 * @mark: what the message contains
 * @line: gets what stands behind @mark
 * @size: bytes of @line
 *
 * Return: 0 or -ENOENT.
 */
int kmsg_find(int fd, const char *mark, char *line, size_t size)
{
	char record[RECORD_MAX + 1];
	int ret = -ENOENT;
	ssize_t got;

	if (fd < 0)
		return ret;
	for (;;) {
		const char *found;

		got = read(fd, record, RECORD_MAX);
		/* EPIPE: records were overwritten before we read them; go on. */
		if (got < 0 && (errno == EPIPE || errno == EINTR))
			continue;
		if (got <= 0)
			return ret;
		record[got] = '\0';
		found = kmsg_match(record, mark);
		if (found) {
			snprintf(line, size, "%s", found);
			ret = 0;
		}
	}
}
