/* SPDX-License-Identifier: GPL-2.0-only */
/* The copy of a descriptor */
#ifndef _SIMDMA_COPY_H
#define _SIMDMA_COPY_H

#include <linux/dmaengine.h>

struct simdma_desc;

enum dmaengine_tx_result simdma_copy(struct simdma_desc *desc);

#endif /* _SIMDMA_COPY_H */
