/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * What the plugin asks of KernelShark's window.
 */
#ifndef DCBM_PLOT_WINDOW_HPP
#define DCBM_PLOT_WINDOW_HPP

#include "dcbm_plot.h"

/** dp_window_show() - show the plot of a task, or take it off */
void dp_window_show(int sd, int pid, bool shown);

/** dp_window_mark() - put marker A at an entry, and B at another one, if given */
void dp_window_mark(const kshark_entry *a, const kshark_entry *b);

#endif /* DCBM_PLOT_WINDOW_HPP */
