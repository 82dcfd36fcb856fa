/* SPDX-License-Identifier: GPL-2.0-only */
/* Deliberate memory corruption, to show that the check finds it */
#ifndef DCBM_DAMAGE_H
#define DCBM_DAMAGE_H

#include "migrate/line.h"

struct verify;

/**
 * enum damage_kind - kind of corruption of the memory under test
 * @DAMAGE_NONE: no corruption
 * @DAMAGE_LOST: a page gets its older content back
 * @DAMAGE_TORN: the second half of each line of a page gets its older content back
 * @DAMAGE_SWAP: two pages are exchanged
 * @NR_DAMAGE_KINDS: number of kinds
 */
enum damage_kind { DAMAGE_NONE, DAMAGE_LOST, DAMAGE_TORN, DAMAGE_SWAP, NR_DAMAGE_KINDS };

extern const char *const damage_names[NR_DAMAGE_KINDS];

/**
 * struct damage - prepared corruption
 * @kind: kind of corruption
 * @page: first line of the page
 * @old: content of the page when damage_prepare() was called
 */
struct damage {
	enum damage_kind kind;
	uint32_t page;
	struct line *old;
};

int damage_prepare(struct damage *d, enum damage_kind kind, struct verify *v);
void damage_do(struct damage *d, struct verify *v);

#endif /* DCBM_DAMAGE_H */
