// SPDX-License-Identifier: GPL-2.0-only
/* Messages in /dev/kmsg. Format: Documentation/ABI/testing/dev-kmsg */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/kmsg.h"

/* A read() returns one record: up to PRINTK_MESSAGE_MAX, 2048 bytes; 8192 in old kernels. */
#define RECORD_MAX	8192

/*
 * Returns a file descriptor that reads only messages logged from now on, or -1 if the log is
 * not accessible.
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
 * kmsg_match() - find a message in a record
 * @record: "priority,sequence,time,flags;text\n dictionary"; is truncated at the newline
 * @mark: text in the message
 *
 * Return: The text after @mark in @record, or NULL.
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
 * @fd: from kmsg_open_end(); -1 finds nothing
 * @mark: text in the message
 * @line: gets the text after @mark
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
		/* EPIPE: records were overwritten before they were read. */
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
