/* SPDX-License-Identifier: GPL-2.0-only */
/* Fills the elements of the page */

function figures()
{
	const { offloaded, partial, fallback } = report.outcomes;
	const rows = report.channels.channels;
	const dma = rows.reduce((sum, row) => sum + row.bytes, 0);
	const descs = rows.reduce((sum, row) => sum + row.descriptors, 0);
	const left = report.fallbacks.reasons.reduce((sum, row) => sum + row.folios, 0);
	/* These numbers are lower bounds if events were lost. */
	const least = report.complete ? '' : '≥\u00a0';
	const all = [
		[least + fmtCount(report.batches), `batches: ${fmtCount(offloaded)} all by DMA, ${
			fmtCount(partial)} some, ${fmtCount(fallback)} none`],
		[least + fmtBytes(dma), report.complete ? `by DMA, ${
			fmtPercent(dma, report.batch_size.bytes_sum)} of ${
			fmtBytes(report.batch_size.bytes_sum)}` : 'by DMA'],
		[fmtNs(report.batch_latency.p50), `per batch (median), p99 ${
			fmtNs(report.batch_latency.p99)}`],
		[fmtNs(report.desc_latency.p50), `per descriptor (median), p99 ${
			fmtNs(report.desc_latency.p99)}`],
		/* Without some events, bytes and times are not of the same batches. */
		report.complete ? [fmtRate(dma * 1e9 / (report.batch_latency.sum || 1)),
			'by DMA over the time of batches'] : ['–', 'no rate, as events are missing'],
		[least + fmtCount(report.out_of_order), `of ${fmtCount(descs)} descriptors out of order`],
		[least + fmtCount(left), 'folios left to the CPU'],
		[report.channels.imbalance.toFixed(2), `imbalance of ${rows.length} channels (busiest to mean)`],
	];

	byId('figures').replaceChildren(...all.map(([value, text]) =>
		html('div', { class: 'figure' }, html('b', {}, value), html('span', {}, text))));
}

function warning()
{
	const node = byId('warning');
	const cuts = [
		['unknown_events', 'events have values unknown to this dcbm'],
		['unstarted_batches', 'batches end without a start'],
		['unfinished_batches', 'batches start without an end'],
		['unsubmitted_descriptors', 'descriptors complete without a submission'],
		['unfinished_descriptors', 'descriptors are submitted without a completion'],
	];

	if (report.complete)
		return;
	const lines = report.lost.map((row) => `CPU ${row.cpu}: ${row.events === null ? 'some' :
		fmtCount(row.events)} events lost before ${fmtNs(row.before_ns - report.first_ns)}`);

	if (report.lost_places > report.lost.length)
		lines.push(`and at ${fmtCount(report.lost_places - report.lost.length)} more places`);
	for (const [key, text] of cuts)
		if (report[key])
			lines.push(`${fmtCount(report[key])} ${text}`);
	node.replaceChildren(html('b', {}, 'The recording is not complete. '),
		'Counts and sums are lower bounds (≥), percentiles cover the recorded events only.',
		html('ul', {}, ...lines.map((line) => html('li', {}, line))));
	node.hidden = false;
	byId('exact').hidden = true;
}

function channels()
{
	const bad = (key) => (row) => row[key] > 0;

	byId('channels').replaceChildren(table([
		{ name: 'channel', left: true, text: (row) => html('span', {}, html('i', { class: 'pill',
			style: `background:var(${colours[row.channel]})` }), row.channel) },
		{ name: 'bytes', text: (row) => fmtBytes(row.bytes) },
		{ name: 'share', text: (row) => `${row.share.toFixed(2)}\u00a0%` },
		{ name: 'batches', text: (row) => fmtCount(row.batches) },
		{ name: 'descriptors', text: (row) => fmtCount(row.descriptors) },
		{ name: 'busy', text: (row) => `${fmtNs(row.busy_ns)} (${
			Math.round(row.busy_percent)}\u00a0%)` },
		{ name: 'p50', text: (row) => fmtNs(row.p50) },
		{ name: 'p99', text: (row) => fmtNs(row.p99) },
		{ name: 'most in flight', text: (row) => fmtCount(row.inflight_max) },
		{ name: 'out of order', text: (row) => fmtCount(row.out_of_order) },
		{ name: 'errors', bad: bad('errors'), text: (row) => fmtCount(row.errors) },
		{ name: 'timeouts', bad: bad('timeouts'), text: (row) => fmtCount(row.timeouts) },
		{ name: 'provider', left: true, text: (row) => row.provider || '–' },
		{ name: 'backend', left: true, text: (row) => row.backend || '–' },
	], report.channels.channels));
}

