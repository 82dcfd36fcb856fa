/* SPDX-License-Identifier: LGPL-2.1 */
/* Drawing on the plots of KernelShark */
#ifndef DCBM_PLOT_DRAW_H
#define DCBM_PLOT_DRAW_H

#include <libkshark.h>
#include <libkshark-plugin.h>

#ifdef __cplusplus
extern "C" {
#endif

void dp_draw(struct kshark_cpp_argv *argv, int sd, int val, int draw_action);

#ifdef __cplusplus
}
#endif

#endif /* DCBM_PLOT_DRAW_H */
