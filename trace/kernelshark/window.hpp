/* SPDX-License-Identifier: LGPL-2.1 */
/* Access to KernelShark's window */
#ifndef DCBM_PLOT_WINDOW_HPP
#define DCBM_PLOT_WINDOW_HPP

#include <libkshark.h>

/** dp_window_add_lanes() - show all lanes and the first migrating tasks of a stream */
void dp_window_add_lanes(int sd);

/** dp_window_show() - add the plot of a task, or remove it */
void dp_window_show(int sd, int pid, bool shown);

/** dp_window_mark() - set marker A to @a, and marker B to @b unless it is NULL */
void dp_window_mark(const kshark_entry *a, const kshark_entry *b);

#endif /* DCBM_PLOT_WINDOW_HPP */
