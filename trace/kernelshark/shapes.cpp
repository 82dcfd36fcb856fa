// SPDX-License-Identifier: LGPL-2.1
/*
 * Appearance of descriptors, batches and fallbacks
 */
#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include <KsPluginsGUI.hpp>

#include "shapes.hpp"
#include "window.hpp"

namespace {

/* Short boxes stay visible; failed descriptors are wider, so that they are noticed. */
constexpr int min_width = 2;
constexpr int min_width_failed = 5;
/* An edge would cover all of a smaller box. */
constexpr int min_edge = 5;
constexpr int font_size = 12;
constexpr int text_margin = 4;
constexpr int mark_size = 7;

const KsPlot::Color black(0, 0, 0), white(255, 255, 255);

/* The font can be loaded only while KernelShark draws. */
ksplot_font *font()
{
	static ksplot_font loaded;
	static bool tried;

	if (!tried) {
		tried = true;
		ksplot_init_font(&loaded, font_size, TT_FONT_FILE);
	}
	return ksplot_font_is_loaded(&loaded) ? &loaded : nullptr;
}

std::string size_text(int64_t bytes)
{
	static const char *const units[] = { "B", "KiB", "MiB", "GiB" };
	size_t unit = 0;

	while (bytes >= 10240 || (bytes >= 1024 && bytes % 1024 == 0)) {
		if (unit + 1 == sizeof(units) / sizeof(*units))
			break;
		bytes /= 1024;
		unit++;
	}
	return std::to_string(bytes) + " " + units[unit];
}

} /* namespace */

Interval::Interval(const dp_box *box, int x0, int top, int x1, int bottom, int narrowest)
: _box(*box), _x0(x0), _top(top), _x1(std::max(x1, x0 + narrowest)),
  _bottom(std::max(bottom, top + 1))
{
}

double Interval::distance(int x, int y) const
{
	int dx = std::max({ _x0 - x, 0, x - _x1 });
	int dy = std::max({ _top - y, 0, y - _bottom });

	return std::hypot(dx, dy);
}

void Interval::_doubleClick() const
{
	dp_window_mark(_box.start, _box.end);
}

void Interval::fill(const KsPlot::Color &color) const
{
	ksplot_point points[] = { { _x0, _top }, { _x0, _bottom }, { _x1, _bottom },
				  { _x1, _top } };

	ksplot_draw_polygon(points, 4, color.color_c_ptr(), 1);
}

void Interval::edge(const KsPlot::Color &color, float size) const
{
	ksplot_point points[] = { { _x0, _top }, { _x0, _bottom }, { _x1, _bottom },
				  { _x1, _top } };

	ksplot_draw_polygon_contour(points, 4, color.color_c_ptr(), size);
}

void Interval::text(std::initializer_list<std::string> texts) const
{
	ksplot_font *f = font();

	if (!f || height() < f->height)
		return;
	for (const std::string &text : texts) {
		if (width() < (int)text.size() * f->char_width + 2 * text_margin)
			continue;
		ksplot_print_text(f, white.color_c_ptr(), _x0 + text_margin,
				  _bottom - (height() - f->height) / 2 - f->base,
				  text.c_str());
		return;
	}
}

DescBox::DescBox(const dp_box *box, int x0, int top, int x1, int bottom)
: Interval(box, x0, top, x1, bottom,
	   box->value == DCBM_RES_OK ? min_width : min_width_failed)
{
}

void DescBox::_draw(const KsPlot::Color &color, float) const
{
	fill(color);
	if (width() >= min_edge && height() >= min_edge)
		edge(_box.overtook ? black : white, _box.overtook ? 2 : 1);
	std::string id = std::to_string(_box.id);

	text({ id + ": " + size_text(_box.bytes), id });
}

/* A batch uses the upper half of the plot: KernelShark draws the task in the lower half. */
BatchSpan::BatchSpan(const dp_box *box, int x0, int x1, int base, int height)
: Interval(box, x0, base - height, x1, base - height / 2, min_width)
{
}

void BatchSpan::_draw(const KsPlot::Color &color, float) const
{
	fill(color);
	if (width() >= min_edge)
		edge(white, 1);
	std::string id = std::to_string(_box.id);
	std::string size = std::to_string(_box.folios) + " folios, " + size_text(_box.bytes);

	text({ "batch " + id + ": " + size, id + ": " + size, id });
}

FallbackMark::FallbackMark(const kshark_entry *entry, int x, int base, int height)
: _entry(entry)
{
	int tip = base - height / 2;

	setFill(true);
	setPoint(0, x, tip);
	setPoint(1, x - mark_size, tip - 2 * mark_size);
	setPoint(2, x + mark_size, tip - 2 * mark_size);
}

double FallbackMark::distance(int x, int y) const
{
	return std::hypot(pointX(0) - x, pointY(0) - mark_size - y);
}

void FallbackMark::_doubleClick() const
{
	dp_window_mark(_entry, nullptr);
}
