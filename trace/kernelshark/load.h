/* SPDX-License-Identifier: LGPL-2.1 */
/* Entry points for KernelShark, and the context of a stream */
#ifndef DCBM_PLOT_LOAD_H
#define DCBM_PLOT_LOAD_H

#include <libkshark.h>
#include <libkshark-plugin.h>

#include "model.h"

#ifdef __cplusplus
extern "C" {
#endif

KS_DECLARE_PLUGIN_CONTEXT_METHODS(struct dp_context)

/* With KSHARK_MENU_PLUGIN_INITIALIZER() of window.cpp, the only exported symbols */
#pragma GCC visibility push(default)
int KSHARK_PLOT_PLUGIN_INITIALIZER(struct kshark_data_stream *stream);
int KSHARK_PLOT_PLUGIN_DEINITIALIZER(struct kshark_data_stream *stream);
#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif

#endif /* DCBM_PLOT_LOAD_H */
