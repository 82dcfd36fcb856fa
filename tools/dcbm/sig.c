// SPDX-License-Identifier: GPL-2.0-only
/*
 * SIGINT and SIGTERM, see sig.h. The one global of the tool: a signal handler has
 * no argument by which it could be handed anything.
 */
#include <signal.h>
#include <stddef.h>

#include "sig.h"

static int caught;

static void on_signal(int sig)
{
	__atomic_store_n(&caught, sig, __ATOMIC_RELAXED);
}

/**
 * sig_catch() - from now on signals are noted and interrupt system calls
 *
 * The second signal of a kind has its usual effect again, so that a run that hangs
 * can still be killed from the keyboard.
 */
void sig_catch(void)
{
	struct sigaction action = { .sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND };

	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
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
