/* SPDX-License-Identifier: GPL-2.0-only */
/* Requirements of copying by DMA */
#ifndef DCBM_CHECKS_H
#define DCBM_CHECKS_H

#include <stdbool.h>

struct tool;

enum verdict { CHECK_OK, CHECK_WARN, CHECK_MISSING };

/**
 * struct finding - outcome of a check
 * @detail: one line
 * @fix: how to meet the requirement, one line; empty for &check.fix
 */
struct finding {
	char detail[200];
	char fix[200];
};

/**
 * struct check - a requirement or a recommendation
 * @name: short name, a key for scripts
 * @needed: a failed check means that nothing is copied by DMA
 * @fix: how to meet the requirement, one line
 * @look: does the check; at most a warning if not @needed
 */
struct check {
	const char *name;
	bool needed;
	const char *fix;
	enum verdict (*look)(struct tool *t, struct finding *f);
};

/** checks - all checks, ended by an entry without name */
extern const struct check checks[];

#endif /* DCBM_CHECKS_H */
