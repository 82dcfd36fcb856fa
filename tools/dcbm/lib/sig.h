/* SPDX-License-Identifier: GPL-2.0-only */
/* Signals that end a run early */
#ifndef DCBM_SIG_H
#define DCBM_SIG_H

void sig_catch_one(int sig);
void sig_catch(void);
int sig_caught(void);

#endif /* DCBM_SIG_H */
