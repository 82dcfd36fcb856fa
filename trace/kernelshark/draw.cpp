// SPDX-License-Identifier: LGPL-2.1
/*
 * Drawing on the plots of KernelShark
 *
 * KernelShark calls dp_draw() for every plot:
 *
 *   lane	descriptors as boxes, in several rows where they overlap in time
 *   task	batches as spans above the bar of the task, fallbacks as marks
 *   CPU	fallbacks as marks
 */
#include <algorithm>
#include <string>
#include <vector>

#include <KsPlugins.hpp>
#include <KsPluginsGUI.hpp>

#include "colors.hpp"
#include "draw.h"
#include "load.h"
#include "model.h"
#include "shapes.hpp"
#include "window.hpp"

namespace {

/* The visible part of a recording, and its mapping to pixels */
class View {
public:
	View(kshark_trace_histo *histo, KsPlot::Graph *graph)
	: _histo(histo), _graph(graph) {}

	bool usable() const
	{
		return _histo->n_bins > 0 && _histo->bin_size > 0 && _graph->size() > 0;
	}

	bool shows(int64_t from, int64_t to) const
	{
		return to >= _histo->min && from <= _histo->max;
	}

	int x(int64_t ts) const
	{
		int64_t bin = (ts - _histo->min) / _histo->bin_size;

		bin = std::clamp<int64_t>(bin, 0, _histo->n_bins - 1);
		return _graph->bin(std::min<int>(bin, _graph->size() - 1))._base.x();
	}

	int base() const { return _graph->base(); }
	int height() const { return _graph->height(); }

private:
	kshark_trace_histo *_histo;
	KsPlot::Graph *_graph;
};

KsPlot::Color to_color(const dp_color &c)
{
	return KsPlot::Color(c.red, c.green, c.blue);
}

/* Skips shapes that cover the same pixels with the same colour. */
class Seen {
public:
	bool again(size_t row, int x0, int x1, int64_t value)
	{
		if (row >= _last.size())
			_last.resize(row + 1, { -1, -1, -1 });
		Last &last = _last[row];
		bool same = last.value == value && x0 >= last.x0 && x1 <= last.x1;

		if (!same)
			last = { x0, x1, value };
		return same;
	}

private:
	struct Last {
		int x0, x1;
		int64_t value;
	};
	std::vector<Last> _last;
};

/* With one row, a lane with one descriptor at a time would be a solid bar. */
constexpr int min_rows = 2;

/* Number of rows in the visible part; together they fill the height of the lane. */
int rows_shown(const View &view, const dp_lane *lane)
{
	int rows = min_rows;

	for (size_t i = 0; i < lane->boxes.nr; i++) {
		const dp_box *box = &lane->boxes.box[i];

		if (view.shows(box->start->ts, box->end->ts))
			rows = std::max<int>(rows, box->row + 1);
	}
	return rows;
}

void draw_lane(const View &view, const dp_lane *lane, KsPlot::PlotObjList *shapes)
{
	int rows = rows_shown(view, lane);
	Seen seen;

	/* Draw failed descriptors last, so that no other box hides them */
	for (bool ok : { true, false }) {
		for (size_t i = 0; i < lane->boxes.nr; i++) {
			const dp_box *box = &lane->boxes.box[i];

			if ((box->value == DCBM_RES_OK) != ok ||
			    !view.shows(box->start->ts, box->end->ts))
				continue;
			int x0 = view.x(box->start->ts), x1 = view.x(box->end->ts);
			int64_t look = 2 * box->value + box->overtook;

			if (seen.again(box->row, x0, x1, look))
				continue;
			int row = box->row;
			int top = view.base() - view.height() * (row + 1) / rows;
			int bottom = view.base() - view.height() * row / rows;
			DescBox *shape = new DescBox(box, x0, top, x1, bottom);

			shape->_color = to_color(dp_result_color(box->value));
			shapes->push_front(shape);
		}
	}
}

void draw_batches(const View &view, const dp_context *ctx, int pid,
		  KsPlot::PlotObjList *shapes)
{
	Seen seen;

	for (size_t i = 0; i < ctx->batches.nr; i++) {
		const dp_box *box = &ctx->batches.box[i];

		if (box->start->pid != pid || !view.shows(box->start->ts, box->end->ts))
			continue;
		int x0 = view.x(box->start->ts), x1 = view.x(box->end->ts);

		if (seen.again(0, x0, x1, box->value))
			continue;
		BatchSpan *shape = new BatchSpan(box, x0, x1, view.base(), view.height());

		shape->_color = to_color(dp_outcome_color(box->value));
		shapes->push_front(shape);
	}
}

void draw_fallbacks(const View &view, const dp_context *ctx, int draw_action, int val,
		    KsPlot::PlotObjList *shapes)
{
	Seen seen;

	for (size_t i = 0; i < ctx->fallbacks.nr; i++) {
		const dp_box *box = &ctx->fallbacks.box[i];
		const kshark_entry *entry = box->start;

		if (!view.shows(entry->ts, entry->ts))
			continue;
		if (val != (draw_action == KSHARK_TASK_DRAW ? entry->pid : entry->cpu))
			continue;
		int x = view.x(entry->ts);

		if (seen.again(0, x, x, box->value))
			continue;
		FallbackMark *shape = new FallbackMark(entry, x, view.base(), view.height());

		shape->_color = to_color(dp_reason_color(box->value));
		shapes->push_front(shape);
	}
}

} /* namespace */

/**
 * dp_draw() - draw on a plot
 * @argv: the plot, the visible range, and the list to add shapes to
 * @sd: id of the stream
 * @val: CPU or pid of the plot
 * @draw_action: KSHARK_TASK_DRAW or KSHARK_CPU_DRAW
 */
void dp_draw(kshark_cpp_argv *argv, int sd, int val, int draw_action)
{
	KsCppArgV *cpp = KS_ARGV_TO_CPP(argv);
	dp_context *ctx = __get_context(sd);
	View view(cpp->_histo, cpp->_graph);

	if (!ctx || !view.usable() || !(draw_action & (KSHARK_TASK_DRAW | KSHARK_CPU_DRAW)))
		return;
	dp_build(ctx);
	if (!ctx->lanes_added) {
		ctx->lanes_added = true;
		dp_window_add_lanes(sd);
	}

	KsPlot::PlotObjList shapes;
	const dp_lane *lane = draw_action == KSHARK_TASK_DRAW ? dp_lane_of_task(ctx, val) :
								 nullptr;

	if (lane) {
		draw_lane(view, lane, &shapes);
	} else {
		if (draw_action == KSHARK_TASK_DRAW)
			draw_batches(view, ctx, val, &shapes);
		draw_fallbacks(view, ctx, draw_action, val, &shapes);
	}
	/* KernelShark draws from the front of the list; push_front() has reversed the order */
	shapes.reverse();
	cpp->_shapes->splice_after(cpp->_shapes->before_begin(), shapes);
}
