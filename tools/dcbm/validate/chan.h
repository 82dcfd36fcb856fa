/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * DMA channels: choice and state.
 */
#ifndef DCBM_VALIDATE_CHAN_H
#define DCBM_VALIDATE_CHAN_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

struct tool;
struct validate_conf;

/**
 * struct validate_chan - a DMA channel
 * @name: name of the channel
 * @device: name of the device, from @name if sysfs shows no device
 * @driver: driver of the device, "?" if unknown
 * @in_use: the channel has a client
 * @chosen: the channel is to be tested
 * @begun: a clause was run on the channel
 * @broken: the channel stopped working
 * @lost: why no further clause can run, empty while clauses can run
 */
struct validate_chan {
	char name[NAME_MAX + 1];
	char device[64];
	char driver[64];
	bool in_use;
	bool chosen;
	bool begun;
	bool broken;
	char lost[96];
};

/** struct validate_chans - channels to be tested; @chan is owned */
struct validate_chans {
	struct validate_chan *chan;
	size_t nr;
};

int validate_chans_find(struct tool *t, const struct validate_conf *conf,
			struct validate_chans *chans);
void validate_chans_free(struct validate_chans *chans);
bool validate_chan_in_use(const struct tool *t, const char *name);
bool validate_chan_quarantined(const struct tool *t, const char *name);
const char *validate_free_hint(struct tool *t);

#endif /* DCBM_VALIDATE_CHAN_H */
