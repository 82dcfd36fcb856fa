// SPDX-License-Identifier: GPL-2.0-only
/* Samples and keys of the live view */
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "driver/debugfs.h"
#include "lib/jutil.h"
#include "lib/progress.h"
#include "lib/sig.h"
#include "lib/tool.h"
#include "top/frame.h"
#include "top/layout.h"
#include "top/live.h"
#include "top/model.h"
#include "top/screen.h"

#define NS_PER_MS	1000000ULL

/* Longest wait: a signal that arrives just before the wait is noticed after this time. */
#define WAIT_MS_MAX	200

/* Reads all statistics. Returns 0 or TOOL_ENV with the reason noted. */
int top_load(struct tool *t, struct json_object **sample)
{
	struct json_object *obj;
	size_t i;
	int ret;

	*sample = json_object_new_object();
	for (i = 0; top_files[i]; i++) {
		ret = debugfs_load(t, top_files[i], &obj);
		if (ret) {
			json_object_put(*sample);
			*sample = NULL;
			return ret;
		}
		jadd(*sample, top_files[i], obj);
	}
	jadd_u64(*sample, "now_ns", now_ns());
	return 0;
}

void top_free(struct top *top)
{
	json_object_put(top->sample);
	json_object_put(top->result);
	top->sample = NULL;
	top->result = NULL;
}

/* Takes the next sample. A failure does not end the run, as the driver can be loaded again. */
static void take(struct top *top)
{
	struct json_object *sample;

	if (top_load(top->t, &sample)) {
		top_free(top);
		snprintf(top->view.lost, sizeof(top->view.lost), "%s", top->t->error);
		top->t->error[0] = '\0';
		return;
	}
	top->view.lost[0] = '\0';
	json_object_put(top->result);
	top->result = top_rates(top->sample, sample);
	top->frames += !!top->sample;
	json_object_put(top->sample);
	top->sample = sample;
}

/* Starts a new interval; the frame is not changed. */
static void rebase(struct top *top)
{
	struct json_object *sample;

	if (!top->sample || top_load(top->t, &sample)) {
		top->t->error[0] = '\0';
		return;
	}
	json_object_put(top->sample);
	top->sample = sample;
}

static void zero_statistics(struct top *top)
{
	int fd = debugfs_open_write(top->t, "reset"), err;

	top->view.note_bad = true;
	if (fd < 0) {
		snprintf(top->view.note, sizeof(top->view.note), "%s", top->t->error);
		top->t->error[0] = '\0';
		return;
	}
	err = debugfs_write(fd, "1\n");
	close(fd);
	top->view.note_bad = err;
	if (err)
		snprintf(top->view.note, sizeof(top->view.note), "cannot reset: %s",
			 strerror(err));
	else
		snprintf(top->view.note, sizeof(top->view.note), "statistics are zero");
	if (!err)
		take(top);
}

static int draw(struct top *top, struct screen *screen)
{
	struct frame frame;

	if (frame_init(&frame, screen->rows, screen->cols))
		return tool_fail(top->t, TOOL_ENV, "top: out of memory");
	top_draw(&frame, &top->view, top->result);
	screen_show(screen, &frame);
	frame_free(&frame);
	return 0;
}

/*
 * Returns the milliseconds from @now to @next, limited so that a signal just before the wait is
 * noticed soon.
 */
int top_wait_ms(uint64_t now, uint64_t next)
{
	uint64_t ms = next > now ? (next - now + NS_PER_MS - 1) / NS_PER_MS : 0;

	return (int)(ms < WAIT_MS_MAX ? ms : WAIT_MS_MAX);
}

/* Handles keys and samples until the end. Returns an enum tool_status. */
static int live(struct top *top, struct screen *screen)
{
	uint64_t last = now_ns();
	bool changed = true;

	for (;;) {
		uint64_t now = now_ns(), next = last + top->view.interval_ns;
		int ret, wait;

		if (sig_caught())
			return TOOL_SIGNAL + sig_caught();
		if (!top->view.paused && now >= next) {
			take(top);
			last = now;
			changed = true;
			continue;
		}
		ret = changed ? draw(top, screen) : 0;
		if (ret)
			return ret;
		if (top->count && top->frames >= top->count)
			return TOOL_OK;
		changed = true;
		/* No next sample while paused */
		wait = top->view.paused ? WAIT_MS_MAX : top_wait_ms(now, next);
		switch (top_press(&top->view, screen_key(screen, wait))) {
		case TOP_ACT_QUIT:
			return TOOL_OK;
		case TOP_ACT_RESET:
			zero_statistics(top);
			last = now_ns();
			break;
		case TOP_ACT_RESUME:
			rebase(top);
			last = now_ns();
			break;
		case TOP_ACT_NONE:
			changed = false;
			break;
		default:
			break;
		}
	}
}

/*
 * Shows the statistics until the end; @top has the first sample. Returns an enum tool_status.
 */
int top_live(struct top *top)
{
	struct screen screen;
	int ret;

	/* Before ncurses, which installs handlers only for signals without a handler */
	sig_catch();
	sig_catch_one(SIGHUP);
	sig_catch_one(SIGQUIT);
	ret = screen_open(top->t, &screen);
	if (ret)
		return ret;
	top->view.live = true;
	top->view.look = screen.look;
	ret = live(top, &screen);
	screen_close(&screen);
	return ret;
}
