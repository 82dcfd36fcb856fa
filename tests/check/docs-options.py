#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Compare the options in the help of a command with those of its man page.

docs-options.py PAGE TITLE... < HELP

Each TITLE is the heading of a list of options in HELP. Names, letters and arguments must be the same,
and a range that the help shows must be that of the page. Prints each difference.
"""

import re
import sys

OPTION = re.compile(r'^ *(?:(-[A-Za-z0-9])(?: [A-Z][A-Z,-]*)?, )?--([a-z][a-z-]*)(?:[ =]<?([A-Z][A-Z,-]*)>?)?(?= |$)')
RANGE = re.compile(r'(?<![\w.])([\d.]+[KMGT]?)(?: to |\.\.|-)([\d.]*\d[KMGT]?)(?![\w.]*\w)')


def options(lines):
	"""{'-o --output FILE': {('8K', '64G')}} of a list of options."""
	found = {}
	text = None
	for line in lines:
		match = OPTION.match(line)
		if match:
			text = set()
			key = ' '.join(filter(None, (match[1], '--' + match[2], match[3])))
			found[key] = text
			line = line[match.end():]
		if text is not None:
			text.update(RANGE.findall(line))
	return found


def of_help(text, title):
	lines = text.splitlines()
	if title + ':' not in lines:
		return {}
	begin = lines.index(title + ':') + 1
	end = next((i for i in range(begin, len(lines)) if not lines[i].strip()), len(lines))
	return options(lines[begin:end])


def of_page(text):
	section = re.search(r'^Options\n=+\n(.*?)(?=^[^\n]*\n=+\n|\Z)', text, re.M | re.S)
	# Other paragraphs begin at the margin, too, but not with a hyphen
	return options(line if line.startswith((' ', '-')) else '' for line in section[1].splitlines())


def main():
	text = sys.stdin.read()
	shown = {}
	for title in sys.argv[2:]:
		shown.update(of_help(text, title))
	with open(sys.argv[1], encoding='utf-8') as page:
		documented = of_page(page.read())
	bad = [f'only in the help: {option}' for option in shown if option not in documented]
	bad += [f'only in the page: {option}' for option in documented if option not in shown]
	bad += [f'{option}: range {ranges} in the help, {documented[option]} in the page'
			for option, ranges in shown.items()
			if ranges and option in documented and not ranges <= documented[option]]
	for line in bad:
		print(line)
	return bool(bad)


if __name__ == '__main__':
	sys.exit(main())
