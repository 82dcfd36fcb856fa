# SPDX-License-Identifier: GPL-2.0-only
#
# Configuration of Sphinx. scripts/docs runs Sphinx with this folder as the place of the
# configuration (-c), and with a copy of the pages as the source, to which it adds the
# pages that it generates.

import logging
import os
import pathlib
import re
import sys

top = pathlib.Path(__file__).resolve().parent.parent
pages = top / 'Documentation' / 'man'


def makefile_version():
	text = (top / 'tools' / 'Makefile').read_text(encoding='utf-8')
	return re.search(r'^VERSION\s*\??=\s*(\S+)', text, re.M).group(1)


project = 'dcbm-sg'
author = 'dcbm-sg maintainers'
copyright = author
version = release = makefile_version()

master_doc = root_doc = 'index'
exclude_patterns = []
extensions = []
primary_domain = 'c'
highlight_language = 'none'
tab_width = 8
# It would make one dash of the two of an option
smartquotes = False
# Each reference must lead somewhere, except those that kernel-doc makes of C types and
# functions: most of these are the kernel's.
nitpicky = True
nitpick_ignore_regex = [(r'c:.*', r'.*')]

# The kernel's own extension, out of the tree that scripts/docs names. Man pages are built
# without a kernel tree.
kernel = os.environ.get('DCBM_KERNEL')
if kernel:
	sys.path.insert(0, os.path.join(kernel, 'Documentation', 'sphinx'))
	extensions.append('kerneldoc')
	kerneldoc_bin = os.path.join(kernel, 'scripts', 'kernel-doc')
	# Files are named from the folder of all that has kernel-doc: ours, and the kernel's
	kerneldoc_srctree = os.environ['DCBM_SOURCES']

html_theme = 'alabaster'
html_title = 'dcbm-sg ' + release
html_theme_options = {
	'description': 'Page migration copied by DMA engines',
	'fixed_sidebar': False,
	'page_width': '1080px',
	'body_max_width': '860px',
}
html_sidebars = {'**': ['about.html', 'navigation.html', 'searchbox.html']}
html_copy_source = False
html_show_sourcelink = False
html_show_copyright = False


def summary(path):
	"""The line of the field :Summary: of a man page."""
	return re.search(r'^:Summary: *(.+)$', path.read_text(encoding='utf-8'), re.M).group(1)


man_pages = [('man/' + page.stem, page.stem, summary(page), '', 1)
			 for page in sorted(pages.glob('dcbm*.rst'))]
man_show_urls = True
man_make_section_directory = False


def man_page_in_html(app, docname, source):
	"""Give a man page the section that man(1) shows first, and links to other pages.

	The pages keep to what docutils knows, so that rst2man reads them as well.
	"""
	if app.builder.format != 'html' or not docname.startswith('man/dcbm'):
		return
	name = docname.split('/')[1]
	text = re.sub(r'\*\*(dcbm[a-z-]*)\*\*\\ \(1\)', r':doc:`\1(1) <\1>`', source[0])
	line = summary(pages / (name + '.rst'))
	source[0] = re.sub(r'^(Synopsis\n=+\n)', 'Name\n====\n\n' + name + ' - ' + line + r'\n\n\1',
					   text, count=1, flags=re.M)


class NoStructAndFunction(logging.Filter):
	"""Drop warnings about a structure and a function of the same name.

	C keeps these names apart, the C domain of Sphinx does not (Sphinx issue 8241).
	"""

	def filter(self, record):
		return not ('Duplicate C declaration' in record.getMessage() and
					'.. c:struct::' in record.getMessage())


logging.getLogger('sphinx.sphinx.domains.c').addFilter(NoStructAndFunction())


def setup(app):
	app.connect('source-read', man_page_in_html)
