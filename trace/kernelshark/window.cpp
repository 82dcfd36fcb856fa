// SPDX-License-Identifier: LGPL-2.1
/*
 * Access to KernelShark's window: plots, markers, and the menu entry of the dialog
 */
#include <QtWidgets>

#include <KsPlugins.hpp>
#include <KsPluginsGUI.hpp>

#include "count.h"
#include "dialog.hpp"
#include "load.h"
#include "model.h"
#include "window.hpp"

/*
 * KernelShark exports these classes, but its packages lack the headers. Only the methods
 * in use are declared here, so the plugin must not create objects of these classes.
 */
class KsMainWindow : public QMainWindow {
public:
	void addPluginMenu(QString place, pluginActionFunc action);
};

class KsTraceGraph : public QWidget {
public:
	void addTaskPlot(int sd, int pid);
	void removeTaskPlot(int sd, int pid);
};

namespace {

/* More plots of tasks would move the lanes out of the visible area. */
constexpr int max_tasks = 4;

/* Set once by KernelShark; the window exists until the program ends. */
KsMainWindow *window;

KsTraceGraph *graph()
{
	for (QWidget *widget : window->findChildren<QWidget *>()) {
		/* By name: qobject_cast() needs code that moc generates */
		if (!qstrcmp(widget->metaObject()->className(), "KsTraceGraph"))
			return reinterpret_cast<KsTraceGraph *>(widget);
	}
	return nullptr;
}

/* Pids of the migrating tasks, in the order of their first batch */
QVector<int> tasks_of(const dp_context *ctx)
{
	QVector<int> pids;

	for (size_t i = 0; i < ctx->batches.nr && pids.size() < max_tasks; i++) {
		int pid = ctx->batches.box[i].start->pid;

		if (!pids.contains(pid))
			pids.append(pid);
	}
	return pids;
}

void open_dialog(KsMainWindow *parent)
{
	dp_open_dialog(parent);
}

void show_lanes(int sd)
{
	dp_context *ctx = __get_context(sd);

	if (!ctx)
		return;
	for (int pid : tasks_of(ctx))
		dp_window_show(sd, pid, true);
	for (int i = 0; i < ctx->nr_lanes; i++) {
		ctx->lane[i].shown = true;
		dp_window_show(sd, ctx->lane[i].pid, true);
	}
	dp_count_shown(ctx->nr_lanes);
}

} /* namespace */

/* Called while KernelShark draws, so the plots are added after drawing has ended. */
void dp_window_add_lanes(int sd)
{
	if (window)
		QTimer::singleShot(0, window, [sd] { show_lanes(sd); });
}

void dp_window_show(int sd, int pid, bool shown)
{
	KsTraceGraph *plots = window ? graph() : nullptr;

	if (!plots)
		return;
	/* Adding a plot that exists would show the plot twice */
	plots->removeTaskPlot(sd, pid);
	if (shown)
		plots->addTaskPlot(sd, pid);
}

void dp_window_mark(const kshark_entry *a, const kshark_entry *b)
{
	if (!window)
		return;
	markEntryA(window, a);
	if (b)
		markEntryB(window, b);
}

extern "C" __attribute__((visibility("default")))
void *KSHARK_MENU_PLUGIN_INITIALIZER(void *gui)
{
	window = static_cast<KsMainWindow *>(gui);
	window->addPluginMenu("Tools/dcbm channels", open_dialog);
	return nullptr;
}
