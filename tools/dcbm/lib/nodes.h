/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * NUMA nodes.
 */
#ifndef DCBM_NODES_H
#define DCBM_NODES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NODES_MAX	64

/**
 * struct nodes - nodes with memory that this process may use
 * @id: numbers of the nodes, ascending
 * @nr: number of nodes
 */
struct nodes {
	int id[NODES_MAX];
	unsigned int nr;
};

void nodes_read(struct nodes *nodes);
uint64_t nodes_size(int id);
bool nodes_has(const struct nodes *nodes, int id);
const char *nodes_text(const struct nodes *nodes, char *buf, size_t size);

#endif /* DCBM_NODES_H */
