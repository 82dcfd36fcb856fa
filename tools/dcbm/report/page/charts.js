/* SPDX-License-Identifier: GPL-2.0-only */
/* Charts that are drawn once: histograms, percentiles, balance, phases, fallbacks. */

const CHART_HEIGHT = 230;
const MARGIN = { left: 54, right: 8, top: 12, bottom: 40 };

function frame(width, height, title)
{
	return svg('svg', { viewBox: `0 0 ${width} ${height}`, height, role: 'img',
		'aria-label': title });
}

function yAxis(chart, max, width, height, text)
{
	const room = height - MARGIN.top - MARGIN.bottom;

	for (const tick of ticks(max, 4)) {
		const y = height - MARGIN.bottom - tick / max * room;

		chart.append(svg('line', { class: 'line', x1: MARGIN.left,
			x2: width - MARGIN.right, y1: y, y2: y }));
		chart.append(svg('text', { x: MARGIN.left - 7, y: y + 4, 'text-anchor': 'end' },
			text(tick)));
	}
}

function xTitle(chart, width, height, text)
{
	chart.append(svg('text', { x: (MARGIN.left + width - MARGIN.right) / 2, y: height - 4,
		'text-anchor': 'middle' }, text));
}

function rangeText(bin, fmt)
{
	return bin.from === bin.to ? fmt(bin.from) : `${fmt(bin.from)} to ${fmt(bin.to)}`;
}

/* Empty bins between others are shown, as the axis has powers of two. */
function allBins(bins)
{
	const all = [];

	bins.forEach((bin, i) => {
		const before = bins[i - 1];

		if (before)
			for (let from = Math.max(1, before.from * 2); from < bin.from; from *= 2)
				all.push({ from, to: 2 * from - 1, offloaded: 0, partial: 0, fallback: 0 });
		all.push(bin);
	});
	return all;
}

function drawSizes(node, width, unit)
{
	const fmt = unit === 'bytes' ? fmtBytes : fmtCount;
	const bins = allBins(report.batch_size[unit]);
	const sum = (bin) => OUTCOMES.reduce((all, { key }) => all + bin[key], 0);
	const max = Math.max(1, ...bins.map(sum));
	const chart = frame(width, CHART_HEIGHT, `Batches by ${unit}`);
	const room = CHART_HEIGHT - MARGIN.top - MARGIN.bottom;
	const step = (width - MARGIN.left - MARGIN.right) / Math.max(1, bins.length);
	const bar = Math.min(56, step * 0.76);
	const every = Math.ceil(bins.length * (unit === 'bytes' ? 62 : 40) / (width - 60));

	yAxis(chart, max, width, CHART_HEIGHT, fmtCount);
	bins.forEach((bin, i) => {
		const x = MARGIN.left + step * (i + 0.5);
		let y = CHART_HEIGHT - MARGIN.bottom;
		const group = svg('g', {});

		for (const { key, colour } of OUTCOMES) {
			/* A single event among many must be visible. */
			const height = bin[key] ? Math.max(2, bin[key] / max * room) : 0;

			y -= height;
			group.append(svg('rect', { x: x - bar / 2, y, width: bar, height,
				fill: `var(${colour})` }));
		}
		group.append(svg('rect', { x: x - step / 2, y: MARGIN.top, width: step,
			height: room, fill: 'transparent' }));
		tip.on(group, [`${rangeText(bin, fmt)}${unit === 'folios' ? ' folios' : ''}`,
			...OUTCOMES.map(({ key, text }) => `${text}: ${fmtCount(bin[key])}`)].join('\n'));
		chart.append(group);
		if (i % every === 0)
			chart.append(svg('text', { x, y: CHART_HEIGHT - MARGIN.bottom + 16,
				'text-anchor': 'middle' }, fmt(bin.from)));
	});
	xTitle(chart, width, CHART_HEIGHT, `${unit} per batch, from`);
	node.replaceChildren(chart);
}

const PERCENTILES = [['p50', 'p50'], ['p90', 'p90'], ['p99', 'p99'], ['p99_9', 'p99.9'],
	['max', 'max']];

/* Powers of ten, and values between them if there is room */
function logTicks(from, to)
{
	const all = [];

	for (let power = Math.floor(Math.log10(from)); power <= Math.log10(to); power++)
		for (const n of to / from > 500 ? [1] : [1, 2, 5])
			if (n * 10 ** power >= from && n * 10 ** power <= to)
				all.push(n * 10 ** power);
	return all;
}

