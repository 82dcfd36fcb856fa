/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * The shapes that are drawn. A double click on one puts KernelShark's markers at its
 * ends: the time between them is then shown.
 */
#ifndef DCBM_PLOT_SHAPES_HPP
#define DCBM_PLOT_SHAPES_HPP

#include <initializer_list>
#include <string>

#include <KsPlotTools.hpp>

#include "dcbm_plot.h"

/** class Interval - a rectangle in time, that knows its two events */
class Interval : public KsPlot::PlotObject {
public:
	Interval(const dp_box *box, int x0, int top, int x1, int bottom, int narrowest);

	double distance(int x, int y) const override;

protected:
	/** @brief fill it */
	void fill(const KsPlot::Color &color) const;

	/** @brief draw its edge */
	void edge(const KsPlot::Color &color, float size) const;

	/** @brief print the first of some texts that there is room for */
	void text(std::initializer_list<std::string> texts) const;

	int width() const { return _x1 - _x0; }
	int height() const { return _bottom - _top; }

	dp_box _box;

private:
	void _doubleClick() const override;

	int _x0, _top, _x1, _bottom;
};

/** class DescBox - a descriptor, with an edge if it overtook others */
class DescBox : public Interval {
public:
	DescBox(const dp_box *box, int x0, int top, int x1, int bottom);

private:
	void _draw(const KsPlot::Color &color, float size) const override;
};

/** class BatchSpan - a batch, on the plot of the task that migrates */
class BatchSpan : public Interval {
public:
	BatchSpan(const dp_box *box, int x0, int x1, int base, int height);

private:
	void _draw(const KsPlot::Color &color, float size) const override;
};

/** class FallbackMark - a triangle that points at a fallback */
class FallbackMark : public KsPlot::Triangle {
public:
	FallbackMark(const kshark_entry *entry, int x, int base, int height);

	double distance(int x, int y) const override;

private:
	void _doubleClick() const override;

	const kshark_entry *_entry;
};

#endif /* DCBM_PLOT_SHAPES_HPP */
