/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The timeline: a track for batches and a track per channel, with a box per descriptor or for
 * several merged descriptors. Wheel, drag, two fingers, buttons and keys zoom and move. Long idle
 * times are shortened by default.
 */

const BOX = { TRACK: 0, LANE: 1, BEGIN: 2, END: 3, BUSY: 4, BYTES: 5, KIND: 6 };
const KINDS = {
	batch: [['--good', 'all by DMA'], ['--half', 'some by DMA'], ['--bad', 'all by CPU']],
	desc: [['--good', 'ok'], ['--bad', 'failed'], ['--gone', 'terminated or lost']],
};
const LANE = 9, GAP = 7, AXIS = 24, LABEL = 15;

class Timeline {
	constructor(node)
	{
		this.node = node;
		this.canvas = html('canvas', {});
		this.boxes = report.timeline.boxes;
		this.tracks = report.timeline.tracks;
		this.whole = Math.max(1, report.duration_ns);
		this.pointers = new Map();
		node.replaceChildren(this.canvas);
		this.layOut();
		this.setFold(true);
		if (this.list.length < 2 || this.length > 0.7 * this.whole)
			this.setFold(false);
		this.listen();
	}

	layOut()
	{
		const [batches, ...rest] = this.tracks;
		let y = AXIS;

		for (const track of [batches, ...rest.sort(byName)]) {
			track.y = y + LABEL;
			y = track.y + track.lanes * LANE + GAP;
		}
		this.height = y + 2;
	}

	setFold(fold)
	{
		this.fold = fold;
		this.list = stretches(this.boxes, this.whole, fold);
		this.length = this.list[this.list.length - 1].end;
		this.placed = this.boxes.map((box) => [toShown(this.list, box[BOX.BEGIN]),
			toShown(this.list, box[BOX.END])]);
		this.from = 0;
		this.to = this.length;
	}

	x(at)
	{
		return (at - this.from) / (this.to - this.from) * this.width;
	}

	paint()
	{
		const dpr = devicePixelRatio || 1;
		const ctx = this.canvas.getContext('2d');

		this.width = this.node.clientWidth;
		this.canvas.width = this.width * dpr;
		this.canvas.height = this.height * dpr;
		this.canvas.style.height = `${this.height}px`;
		ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
		ctx.clearRect(0, 0, this.width, this.height);
		ctx.font = `12px ${getComputedStyle(this.node).fontFamily}`;
		this.paintAxis(ctx);
		this.paintTracks(ctx);
		this.paintBoxes(ctx);
	}

	paintAxis(ctx)
	{
		const pixel = (this.to - this.from) / this.width;
		let last = -Infinity;

		ctx.fillStyle = css('--quiet');
		ctx.strokeStyle = css('--grid');
		for (const s of this.list) {
			if (s.end < this.from || s.at > this.to)
				continue;
			if (s.idle) {
				const left = this.x(s.at), right = this.x(s.end);

				ctx.fillStyle = css('--grid');
				ctx.globalAlpha = 0.55;
				ctx.fillRect(left, AXIS, right - left, this.height - AXIS);
				ctx.globalAlpha = 1;
				ctx.fillStyle = css('--quiet');
				continue;
			}
		}
		/* Labels that do not touch, each with the real time of its position */
		const about = Math.max(2, Math.floor(this.width / 110));

		for (let i = 0; i <= about; i++) {
			const at = this.from + (this.to - this.from) * i / about;
			const text = this.label(toReal(this.list, at), pixel);
			const wide = ctx.measureText(text).width;
			const x = Math.min(Math.max(this.x(at) - wide / 2, 0), this.width - wide);

			ctx.beginPath();
			ctx.moveTo(Math.round(this.x(at)) + 0.5, AXIS - 6);
			ctx.lineTo(Math.round(this.x(at)) + 0.5, this.height);
			ctx.stroke();
			if (x < last + 10)
				continue;
			ctx.fillText(text, x, 12);
			last = x + wide;
		}
	}

	/* Enough digits that neighbouring labels differ */
	label(ns, pixel)
	{
		const unit = ns >= 1e9 ? [1e9, 's'] : ns >= 1e6 ? [1e6, 'ms'] : [1e3, 'µs'];
		const digits = Math.min(6, Math.max(0, Math.ceil(Math.log10(unit[0] / (pixel * 60)))));

		return `${(ns / unit[0]).toFixed(digits)} ${unit[1]}`;
	}

	paintTracks(ctx)
	{
		ctx.fillStyle = css('--quiet');
		for (const track of this.tracks)
			ctx.fillText(track.name, 0, track.y - 4);
		ctx.fillStyle = css('--grid');
		for (const track of this.tracks)
			ctx.fillRect(0, track.y + track.lanes * LANE, this.width, 1);
	}

