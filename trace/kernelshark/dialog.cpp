// SPDX-License-Identifier: LGPL-2.1
/*
 * Dialog "Tools > dcbm channels": lanes to show, results per channel, legend of the colours
 */
#include <QtWidgets>

#include "colors.hpp"
#include "dialog.hpp"
#include "load.h"
#include "model.h"
#include "window.hpp"

namespace {

constexpr int legend_columns = 4;

/* "151 ok, 2 write_failed, 46 overtook others" */
QString summary(const dp_lane *lane)
{
	QStringList parts;
	size_t overtaking = 0;

	for (int result = 0; result < DCBM_NR_RESULTS; result++) {
		size_t count = 0;

		for (size_t i = 0; i < lane->boxes.nr; i++)
			count += lane->boxes.box[i].value == result;
		if (count)
			parts << QString("%1 %2").arg(count)
						 .arg(dp_result_color(result).name);
	}
	for (size_t i = 0; i < lane->boxes.nr; i++)
		overtaking += lane->boxes.box[i].overtook;
	if (overtaking)
		parts << QString("%1 overtook others").arg(overtaking);
	if (lane->unpaired)
		parts << QString("%1 unpaired events").arg(lane->unpaired);
	return parts.join(", ");
}

/* The recording may have been closed or reloaded since the dialog was opened. */
void show_lane(int sd, int pid, bool shown)
{
	dp_context *ctx = __get_context(sd);

	for (int i = 0; ctx && i < ctx->nr_lanes; i++) {
		if (ctx->lane[i].pid == pid) {
			ctx->lane[i].shown = shown;
			dp_window_show(sd, pid, shown);
		}
	}
}

/* Adds a row per channel. Returns the check boxes, in the order of the lanes. */
QList<QCheckBox *> add_channels(QGridLayout *grid, int sd, const dp_context *ctx)
{
	QMap<int, const dp_lane *> lanes;
	QList<QCheckBox *> boxes;

	for (int i = 0; i < ctx->nr_lanes; i++)
		lanes.insert(ctx->lane[i].pid, &ctx->lane[i]);
	for (const dp_lane *lane : lanes) {
		QCheckBox *box = new QCheckBox(lane->name);
		int row = grid->rowCount(), pid = lane->pid;

		box->setChecked(lane->shown);
		QObject::connect(box, &QCheckBox::toggled,
				 [sd, pid](bool on) { show_lane(sd, pid, on); });
		grid->addWidget(box, row, 0);
		grid->addWidget(new QLabel(summary(lane)), row, 1);
		boxes << box;
	}
	return boxes;
}

QWidget *swatch(const dp_color &color)
{
	return new QLabel(QString("<span style='background:#%1'>&nbsp;&nbsp;&nbsp;&nbsp;"
				  "</span> %2")
			  .arg(color.red << 16 | color.green << 8 | color.blue, 6, 16,
			       QChar('0'))
			  .arg(color.name));
}

QGroupBox *legend(const QString &title, const QList<dp_color> &colors)
{
	QGroupBox *group = new QGroupBox(title);
	QGridLayout *grid = new QGridLayout(group);
	int i = 0;

	for (const dp_color &color : colors) {
		grid->addWidget(swatch(color), i / legend_columns, i % legend_columns);
		i++;
	}
	return group;
}

QList<dp_color> colors_of(const dp_color &(*color)(int64_t), int nr)
{
	QList<dp_color> colors;

	for (int value = 0; value < nr; value++) {
		/* One entry for adjacent values of the same colour */
		if (colors.isEmpty() || strcmp(colors.last().name, color(value).name))
			colors << color(value);
	}
	return colors;
}

QPushButton *tick_all(const QString &text, const QList<QCheckBox *> &boxes, bool on)
{
	QPushButton *button = new QPushButton(text);

	QObject::connect(button, &QPushButton::clicked, [boxes, on] {
		for (QCheckBox *box : boxes)
			box->setChecked(on);
	});
	return button;
}

} /* namespace */

void dp_open_dialog(QWidget *parent)
{
	QDialog *dialog = new QDialog(parent);
	QVBoxLayout *layout = new QVBoxLayout(dialog);
	QGridLayout *grid = new QGridLayout;
	QHBoxLayout *buttons = new QHBoxLayout;
	QPushButton *close = new QPushButton("Close");
	kshark_context *kshark = nullptr;
	QList<QCheckBox *> boxes;
	int *streams = nullptr;

	dialog->setAttribute(Qt::WA_DeleteOnClose);
	dialog->setWindowTitle("dcbm channels");

	if (kshark_instance(&kshark))
		streams = kshark_all_streams(kshark);
	for (int i = 0; streams && i < kshark->n_streams; i++) {
		dp_context *ctx = __get_context(streams[i]);

		if (!ctx)
			continue;
		dp_build(ctx);
		boxes += add_channels(grid, streams[i], ctx);
	}
	free(streams);
	if (boxes.isEmpty())
		grid->addWidget(new QLabel("No recording with DMA descriptors is open."), 0, 0);

	layout->addLayout(grid);
	layout->addWidget(legend("Descriptors; black edge: has overtaken others",
				 colors_of(dp_result_color, DCBM_NR_RESULTS)));
	layout->addWidget(legend("Batches on the plots of tasks",
				 colors_of(dp_outcome_color, DCBM_NR_OUTCOMES)));
	layout->addWidget(legend("Fallbacks: triangles on the plots of tasks and CPUs",
				 colors_of(dp_reason_color, DCBM_NR_REASONS)));
	buttons->addWidget(tick_all("All", boxes, true));
	buttons->addWidget(tick_all("None", boxes, false));
	buttons->addStretch();
	buttons->addWidget(close);
	layout->addLayout(buttons);
	QObject::connect(close, &QPushButton::clicked, dialog, &QDialog::close);
	dialog->show();
}
