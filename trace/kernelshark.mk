# SPDX-License-Identifier: LGPL-2.1
#
# Differences between versions of KernelShark: 2.2 of Debian 12 is built with Qt 5, 2.4 of
# Debian 13 with Qt 6. A plugin must use the Qt of KernelShark, else both versions are loaded.
#
# Sets these variables:
#   PLOT_PKG      names of the packages for pkg-config
#   PLOT_LIBS     libraries to link with that pkg-config does not know
#   PLOT_MISSING  missing packages; empty if the plugin can be built

ks_dir := $(shell $(PKG_CONFIG) --variable=libdir libkshark 2> /dev/null)

# In Debian 13 the development link libkshark-gui.so points to libkshark-gui.so.2, which
# does not exist: the SONAME there is libkshark-gui.so.2.4.0. So the plugin is linked with
# the first file that exists.
ks_exists = $(shell for f in $(ks_dir)/$(1).so $(ks_dir)/$(1).so.*; do [ ! -e $$f ] || { echo $$f; break; }; done)
ks_plot := $(if $(ks_dir),$(call ks_exists,libkshark-plot))
ks_gui := $(if $(ks_dir),$(call ks_exists,libkshark-gui))
ks_qt := $(if $(ks_gui),$(shell readelf -d $(ks_gui) | sed -n 's/.*\[libQt\([0-9]*\)Widgets\.so.*/\1/p'))

# glu: needed by libkshark-plot.h, but the development package does not depend on it
PLOT_PKG := libkshark libtraceevent glu Qt$(ks_qt)Widgets
PLOT_LIBS := $(ks_plot:$(ks_dir)/%=-l:%) $(ks_gui:$(ks_dir)/%=-l:%)
PLOT_MISSING := $(if $(and $(ks_plot),$(ks_gui),$(ks_qt)),$(shell for p in $(PLOT_PKG); do \
	$(PKG_CONFIG) --exists $$p || echo $$p; done),libkshark)
