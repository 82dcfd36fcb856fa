/* SPDX-License-Identifier: GPL-2.0-only */
/* Messages of the kernel log */
#ifndef DCBM_KMSG_H
#define DCBM_KMSG_H

#include <stddef.h>

int kmsg_open_end(void);
const char *kmsg_match(char *record, const char *mark);
int kmsg_find(int fd, const char *mark, char *line, size_t size);

#endif /* DCBM_KMSG_H */
