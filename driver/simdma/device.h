/* SPDX-License-Identifier: GPL-2.0-only */
/* Creation and removal of devices */
#ifndef _SIMDMA_DEVICE_H
#define _SIMDMA_DEVICE_H

struct device;
struct simdma;
struct simdma_config;

int simdma_devices_init(void);
void simdma_devices_exit(void);
struct simdma *simdma_create(struct device *dev, const struct simdma_config *cfg);
void simdma_destroy(struct simdma *sd);

#endif /* _SIMDMA_DEVICE_H */
