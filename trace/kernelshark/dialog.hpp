/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * The dialog that chooses channels.
 */
#ifndef DCBM_PLOT_DIALOG_HPP
#define DCBM_PLOT_DIALOG_HPP

class QWidget;

/** dp_open_dialog() - open it */
void dp_open_dialog(QWidget *parent);

#endif /* DCBM_PLOT_DIALOG_HPP */
