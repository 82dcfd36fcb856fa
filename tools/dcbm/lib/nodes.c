// SPDX-License-Identifier: GPL-2.0-only
/*
 * NUMA nodes by libnuma, see nodes.h.
 */
#include <numa.h>
#include <stdio.h>

#include "lib/nodes.h"

/**
 * nodes_read() - find the nodes with memory
 * @nodes: gets them; none if the kernel knows no NUMA
 */
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

/**
 * nodes_size() - memory of a node
 * @id: number
 *
 * Return: Bytes, free or not.
 */
uint64_t nodes_size(int id)
{
	long long size = numa_node_size64(id, NULL);

	return size > 0 ? (uint64_t)size : 0;
}

/**
 * nodes_has() - is this node one of them?
 * @nodes: nodes
 * @id: number
 *
 * Return: Whether it is.
 */
bool nodes_has(const struct nodes *nodes, int id)
{
	unsigned int i;

	for (i = 0; i < nodes->nr; i++)
		if (nodes->id[i] == id)
			return true;
	return false;
}

/**
 * nodes_text() - the nodes for a message
 * @nodes: nodes
 * @buf: gets "0, 1", or "none"
 * @size: bytes of @buf, at least 8; a list that does not fit is cut
 *
 * Return: @buf.
 */
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