function drawLatency(node, width, hist)
{
	if (!hist.count) {
		node.replaceChildren(html('p', { class: 'quiet' }, 'none in this recording'));
		return;
	}
	const chart = frame(width, CHART_HEIGHT, 'Distribution of latencies');
	const room = CHART_HEIGHT - MARGIN.top - MARGIN.bottom;
	const from = Math.max(1, hist.shape[0].from), to = Math.max(hist.max * 1.05, from * 1.2);
	const span = Math.log(to / from);
	const inner = width - MARGIN.left - MARGIN.right;
	const x = (ns) => MARGIN.left + Math.log(Math.max(ns, from) / from) / span * inner;
	const max = Math.max(...hist.shape.map((bin) => bin.count));

	yAxis(chart, max, width, CHART_HEIGHT, fmtCount);
	for (const bin of hist.shape) {
		const left = x(bin.from), right = Math.min(x(bin.to + 1), MARGIN.left + inner);
		const height = Math.max(1.5, bin.count / max * room);
		const rect = svg('rect', { x: left, width: Math.max(1.5, right - left - 1),
			y: CHART_HEIGHT - MARGIN.bottom - height, height, fill: 'var(--good)' });

		chart.append(tip.on(rect, `${rangeText(bin, fmtNs)}\n${fmtCount(bin.count)} (${
			fmtPercent(bin.count, hist.count)})`));
	}
	for (const [key] of PERCENTILES) {
		const at = x(hist[key]);

		chart.append(svg('line', { class: 'mark', x1: at, x2: at, y1: MARGIN.top - 6,
			y2: CHART_HEIGHT - MARGIN.bottom }));
	}
	let last = -Infinity;
	for (const tick of logTicks(from, to)) {
		if (x(tick) - last < 56 || x(tick) > width - 14)
			continue;
		last = x(tick);
		chart.append(svg('text', { x: last, y: CHART_HEIGHT - MARGIN.bottom + 16,
			'text-anchor': 'middle' }, scaled(tick, [[1e9, 1e9, 's'], [1e6, 1e6, 'ms'],
				[1e3, 1e3, 'µs'], [0, 1, 'ns']]).replace(/\.0+(?=\u00a0)/, '')));
	}
	xTitle(chart, width, CHART_HEIGHT, width < 420 ? 'time; dashed: percentiles' :
		'time (logarithmic); dashed: the percentiles below');
	const values = html('div', { class: 'percentiles' }, ...PERCENTILES.map(([key, text]) =>
		html('span', {}, text, html('b', {}, fmtNs(hist[key])))));

	values.append(html('span', {}, 'mean', html('b', {}, fmtNs(hist.sum / hist.count))));
	node.replaceChildren(chart, values);
}

/* Stacked rates over time */
function drawBalance(node, width)
{
	const { step_ns: step, series } = report.balance;
	const shown = series.filter((row) => row.bytes.some(Boolean));
	const steps = series.length ? series[0].bytes.length : 0;
	const rate = (bytes) => bytes * 1e9 / step;
	const sums = Array.from({ length: steps }, (_, i) =>
		shown.reduce((all, row) => all + row.bytes[i], 0));
	const max = rate(Math.max(1, ...sums));
	const height = CHART_HEIGHT + 10;
	const room = height - MARGIN.top - MARGIN.bottom;
	const inner = width - MARGIN.left - MARGIN.right - 14;
	const left = MARGIN.left + 14;
	const chart = frame(width, height, 'Bytes copied over time, by channel');
	const low = new Array(steps).fill(0);
	const x = (i) => left + i / steps * inner;
	const y = (bytes) => height - MARGIN.bottom - rate(bytes) / max * room;

	yAxis(chart, max, width, height, fmtRate);
	shown.forEach((row) => {
		let path = '';

		row.bytes.forEach((bytes, i) => {
			if (!bytes)
				return;
			path += `M${x(i).toFixed(2)} ${y(low[i]).toFixed(2)}V${
				y(low[i] + bytes).toFixed(2)}H${x(i + 1).toFixed(2)}V${
				y(low[i]).toFixed(2)}Z`;
			low[i] += bytes;
		});
		chart.append(svg('path', { d: path, fill: `var(${row.colour})` }));
	});
	for (const tick of ticks(steps * step, Math.max(2, width / 130)))
		chart.append(svg('text', { x: x(tick / step), 'text-anchor': 'middle',
			y: height - MARGIN.bottom + 16 }, fmtNs(tick)));
	xTitle(chart, width, height, `time; ${fmtNs(step)} per column`);
	chart.addEventListener('pointermove', (ev) => {
		const box = chart.getBoundingClientRect();
		const i = Math.floor((ev.clientX - box.left - left) / inner * steps);

		if (!sums[i])
			return tip.hide();
		tip.show([`from ${fmtNs(i * step)}: ${fmtRate(rate(sums[i]))}`,
			...shown.filter((row) => row.bytes[i]).map((row) =>
				`${row.name}: ${fmtBytes(row.bytes[i])}`)].join('\n'),
			ev.clientX, ev.clientY);
	});
	chart.addEventListener('pointerleave', tip.hide);
	node.replaceChildren(chart);
	legend('balance-legend', shown.map((row) => ({
		text: row.name === 'cpu' ? 'left to the CPU' : row.name, colour: row.colour })));
}

