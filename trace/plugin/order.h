/* SPDX-License-Identifier: LGPL-2.1 */
/* Tracking of the completion order of descriptors */
#ifndef DCBM_PLUGIN_ORDER_H
#define DCBM_PLUGIN_ORDER_H

#include <stdbool.h>
#include <stdint.h>

struct dcbm_order;

struct dcbm_order *dcbm_order_new(void);
void dcbm_order_free(struct dcbm_order *order);
void dcbm_order_at(struct dcbm_order *order, uint64_t ts, bool missed);
void dcbm_order_submit(struct dcbm_order *order, unsigned int dev, unsigned int nr,
		       uint64_t desc, unsigned int inflight);
unsigned int dcbm_order_complete(struct dcbm_order *order, unsigned int dev,
				 unsigned int nr, uint64_t desc);

#endif /* DCBM_PLUGIN_ORDER_H */
