/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * DMA engines: those that work, and those that no driver has taken up.
 */
#ifndef DCBM_ENGINES_H
#define DCBM_ENGINES_H

#include <limits.h>
#include <stddef.h>

struct tool;

/** struct engine - a driver, and how many channels its devices have */
struct engine {
	char driver[64];
	unsigned int channels;
};

/* More drivers than a machine has kinds of DMA engines. */
#define ENGINES_MAX	16

/**
 * struct engines - what sysfs says of all DMA engines
 * @nr: entries of @engine
 * @engine: drivers with channels, in the order of their names
 * @channels: channels in all, or -1 if the kernel has no DMA engine layer
 * @in_use: those of them that have a client
 * @idle: DMA controllers of device tree or PCI that no driver has taken up
 * @device: the first of them
 * @alias: its modalias
 * @module: the kernel's module for it; empty if it has none
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