const PHASE_TEXT = {
	plan: 'choose channels, cut and pair segments',
	map: 'map for DMA',
	prep: 'make descriptors',
	submit: 'submit and issue',
	wait: 'wait for the engine',
	unmap: 'unmap',
};

function drawPhases(node)
{
	const engine = report.engine[0];
	const known = report.phases.length > 0;
	const all = known ? report.phases.reduce((sum, row) => sum + row.sum, 0) :
		report.batch_latency.sum;
	const rows = report.phases.map((row, i) => ({ ...row, colour: channelColour(i) }));
	const bar = html('div', { class: 'stack' }, ...rows.map((row) =>
		tip.on(html('i', { style: `width:${100 * row.sum / (all || 1)}%;background:var(${
			row.colour})` }), `${row.phase}: ${fmtNs(row.sum)}, ${fmtPercent(row.sum, all)}`)));
	const columns = [
		{ name: 'stage', left: true, text: (row) => html('span', { title:
			PHASE_TEXT[row.phase] || 'a descriptor of the batch in flight' },
			html('i', { class: 'pill', style: `background:var(${row.colour})` }), row.phase) },
		{ name: 'in all', text: (row) => fmtNs(row.sum) },
		{ name: 'share', text: (row) => fmtPercent(row.sum, all) },
		{ name: 'p50', text: (row) => fmtNs(row.p50) },
		{ name: 'p99', text: (row) => fmtNs(row.p99) },
		{ name: 'max', text: (row) => fmtNs(row.max) },
	];
	const width = Math.min(100, 100 * engine.sum / (all || 1));

	node.replaceChildren();
	if (known)
		node.append(bar);
	else
		node.append(html('p', { class: 'quiet' },
			'The recording has no dcbm_batch_phases: only the engines’ time is known.'));
	node.append(html('div', { class: 'stack', style: 'height:12px' },
		tip.on(html('i', { style: `width:${width}%;background:var(--quiet)` }),
			`engine: ${fmtNs(engine.sum)}, ${fmtPercent(engine.sum, all)}`)));
	node.append(html('div', { class: 'scroll' },
		table(columns, [...rows, { ...engine, colour: '--quiet' }])));
	node.append(html('p', { class: 'quiet' }, 'engine: time with a descriptor of the batch in ' +
		'flight. It is not added to the others: an engine works while the task does, or waits.'));
}

function drawFallbacks(node)
{
	const rows = report.fallbacks.reasons.filter((row) => row.batches);
	const most = Math.max(1, ...rows.map((row) => row.folios));

	if (!rows.length) {
		node.replaceChildren(html('p', {}, 'Nothing: every folio was copied by DMA.'));
		return;
	}
	node.replaceChildren(html('div', { class: 'scroll' }, table([
		{ name: 'reason', left: true, text: (row) => row.reason },
		{ name: 'batches', text: (row) => fmtCount(row.batches) },
		{ name: 'folios', text: (row) => fmtCount(row.folios) },
		{ name: 'bytes', text: (row) => fmtBytes(row.bytes) },
		{ name: 'last error', text: (row) => row.last_error || '–' },
		{ name: '', left: true, text: (row) => html('div', { class: 'share' }, html('i', {
			style: `width:${100 * row.folios / most}%;background:var(--bad)` })) },
	], rows)));
}
