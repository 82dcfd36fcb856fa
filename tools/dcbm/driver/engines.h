/* SPDX-License-Identifier: GPL-2.0-only */
/* DMA engines with a driver, and DMA controllers without one */
#ifndef DCBM_ENGINES_H
#define DCBM_ENGINES_H

#include <limits.h>
#include <stddef.h>

struct tool;

/** struct engine - a driver and the number of channels of its devices */
struct engine {
	char driver[64];
	unsigned int channels;
};

/* More than a machine has kinds of DMA engines */
#define ENGINES_MAX	16

/**
 * struct engines - all DMA engines in sysfs
 * @nr: entries of @engine
 * @engine: drivers with channels, in the order of their names
 * @channels: channels in all, or -1 if the kernel has no DMA engine layer
 * @in_use: channels with a client
 * @idle: DMA controllers of device tree or PCI without a driver
 * @device: the first of these controllers
 * @alias: modalias of @device
 * @module: the kernel's module for @device, empty if there is none
 */
struct engines {
	size_t nr;
	struct engine engine[ENGINES_MAX];
	int channels;
	unsigned int in_use;
	unsigned int idle;
	char device[NAME_MAX + 1];
	char alias[128];
	char module[64];
};

void engines_find(const struct tool *t, struct engines *e);

#endif /* DCBM_ENGINES_H */
