#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Follow the links of the HTML pages below a folder, from index.html on.

docs-pages.py DIR

Prints each page that no link leads to, and each link to a file or an anchor that is missing.
"""

import html.parser
import pathlib
import sys
import urllib.parse

# Pages that Sphinx generates; some themes have no link to them
GENERATED = {'genindex.html', 'search.html'}


class Page(html.parser.HTMLParser):
	def __init__(self, path):
		super().__init__()
		self.links = set()
		self.anchors = {''}
		self.feed(path.read_text(encoding='utf-8'))

	def handle_starttag(self, tag, attrs):
		attrs = dict(attrs)
		self.anchors.add(attrs.get('id') or '')
		for name in ('href', 'src'):
			if attrs.get(name):
				self.links.add(attrs[name])


def main():
	top = pathlib.Path(sys.argv[1]).resolve()
	pages = {path: Page(path) for path in top.rglob('*.html')}
	bad = []
	seen = set()
	todo = [top / 'index.html']
	while todo:
		path = todo.pop()
		if path in seen:
			continue
		seen.add(path)
		for link in sorted(pages[path].links):
			url = urllib.parse.urlsplit(link)
			if url.scheme:
				continue
			to = (path.parent / urllib.parse.unquote(url.path)).resolve() if url.path else path
			if not to.exists():
				bad.append(f'{path.relative_to(top)}: no file for the link {link}')
			elif to in pages:
				todo.append(to)
				if urllib.parse.unquote(url.fragment) not in pages[to].anchors:
					bad.append(f'{path.relative_to(top)}: no anchor for the link {link}')
	bad += [f'{path.relative_to(top)}: no link leads to this page'
			for path in sorted(set(pages) - seen) if path.name not in GENERATED]
	for line in bad:
		print(line)
	return bool(bad)


if __name__ == '__main__':
	sys.exit(main())
