// SPDX-License-Identifier: GPL-2.0-only
/*
 * Table of the clauses.
 */
#include <linux/seq_file.h>

#include "clauses.h"

#define DCBM_CLAUSE_ROW(_group, _clause, _needs, _cases, _title)		\
	[DCBM_CLAUSE_##_group##_##_clause] = {				\
		.needs = DCBM_NEEDS_##_needs,				\
		.cases = _cases,					\
		.title = _title,						\
		.run = dcbm_v_##_group##_##_clause,			\
	},

const struct dcbm_clause dcbm_clauses[] = { DCBM_CLAUSES(DCBM_CLAUSE_ROW) };

const char * const dcbm_clause_names[] = { DCBM_CLAUSES(DCBM_CLAUSE_NAME) };

static const char * const dcbm_needs_names[] = {
	[DCBM_NEEDS_ANY] = "any",
	[DCBM_NEEDS_SG] = "sg",
};

void dcbm_clauses_show(struct seq_file *m)
{
	unsigned int i;

	for (i = 0; i < DCBM_NR_CLAUSES; i++)
		seq_printf(m, "clause %s %s %s\n", dcbm_clause_names[i],
			   dcbm_needs_names[dcbm_clauses[i].needs],
			   dcbm_clauses[i].title);
}
