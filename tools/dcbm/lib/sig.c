// SPDX-License-Identifier: GPL-2.0-only
/*
 * Signals that end a run early. A signal handler has no argument, so the caught signal is global
 * state, the only one of the tool.
 */
#include <signal.h>
#include <stddef.h>

#include "lib/sig.h"

static int caught;

static void on_signal(int sig)
{
	__atomic_store_n(&caught, sig, __ATOMIC_RELAXED);
}

/*
 * Notes the first signal, which interrupts system calls. The second signal has its default
 * effect, so that a hanging run can be killed from the keyboard.
 */
void sig_catch_one(int sig)
{
	struct sigaction action = { .sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND };

	sigemptyset(&action.sa_mask);
	sigaction(sig, &action, NULL);
}

void sig_catch(void)
{
	sig_catch_one(SIGINT);
	sig_catch_one(SIGTERM);
}

/* Returns the number of the signal that was caught, or 0. */
int sig_caught(void)
{
	return __atomic_load_n(&caught, __ATOMIC_RELAXED);
}
