/* SPDX-License-Identifier: GPL-2.0-only */
/* Conversion between real time and displayed time, in which long idle times are shortened */

/*
 * Displayed time as segments of [real begin, real end, displayed begin, displayed end].
 * Shortened segments are marked as idle.
 */
function stretches(boxes, whole, fold)
{
	if (!fold || !boxes.length)
		return [{ from: 0, to: whole, at: 0, end: whole, idle: false }];
	const sorted = boxes.map((box) => [box[BOX.BEGIN], box[BOX.END]]).sort((a, b) => a[0] - b[0]);
	const busy = [];

	for (const [from, to] of sorted) {
		const last = busy[busy.length - 1];

		if (last && from <= last[1])
			last[1] = Math.max(last[1], to);
		else
			busy.push([from, to]);
	}
	const active = busy.reduce((sum, [from, to]) => sum + to - from, 0);
	const most = Math.max(active / 40, 1000);
	const all = [];
	let real = 0, shown = 0;

	function add(to, idle)
	{
		const length = idle ? Math.min(to - real, most) : to - real;

		if (to <= real)
			return;
		all.push({ from: real, to, at: shown, end: shown + length, idle: idle && length < to - real });
		real = to;
		shown += length;
	}
	for (const [from, to] of busy) {
		add(from, true);
		add(to, false);
	}
	add(whole, true);
	return all;
}

function find(list, value, key)
{
	let low = 0, high = list.length - 1;

	while (low < high) {
		const middle = (low + high + 1) >> 1;

		if (list[middle][key] <= value)
			low = middle;
		else
			high = middle - 1;
	}
	return list[low];
}

function toShown(list, ns)
{
	const s = find(list, ns, 'from');
	const part = s.to > s.from ? (ns - s.from) / (s.to - s.from) : 0;

	return s.at + Math.min(1, Math.max(0, part)) * (s.end - s.at);
}

function toReal(list, at)
{
	const s = find(list, at, 'at');
	const part = s.end > s.at ? (at - s.at) / (s.end - s.at) : 0;

	return s.from + Math.min(1, Math.max(0, part)) * (s.to - s.from);
}
