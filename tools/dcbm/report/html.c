// SPDX-License-Identifier: GPL-2.0-only
/**
 * DOC: A report as an HTML page
 *
 * The page is one self-contained file, made of report/page/page.html: a line `@NAME@` is
 * replaced by style, script or the report as JSON. The files in report/page/ are part of the
 * program.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "lib/jutil.h"
#include "lib/tool.h"
#include "lib/util.h"
#include "report/html.h"

/* Includes a file as a string named _name. */
#define PART(_name, _file)				\
	__asm__(".section .rodata\n"			\
		#_name ":\n"				\
		".incbin \"" _file "\"\n"		\
		".byte 0\n"				\
		".previous\n")

PART(report_page, "page.html");
PART(report_style, "style.css");
PART(report_base, "base.js");
PART(report_charts, "charts.js");
PART(report_folding, "folding.js");
PART(report_timeline, "timeline.js");
PART(report_main, "main.js");

static const struct {
	const char *mark;
	const char *text;
} parts[] = {
	{ "@style@", report_style },
	{ "@base@", report_base },
	{ "@charts@", report_charts },
	{ "@folding@", report_folding },
	{ "@timeline@", report_timeline },
	{ "@main@", report_main },
};

/*
 * In JSON a < occurs in strings only. As an escape it cannot end the script element, whatever
 * names are in the recording.
 */
static void put_json(FILE *out, struct json_object *report)
{
	const char *c = json_object_to_json_string_ext(report, JSON_C_TO_STRING_PLAIN |
						       JSON_C_TO_STRING_NOSLASHESCAPE);

	for (; *c; c++) {
		if (*c == '<')
			fputs("\\u003c", out);
		else
			fputc(*c, out);
	}
	fputc('\n', out);
}

static void put_line(FILE *out, const char *line, size_t len, struct json_object *report)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(parts); i++) {
		if (strlen(parts[i].mark) == len && !strncmp(line, parts[i].mark, len)) {
			fputs(parts[i].text, out);
			return;
		}
	}
	if (len == strlen("@report@") && !strncmp(line, "@report@", len))
		put_json(out, report);
	else
		fprintf(out, "%.*s\n", (int)len, line);
}

int report_html(struct tool *t, const char *file, struct json_object *report)
{
	FILE *out = fopen(file, "we");
	const char *line;
	size_t len;

	if (!out)
		return tool_fail(t, TOOL_ENV, "report: cannot write '%s': %m", file);
	for (line = report_page; *line; line += len + (line[len] == '\n')) {
		len = strcspn(line, "\n");
		put_line(out, line, len, report);
	}
	if (ferror(out) | fclose(out))
		return tool_fail(t, TOOL_ENV, "report: cannot write '%s': %s", file,
				 strerror(errno));
	return 0;
}
