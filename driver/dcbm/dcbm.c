// SPDX-License-Identifier: GPL-2.0-only
/*
 * The one instance of the driver, with the defaults of its parameters
 */
#include "dcbm.h"

/*
 * Defaults, not tuned: every engine that was examined accepts 32 segments per descriptor,
 * and a working engine copies them in much less than 1000 ms.
 */
#define DCBM_DEFAULT_MAX_SG	32
#define DCBM_DEFAULT_TIMEOUT_MS	1000

struct dcbm dcbm = {
	.reason_mask = MIGRATE_OFFLOAD_REASONS_ALLOWED,
	.opt = {
		.backend = DCBM_BE_AUTO,
		.nr_chan = DCBM_MAX_CHANNELS,
		.min_folios = 1,
		.timeout_ms = DCBM_DEFAULT_TIMEOUT_MS,
		.completion = DCBM_IRQ,
	},
	.pool.config = {
		.nr_chan = DCBM_MAX_CHANNELS,
		.max_sg = DCBM_DEFAULT_MAX_SG,
		.backend = DCBM_BE_AUTO,
	},
};

struct dcbm_options dcbm_options_get(const struct dcbm *d)
{
	return (struct dcbm_options) {
		.backend = READ_ONCE(d->opt.backend),
		.nr_chan = READ_ONCE(d->opt.nr_chan),
		.min_folios = READ_ONCE(d->opt.min_folios),
		.timeout_ms = READ_ONCE(d->opt.timeout_ms),
		.completion = READ_ONCE(d->opt.completion),
	};
}
