// SPDX-License-Identifier: GPL-2.0-only
/* Jobs and errors of dcbm migrate */
#include <errno.h>
#include <numaif.h>
#include <string.h>
#include <unistd.h>

#include "lib/sig.h"
#include "lib/tool.h"
#include "migrate/conf.h"
#include "migrate/job.h"

void migrate_job_init(struct migrate_run *run, struct move_job *job)
{
	const struct migrate_conf *conf = run->conf;

	*job = (struct move_job) {
		.ops = run->ops,
		.pid = conf->pid,
		.threads = (unsigned int)conf->threads,
		.batch = (unsigned int)conf->batch,
		.retries = (unsigned int)conf->retries,
		.flags = conf->move_all ? MPOL_MF_MOVE_ALL : MPOL_MF_MOVE,
		.page_size = (size_t)sysconf(_SC_PAGESIZE),
		.progress = &run->progress,
	};
}

/**
 * migrate_error() - note why the memory cannot be moved
 * @t: run
 * @conf: configuration
 * @err: positive errno of move_folios() or folios_scan()
 *
 * Return: An enum tool_status.
 */
int migrate_error(struct tool *t, const struct migrate_conf *conf, int err)
{
	switch (err) {
	case EINTR:
		return tool_fail(t, TOOL_SIGNAL + sig_caught(), "migrate: interrupted");
	case EPERM:
	case EACCES:
		if (conf->pid && !conf->move_all)
			return tool_fail(t, TOOL_ENV,
					 "migrate: not allowed to move memory of process %d; run dcbm as root",
					 conf->pid);
		return tool_fail(t, TOOL_ENV, "migrate: not allowed; run dcbm as root");
	case ESRCH:
		return tool_fail(t, TOOL_ENV, "migrate: no process %d", conf->pid);
	default:
		return tool_fail(t, TOOL_ENV, "migrate: cannot move pages: %s", strerror(err));
	}
}
