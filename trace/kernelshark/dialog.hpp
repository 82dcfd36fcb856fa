/* SPDX-License-Identifier: LGPL-2.1 */
/* Dialog to choose the channels to show */
#ifndef DCBM_PLOT_DIALOG_HPP
#define DCBM_PLOT_DIALOG_HPP

class QWidget;

void dp_open_dialog(QWidget *parent);

#endif /* DCBM_PLOT_DIALOG_HPP */
