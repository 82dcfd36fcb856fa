/* SPDX-License-Identifier: GPL-2.0-only */
/* Shared by all charts: formatted numbers, elements, axes, tooltip */

const report = JSON.parse(document.getElementById('report').textContent);

const OUTCOMES = [
	{ key: 'offloaded', text: 'all by DMA', colour: '--good' },
	{ key: 'partial', text: 'some by DMA', colour: '--half' },
	{ key: 'fallback', text: 'all by CPU', colour: '--bad' },
];

function byId(id)
{
	return document.getElementById(id);
}

function css(name)
{
	return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function channelColour(i)
{
	return `--c${i % 8}`;
}

/* Three significant digits and a unit */
function scaled(value, steps)
{
	const step = steps.find(([from]) => Math.abs(value) >= from) || steps[steps.length - 1];
	const number = value / step[1];
	const digits = step[1] === 1 ? 0 : number >= 100 ? 0 : number >= 10 ? 1 : 2;

	return `${number.toFixed(digits)}\u00a0${step[2]}`;
}

function fmtNs(ns)
{
	return scaled(ns, [[1e9, 1e9, 's'], [1e6, 1e6, 'ms'], [1e3, 1e3, 'µs'], [0, 1, 'ns']]);
}

function fmtBytes(bytes)
{
	return scaled(bytes, [[2 ** 40, 2 ** 40, 'TiB'], [2 ** 30, 2 ** 30, 'GiB'],
		[2 ** 20, 2 ** 20, 'MiB'], [2 ** 10, 2 ** 10, 'KiB'], [0, 1, 'B']]);
}

function fmtRate(rate)
{
	return scaled(rate, [[1e9, 1e9, 'GB/s'], [1e6, 1e6, 'MB/s'], [1e3, 1e3, 'kB/s'],
		[0, 1, 'B/s']]);
}

function fmtCount(n)
{
	return n.toLocaleString('en').replace(/,/g, '\u202f');
}

function fmtPercent(part, whole)
{
	return whole ? `${(100 * part / whole).toFixed(1)}\u00a0%` : '–';
}

function fill(node, attrs, children)
{
	for (const [key, value] of Object.entries(attrs || {}))
		if (value !== null && value !== undefined)
			node.setAttribute(key, value);
	for (const child of children)
		node.append(child);
	return node;
}

function html(tag, attrs, ...children)
{
	return fill(document.createElement(tag), attrs, children);
}

function svg(tag, attrs, ...children)
{
	/* The name of the namespace is taken from an element of the page. */
	const space = byId('svg').namespaceURI;

	return fill(document.createElementNS(space, tag), attrs, children);
}

/* Round values up to max, about as many as requested */
function ticks(max, about)
{
	const rough = max / about || 1;
	const power = 10 ** Math.floor(Math.log10(rough));
	const step = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough);
	const all = [];

	for (let at = 0; at <= max * 1.0001; at += step)
		all.push(at);
	return all;
}

const tip = {
	show(text, x, y)
	{
		const node = byId('tip');

		node.textContent = text;
		node.hidden = false;
		const box = node.getBoundingClientRect();
		const left = Math.min(x + 14, innerWidth - box.width - 6);
		const top = y + 18 + box.height > innerHeight ? y - box.height - 12 : y + 18;

		node.style.left = `${Math.max(6, left)}px`;
		node.style.top = `${Math.max(6, top)}px`;
	},
	hide()
	{
		byId('tip').hidden = true;
	},
	/* The same text for the pointer and, as a title, for screen readers */
	on(node, text)
	{
		node.addEventListener('pointermove', (ev) => tip.show(text, ev.clientX, ev.clientY));
		node.addEventListener('pointerleave', tip.hide);
		node.setAttribute('aria-label', text.replace(/\n/g, ', '));
		return node;
	},
};

function legend(id, entries)
{
	byId(id).replaceChildren(...entries.map(({ text, colour }) =>
		html('span', {}, html('i', { style: `background:var(${colour})` }), text)));
}

/* A table: columns are { name, text(row), left, bad(row) }. */
function table(columns, rows)
{
	const head = html('tr', {}, ...columns.map((col) =>
		html('th', { class: col.left ? 'left' : null, scope: 'col' }, col.name)));
	const body = rows.map((row) => html('tr', {}, ...columns.map((col) => {
		const classes = [col.left && 'left', col.bad && col.bad(row) && 'bad'];

		return html('td', { class: classes.filter(Boolean).join(' ') || null },
			col.text(row));
	})));

	return html('table', {}, html('thead', {}, head), html('tbody', {}, ...body));
}

/* Draws now, and again when the size changes. */
function draw(id, paint)
{
	const node = byId(id);
	let width = 0;

	function again()
	{
		if (node.clientWidth && node.clientWidth !== width) {
			width = node.clientWidth;
			paint(node, width);
		}
	}
	again();
	new ResizeObserver(again).observe(node);
	return () => paint(node, width || node.clientWidth);
}
