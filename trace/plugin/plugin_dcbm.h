/* SPDX-License-Identifier: LGPL-2.1 */
/* Entry points for libtraceevent, the only symbols that the plugin exports */
#ifndef PLUGIN_DCBM_H
#define PLUGIN_DCBM_H

#include <traceevent/event-parse.h>

#pragma GCC visibility push(default)
int TEP_PLUGIN_LOADER(struct tep_handle *tep);
int TEP_PLUGIN_UNLOADER(struct tep_handle *tep);
#pragma GCC visibility pop

#endif /* PLUGIN_DCBM_H */
