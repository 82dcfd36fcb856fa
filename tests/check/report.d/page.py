#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""
page.py PAGE REPORT.json: check that the page has the report, and requests no other file.
Prints a line "ok TEXT" or "bad TEXT" per check.
"""

import json
import re
import sys
from html.parser import HTMLParser

# Attributes by which an element can request a file
ASKING = {'src', 'href', 'srcset', 'data', 'action', 'poster', 'formaction', 'background'}
# Requests in styles and scripts
WORDS = re.compile(r'https?:|//\w+\.\w|@import|url\(|fetch\(|XMLHttpRequest|WebSocket|EventSource|'
		   r'sendBeacon|importScripts|import\(|\.src\s*=|\.href\s*=')


class Page(HTMLParser):
	def __init__(self):
		super().__init__()
		self.inside = None
		self.texts = {'json': '', 'script': '', 'style': ''}
		self.asks = []

	def handle_starttag(self, tag, attrs):
		attrs = dict(attrs)
		self.asks += [f'{tag} {name}' for name in attrs if name in ASKING]
		if tag in ('link', 'iframe', 'object', 'embed', 'base'):
			self.asks.append(tag)
		self.inside = tag
		if tag == 'script' and attrs.get('type') == 'application/json':
			self.inside = 'json'

	def handle_endtag(self, tag):
		self.inside = None

	def handle_data(self, data):
		if self.inside in self.texts:
			self.texts[self.inside] += data


def check(good, text):
	print(('ok ' if good else 'bad ') + text)


def main():
	page = Page()
	with open(sys.argv[1], encoding='utf-8') as file:
		page.feed(file.read())
	with open(sys.argv[2]) as file:
		report = json.load(file)
	for key in ('command', 'exit', 'error'):
		del report[key]
	check(json.loads(page.texts['json']) == report, 'page: has the numbers of the report')
	check(not page.asks, f'page: no element requests a file {" ".join(page.asks)}'.strip())
	for name in ('script', 'style'):
		found = WORDS.findall(page.texts[name])
		check(len(page.texts[name]) > 1000 and not found,
		      f'page: its {name} requests no file {" ".join(found)}'.strip())


main()
