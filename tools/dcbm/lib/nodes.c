// SPDX-License-Identifier: GPL-2.0-only
/* NUMA nodes with memory, by libnuma */
#include <numa.h>
#include <stdio.h>

#include "lib/nodes.h"

/* Finds the nodes with memory; none on a kernel without NUMA. */
void nodes_read(struct nodes *nodes)
{
	struct bitmask *allowed;
	int id;

	nodes->nr = 0;
	if (numa_available() < 0)
		return;
	allowed = numa_get_mems_allowed();
	for (id = 0; id <= numa_max_node() && nodes->nr < NODES_MAX; id++)
		if (numa_bitmask_isbitset(allowed, (unsigned int)id) &&
		    numa_node_size64(id, NULL) > 0)
			nodes->id[nodes->nr++] = id;
	numa_bitmask_free(allowed);
}

/* Returns all memory of a node in bytes, free or in use. */
uint64_t nodes_size(int id)
{
	long long size = numa_node_size64(id, NULL);

	return size > 0 ? (uint64_t)size : 0;
}

bool nodes_has(const struct nodes *nodes, int id)
{
	unsigned int i;

	for (i = 0; i < nodes->nr; i++)
		if (nodes->id[i] == id)
			return true;
	return false;
}

/* Formats the nodes as "0, 1" or "none". A list longer than @size, at least 8, is truncated. */
const char *nodes_text(const struct nodes *nodes, char *buf, size_t size)
{
	size_t len = 0;
	unsigned int i;

	snprintf(buf, size, "none");
	for (i = 0; i < nodes->nr && len + 8 < size; i++)
		len += (size_t)snprintf(buf + len, size - len, "%s%d", i ? ", " : "",
					nodes->id[i]);
	return buf;
}
