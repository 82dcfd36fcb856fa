/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a machine needs to copy by DMA.
 */
#ifndef DCBM_CHECKS_H
#define DCBM_CHECKS_H

#include <stdbool.h>

struct tool;

enum verdict { CHECK_OK, CHECK_WARN, CHECK_MISSING };

/**
 * struct finding - what a check saw
 * @detail: one line
 * @fix: how to mend it, one line; empty: as struct check says
 */
struct finding {
	char detail[200];
	char fix[200];
};

/**
 * struct check - one thing that is needed or good to have
 * @name: short name, a key for scripts
 * @needed: without it nothing is copied by DMA
 * @fix: how to get it, one line
 * @look: looks for it. What is not @needed is never worse than a warning.
 */
struct check {
	const char *name;
	bool needed;
	const char *fix;
	enum verdict (*look)(struct tool *t, struct finding *f);
};

/** checks - all of them, ended by an entry without name */
extern const struct check checks[];

#endif /* DCBM_CHECKS_H */
