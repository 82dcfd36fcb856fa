/* SPDX-License-Identifier: GPL-2.0-only */
/* Preparation and submission of descriptors */
#ifndef _SIMDMA_PREP_H
#define _SIMDMA_PREP_H

struct simdma;

void simdma_prep_init(struct simdma *sd);

#endif /* _SIMDMA_PREP_H */