function slowest()
{
	const phases = report.phases.map((row) => row.phase);
	const outcome = Object.fromEntries(OUTCOMES.map((one) => [one.key, one]));

	byId('slowest').replaceChildren(table([
		{ name: 'batch', left: true, text: (row) => `${row.batch}` },
		{ name: 'at', text: (row) => fmtNs(row.begin_ns - report.first_ns) },
		{ name: 'time', text: (row) => html('b', {}, fmtNs(row.ns)) },
		{ name: 'outcome', left: true, text: (row) => html('span', {}, html('i', { class: 'pill',
			style: `background:var(${outcome[row.outcome].colour})` }), row.outcome) },
		{ name: 'folios', text: (row) => fmtCount(row.folios) },
		{ name: 'bytes', text: (row) => fmtBytes(row.bytes) },
		{ name: 'descriptors', text: (row) => fmtCount(row.descriptors) },
		{ name: 'channels', text: (row) => fmtCount(row.channels) },
		{ name: 'engine', text: (row) => fmtNs(row.engine_ns) },
		...phases.map((phase) => ({ name: phase,
			text: (row) => row.phases ? fmtNs(row.phases[phase]) : '–' })),
		{ name: 'left to the CPU', left: true, text: (row) => Object.entries(row.fallbacks)
			.map(([reason, folios]) => `${reason} ${fmtCount(folios)}`).join(', ') || '–' },
		{ name: 'task', left: true, text: (row) => `${row.comm}-${row.pid}` },
	], report.slowest));
}

function button(text, title, click)
{
	const node = html('button', { type: 'button', title, 'aria-label': title }, text);

	node.addEventListener('click', click);
	return node;
}

function timeline()
{
	const view = new Timeline(byId('timeline'));
	const data = report.timeline;
	const fold = button('skip idle time', 'Shorten idle times', () => {
		view.setFold(!view.fold);
		fold.setAttribute('aria-pressed', view.fold);
		legendNow();
		view.paint();
	});

	fold.setAttribute('aria-pressed', view.fold);
	byId('timeline-tools').replaceChildren(fold,
		button('−', 'Zoom out', () => view.zoom(1 / 0.6, view.width / 2)),
		button('+', 'Zoom in', () => view.zoom(0.6, view.width / 2)),
		button('all', 'Show all', () => view.all()));
	const idle = { text: 'nothing happens, shortened', colour: '--grid' };
	const legendNow = () => legend('timeline-legend', [
		{ text: 'ok, all by DMA', colour: '--good' },
		{ text: 'some by DMA', colour: '--half' },
		{ text: 'failed, all by CPU', colour: '--bad' },
		{ text: 'terminated or lost', colour: '--gone' },
		...(view.fold ? [idle] : []),
	]);

	legendNow();
	byId('timeline-note').textContent = (data.aggregated ?
		`Aggregated: ${fmtCount(data.added)} batches and descriptors are shown as ${
			fmtCount(data.boxes.length)} boxes; what began within the same ${
			fmtNs(data.step_ns)} of a lane is one box. ` :
		'Each box is one batch or one descriptor, from submission to completion. ') +
		'Zoom by wheel, two fingers, or + and −; move by dragging or the arrow keys; 0 shows all.';
	return draw('timeline', () => view.paint());
}

function sizes()
{
	let unit = 'folios';
	const again = draw('sizes', (node, width) => drawSizes(node, width, unit));
	const buttons = ['folios', 'bytes'].map((name) => {
		const node = button(name, `Sizes in ${name}`, () => {
			unit = name;
			for (const one of buttons)
				one.setAttribute('aria-pressed', one.textContent === unit);
			again();
		});

		node.setAttribute('aria-pressed', name === unit);
		return node;
	});

	byId('sizes-tools').replaceChildren(...buttons);
	legend('sizes-legend', OUTCOMES);
}

const colours = {};

/* Numeric order: dma0chan2 before dma0chan10, and the CPU after all channels */
const byName = (a, b) => a.name === 'cpu' ? 1 : b.name === 'cpu' ? -1 :
	a.name.localeCompare(b.name, 'en', { numeric: true });

report.balance.series.sort(byName).forEach((row, i) => {
	row.colour = row.name === 'cpu' ? '--cpu' : channelColour(i);
	colours[row.name] = row.colour;
});
byId('file').textContent = `${report.file} · ${fmtCount(report.events)} events in ${
	fmtNs(report.duration_ns)}`;
document.title = `dcbm report: ${report.file}`;
warning();
figures();
sizes();
drawPhases(byId('phases'));
draw('batch-latency', (node, width) => drawLatency(node, width, report.batch_latency));
draw('desc-latency', (node, width) => drawLatency(node, width, report.desc_latency));
draw('balance', drawBalance);
channels();
drawFallbacks(byId('fallbacks'));
slowest();
const repaint = timeline();
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', repaint);
/* Shows tests of the page that the page is complete, and its width. */
document.documentElement.dataset.ready = `${document.documentElement.scrollWidth} ${innerWidth}`;
