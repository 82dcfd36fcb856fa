// SPDX-License-Identifier: GPL-2.0-only
/*
 * Signals that end a run, see sig.h. The one global of the tool: a signal handler has
 * no argument by which it could be handed anything.
 */
#include <signal.h>
#include <stddef.h>

#include "lib/sig.h"

static int caught;

static void on_signal(int sig)
{
	__atomic_store_n(&caught, sig, __ATOMIC_RELAXED);
}

/**
 * sig_catch_one() - from now on a signal is noted and interrupts system calls
 * @sig: signal
 *
 * The second one of the kind has its usual effect again, so that a run that hangs
 * can still be killed from the keyboard.
 */
void sig_catch_one(int sig)
{
	struct sigaction action = { .sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND };

	sigemptyset(&action.sa_mask);
	sigaction(sig, &action, NULL);
}

/** sig_catch() - sig_catch_one() for what ends a run from the keyboard or from outside */
void sig_catch(void)
{
	sig_catch_one(SIGINT);
	sig_catch_one(SIGTERM);
}

/**
 * sig_caught() - did a signal come?
 *
 * Return: Its number, or 0.
 */
int sig_caught(void)
{
	return __atomic_load_n(&caught, __ATOMIC_RELAXED);
}
