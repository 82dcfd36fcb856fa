#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""
Check a page in a browser without a display.

browser.py look PAGE: open the page at several widths, light and dark, use its timeline,
and print a line "ok TEXT" or "bad TEXT" per check.
browser.py warns PAGE: the same for the warnings on the page of an incomplete recording.
browser.py picture PAGE WIDTH light|dark FILE [HEIGHT]: save a picture as PNG.

Chromium is controlled through a pipe (--remote-debugging-pipe), so it opens no port.
"""

import base64
import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import time

BOUND = 120	# seconds to wait for an answer
FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
	 '--disable-background-networking', '--disable-component-update', '--disable-sync',
	 '--hide-scrollbars', '--remote-debugging-pipe']


class Browser:
	"""Chromium with one page."""

	def __init__(self):
		self.home = tempfile.mkdtemp()
		to_read, self.to = os.pipe()
		self.out, to_write = os.pipe()

		def place():
			# Chromium reads from file descriptor 3 and writes to 4
			high = [os.dup(to_read), os.dup(to_write)]
			os.dup2(high[0], 3)
			os.dup2(high[1], 4)

		self.process = subprocess.Popen(
			['chromium', *FLAGS, f'--user-data-dir={self.home}', 'about:blank'],
			preexec_fn=place, close_fds=False,
			stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
		os.close(to_read)
		os.close(to_write)
		self.buffer = b''
		self.number = 0
		self.session = None
		self.events = []
		targets = self.call('Target.getTargets')['targetInfos']
		page = next(t for t in targets if t['type'] == 'page')
		self.session = self.call('Target.attachToTarget', targetId=page['targetId'],
					 flatten=True)['sessionId']
		for domain in ('Page', 'Runtime', 'Log', 'Network'):
			self.call(f'{domain}.enable')

	def receive(self):
		end = time.monotonic() + BOUND
		while b'\0' not in self.buffer:
			if not select.select([self.out], [], [], end - time.monotonic())[0]:
				raise TimeoutError('chromium does not answer')
			data = os.read(self.out, 1 << 20)
			if not data:
				raise EOFError('chromium has ended')
			self.buffer += data
		message, self.buffer = self.buffer.split(b'\0', 1)
		return json.loads(message)

	def call(self, method, **params):
		self.number += 1
		message = {'id': self.number, 'method': method, 'params': params}
		if self.session:
			message['sessionId'] = self.session
		os.write(self.to, json.dumps(message).encode() + b'\0')
		while True:
			got = self.receive()
			if got.get('id') == self.number:
				if 'error' in got:
					raise RuntimeError(f"{method}: {got['error']['message']}")
				return got['result']
			self.events.append(got)

	def wait(self, name):
		while not any(event.get('method') == name for event in self.events):
			self.events.append(self.receive())

	def run(self, script):
		got = self.call('Runtime.evaluate', expression=script, returnByValue=True,
				awaitPromise=True)
		if 'exceptionDetails' in got:
			raise RuntimeError(got['exceptionDetails']['text'])
		return got['result'].get('value')

	def open(self, page, width, height, scheme):
		self.call('Emulation.setDeviceMetricsOverride', width=width, height=height,
			  deviceScaleFactor=2 if width < 600 else 1, mobile=width < 600)
		self.call('Emulation.setEmulatedMedia',
			  features=[{'name': 'prefers-color-scheme', 'value': scheme}])
		self.events = []
		self.call('Page.navigate', url='file://' + os.path.abspath(page))
		self.wait('Page.loadEventFired')
		# The size observers of the page run in the next frame
		self.run('new Promise((done) => requestAnimationFrame(() => '
			 'requestAnimationFrame(done)))')

	def errors(self):
		said = []
		for event in self.events:
			method, params = event.get('method'), event.get('params', {})
			if method == 'Runtime.exceptionThrown':
				said.append(params['exceptionDetails'].get('exception', {})
					    .get('description', 'an exception'))
			elif method == 'Runtime.consoleAPICalled' and params['type'] in ('error', 'warning'):
				said.append(str(params['args']))
			elif method == 'Log.entryAdded' and params['entry']['level'] in ('error', 'warning'):
				said.append(params['entry']['text'])
		return said

	def requests(self):
		return [event['params']['request']['url'] for event in self.events
			if event.get('method') == 'Network.requestWillBeSent']

	def picture(self, file, height=None):
		size = self.run('[document.documentElement.clientWidth, '
				'document.documentElement.scrollHeight]')
		clip = {'x': 0, 'y': 0, 'width': size[0], 'height': height or size[1], 'scale': 1}
		data = self.call('Page.captureScreenshot', format='png', clip=clip,
				 captureBeyondViewport=True)['data']
		with open(file, 'wb') as out:
			out.write(base64.b64decode(data))

	def close(self):
		self.session = None
		try:
			self.call('Browser.close')
		except (EOFError, BrokenPipeError, TimeoutError):
			pass
		try:
			self.process.wait(BOUND)
		except subprocess.TimeoutExpired:
			self.process.kill()
		shutil.rmtree(self.home, ignore_errors=True)


# Number of painted pixels of the timeline, and a checksum of its pixels
PAINTED = """(() => {
	const canvas = document.querySelector('#timeline canvas');
	const copy = new OffscreenCanvas(canvas.width, canvas.height);
	const ctx = copy.getContext('2d', { willReadFrequently: true });
	ctx.drawImage(canvas, 0, 0);
	const data = ctx.getImageData(0, 0, canvas.width, canvas.height).data;
	let painted = 0, sum = 0;
	for (let i = 0; i < data.length; i += 4) {
		if (data[i + 3] === 255)
			painted++;
		sum = (sum * 31 + data[i] + data[i + 3]) % 1000003;
	}
	return [painted, sum];
})()"""

FRAME = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))'


def report(good, text):
	print(('ok ' if good else 'bad ') + text, flush=True)


def look_once(browser, page, width, scheme):
	name = f'{width} pixels, {scheme}'
	browser.open(page, width, 800, scheme)
	said = browser.errors()
	report(not said, f'{name}: no errors {" ".join(said)}'.strip())
	asked = [url for url in browser.requests() if not url.startswith('file://')]
	report(not asked and len(browser.requests()) == 1, f'{name}: requests no other file {asked or ""}'.strip())
	wide = browser.run('document.documentElement.scrollWidth')
	report(wide <= width, f'{name}: not wider than the window ({wide})')
	report(browser.run('!!document.documentElement.dataset.ready'), f'{name}: the scripts run to their end')
	empty = browser.run("[...document.querySelectorAll('main section')].filter((s) => "
			    "s.clientHeight < 40).length")
	report(empty == 0, f'{name}: no section is empty')
	report(browser.run(PAINTED)[0] > 500, f'{name}: the timeline is painted')
	back = browser.run("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
	dark = sum(back[:3]) < 3 * 128
	report(dark == (scheme == 'dark'), f'{name}: the colours are {scheme}')


def use_timeline(browser, page):
	browser.open(page, 1200, 800, 'light')
	box = browser.run("(() => { const r = document.querySelector('#timeline canvas')"
			  ".getBoundingClientRect(); return [r.left, r.top, r.width]; })()")
	x, y = box[0] + box[2] / 2, box[1] + 40
	seen = [browser.run(PAINTED)]

	def step(name, changes, *calls):
		for method, params in calls:
			browser.call(method, **params)
		browser.run(FRAME)
		seen.append(browser.run(PAINTED))
		report((seen[-1] != seen[-2]) == changes, f'timeline: {name}')

	def key(name, text=None):
		down = {'type': 'keyDown', 'key': name}
		if text:
			down['text'] = text
		return ('Input.dispatchKeyEvent', down), ('Input.dispatchKeyEvent',
							  {'type': 'keyUp', 'key': name})

	def mouse(kind, at, **more):
		return ('Input.dispatchMouseEvent', {'type': kind, 'x': at, 'y': y, **more})

	step('the wheel zooms', True, mouse('mouseWheel', x, deltaX=0, deltaY=-900))
	step('a drag moves', True, mouse('mousePressed', x, button='left', buttons=1),
	     mouse('mouseMoved', x + 150, button='left', buttons=1),
	     mouse('mouseReleased', x + 150, button='left'))
	browser.run("document.getElementById('timeline').focus()")
	step('a key zooms', True, *key('+', '+'))
	step('an arrow moves', True, *key('ArrowRight'))
	step('0 shows all', True, *key('0', '0'))
	report(seen[-1] == seen[0], 'timeline: 0 restores the first view')
	browser.run("(() => { const c = document.querySelector('#timeline canvas');"
		    "const r = c.getBoundingClientRect();"
		    "for (let x = 0; x < r.width; x += 2)"
		    " for (let y = 30; y < r.height; y += 4) {"
		    "  c.dispatchEvent(new PointerEvent('pointermove', { pointerId: 9,"
		    "   clientX: r.left + x, clientY: r.top + y }));"
		    "  if (!document.getElementById('tip').hidden) return; } })()")
	text = browser.run("document.getElementById('tip').textContent")
	report('one ' in text or 'together' in text, 'timeline: a tooltip describes a box')
	said = browser.errors()
	report(not said, f'timeline: no errors {" ".join(said)}'.strip())


def main():
	what, page = sys.argv[1:3]
	browser = Browser()
	try:
		if what == 'look':
			for width in (360, 768, 1600):
				for scheme in ('light', 'dark'):
					look_once(browser, page, width, scheme)
			use_timeline(browser, page)
		elif what == 'warns':
			browser.open(page, 360, 800, 'light')
			text = browser.run("document.getElementById('warning').innerText")
			report('not complete' in text, 'page: warns of lost events')
			figures = browser.run("document.getElementById('figures').innerText")
			report(figures.count('≥') >= 4, 'page: counts are marked as lower bounds')
		else:
			width, scheme, file = int(sys.argv[3]), sys.argv[4], sys.argv[5]
			browser.open(page, width, 800, scheme)
			browser.picture(file, int(sys.argv[6]) if len(sys.argv) > 6 else None)
	finally:
		browser.close()


main()