	paintBoxes(ctx)
	{
		const colours = { batch: KINDS.batch.map(([name]) => css(name)),
			desc: KINDS.desc.map(([name]) => css(name)) };

		this.boxes.forEach((box, i) => {
			const [begin, end] = this.placed[i];

			if (end < this.from || begin > this.to)
				return;
			const left = Math.max(-2, this.x(begin)), right = Math.min(this.width + 2, this.x(end));
			const wide = Math.max(1, right - left - (right - left > 4 ? 1 : 0));
			const y = this.tracks[box[BOX.TRACK]].y + box[BOX.LANE] * LANE;
			const paints = box[BOX.TRACK] ? colours.desc : colours.batch;
			const all = box[BOX.KIND] + box[BOX.KIND + 1] + box[BOX.KIND + 2];
			let top = y;

			/* The worst kind is on top, and visible even if rare. */
			for (let kind = 2; kind >= 0; kind--) {
				const nr = box[BOX.KIND + kind];

				if (!nr)
					continue;
				const rest = y + LANE - 1 - top;
				const high = nr === all || kind === 0 ? rest :
					Math.min(rest, Math.max(3, nr / all * (LANE - 1)));

				ctx.fillStyle = paints[kind];
				ctx.fillRect(left, top, wide, high);
				top += high;
			}
		});
	}

	zoom(factor, x)
	{
		const at = this.from + x / this.width * (this.to - this.from);
		const length = Math.min(this.length, Math.max(200, (this.to - this.from) * factor));

		this.from = at - x / this.width * length;
		this.to = this.from + length;
		this.settle();
	}

	move(shown)
	{
		this.from += shown;
		this.to += shown;
		this.settle();
	}

	settle()
	{
		const length = Math.min(this.length, this.to - this.from);

		this.from = Math.min(Math.max(0, this.from), this.length - length);
		this.to = this.from + length;
		if (!this.waiting)
			this.waiting = requestAnimationFrame(() => {
				this.waiting = 0;
				this.paint();
			});
	}

	all()
	{
		this.from = 0;
		this.to = this.length;
		this.settle();
	}

	hit(x, y)
	{
		let best = null, distance = 4;

		this.boxes.forEach((box, i) => {
			const top = this.tracks[box[BOX.TRACK]].y + box[BOX.LANE] * LANE;

			if (y < top || y >= top + LANE)
				return;
			const left = this.x(this.placed[i][0]), right = this.x(this.placed[i][1]);
			const away = x < left ? left - x : x > right ? x - right : 0;

			if (away < distance) {
				distance = away;
				best = box;
			}
		});
		return best;
	}

	describe(box)
	{
		const kinds = box[BOX.TRACK] ? KINDS.desc : KINDS.batch;
		const what = box[BOX.TRACK] ? 'descriptor' : 'batch';
		const nr = kinds.map((_, i) => box[BOX.KIND + i]);
		const all = nr[0] + nr[1] + nr[2];
		const plural = what === 'batch' ? 'batches' : 'descriptors';
		const text = kinds.map(([, text], i) => nr[i] && `${nr[i] === all && all === 1 ? '' :
			`${fmtCount(nr[i])} `}${text}`).filter(Boolean).join(', ');

		return [`${this.tracks[box[BOX.TRACK]].name}: ${all === 1 ? `one ${what}` :
			`${fmtCount(all)} ${plural} together`}`, text,
			`at ${fmtNs(box[BOX.BEGIN])}, for ${fmtNs(box[BOX.END] - box[BOX.BEGIN])}`,
			fmtBytes(box[BOX.BYTES])].join('\n');
	}

	listen()
	{
		const canvas = this.canvas;

		canvas.addEventListener('wheel', (ev) => {
			ev.preventDefault();
			if (Math.abs(ev.deltaX) > Math.abs(ev.deltaY))
				this.move(ev.deltaX / this.width * (this.to - this.from));
			else
				this.zoom(2 ** (ev.deltaY / 300), ev.offsetX);
		}, { passive: false });
		canvas.addEventListener('pointerdown', (ev) => {
			canvas.setPointerCapture(ev.pointerId);
			canvas.classList.add('dragged');
			this.pointers.set(ev.pointerId, ev.offsetX);
		});
		for (const name of ['pointerup', 'pointercancel'])
			canvas.addEventListener(name, (ev) => {
				this.pointers.delete(ev.pointerId);
				canvas.classList.remove('dragged');
			});
		canvas.addEventListener('pointermove', (ev) => this.dragged(ev));
		canvas.addEventListener('pointerleave', tip.hide);
		this.node.addEventListener('keydown', (ev) => this.key(ev));
	}

	dragged(ev)
	{
		const before = this.pointers.get(ev.pointerId);

		if (before === undefined) {
			const box = this.hit(ev.offsetX, ev.offsetY);

			return box ? tip.show(this.describe(box), ev.clientX, ev.clientY) : tip.hide();
		}
		tip.hide();
		const others = [...this.pointers].filter(([id]) => id !== ev.pointerId);

		if (others.length) {
			const other = others[0][1];
			const was = Math.max(20, Math.abs(before - other));
			const is = Math.max(20, Math.abs(ev.offsetX - other));

			this.zoom(was / is, (ev.offsetX + other) / 2);
		} else {
			this.move((before - ev.offsetX) / this.width * (this.to - this.from));
		}
		this.pointers.set(ev.pointerId, ev.offsetX);
	}

	key(ev)
	{
		const step = (this.to - this.from) / 8;
		const keys = {
			'+': () => this.zoom(0.6, this.width / 2), '=': () => this.zoom(0.6, this.width / 2),
			'-': () => this.zoom(1 / 0.6, this.width / 2), '0': () => this.all(),
			ArrowLeft: () => this.move(-step), ArrowRight: () => this.move(step),
		};

		if (!keys[ev.key] || ev.ctrlKey || ev.metaKey)
			return;
		ev.preventDefault();
		keys[ev.key]();
	}
}
