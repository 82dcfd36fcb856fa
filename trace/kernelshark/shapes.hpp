/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * Shapes on the plots
 *
 * A double click on a shape sets KernelShark's markers A and B to its start and end, so
 * that KernelShark shows its duration.
 */
#ifndef DCBM_PLOT_SHAPES_HPP
#define DCBM_PLOT_SHAPES_HPP

#include <initializer_list>
#include <string>

#include <KsPlotTools.hpp>

#include "model.h"

/** class Interval - a rectangle from the first to the last event of a box */
class Interval : public KsPlot::PlotObject {
public:
	Interval(const dp_box *box, int x0, int top, int x1, int bottom, int narrowest);

	double distance(int x, int y) const override;

protected:
	void fill(const KsPlot::Color &color) const;
	void edge(const KsPlot::Color &color, float size) const;

	/** @brief print the first text that fits into the rectangle */
	void text(std::initializer_list<std::string> texts) const;

	int width() const { return _x1 - _x0; }
	int height() const { return _bottom - _top; }

	dp_box _box;

private:
	void _doubleClick() const override;

	int _x0, _top, _x1, _bottom;
};

/** class DescBox - a descriptor, with a black edge if it has overtaken others */
class DescBox : public Interval {
public:
	DescBox(const dp_box *box, int x0, int top, int x1, int bottom);

private:
	void _draw(const KsPlot::Color &color, float size) const override;
};

/** class BatchSpan - a batch on the plot of the migrating task */
class BatchSpan : public Interval {
public:
	BatchSpan(const dp_box *box, int x0, int x1, int base, int height);

private:
	void _draw(const KsPlot::Color &color, float size) const override;
};

/** class FallbackMark - a triangle that points at the time of a fallback */
class FallbackMark : public KsPlot::Triangle {
public:
	FallbackMark(const kshark_entry *entry, int x, int base, int height);

	double distance(int x, int y) const override;

private:
	void _doubleClick() const override;

	const kshark_entry *_entry;
};

#endif /* DCBM_PLOT_SHAPES_HPP */
