// SPDX-License-Identifier: GPL-2.0-only
/* dcbm doctor: what is missing on this machine and how to get it */
#include <string.h>

#include "cmd/commands.h"
#include "doctor/checks.h"
#include "lib/cmd.h"
#include "lib/jutil.h"
#include "lib/term.h"
#include "lib/tool.h"
#include "lib/util.h"

static const struct {
	const char *name;
	enum colour colour;
} verdicts[] = {
	[CHECK_OK] = { "ok", COLOUR_GOOD },
	[CHECK_WARN] = { "warn", COLOUR_WARN },
	[CHECK_MISSING] = { "missing", COLOUR_BAD },
};

static int doctor_run(struct tool *t, int argc, char **argv)
{
	unsigned int missing = 0, warned = 0;
	const struct check *check;
	struct json_object *arr;
	const char *worst = NULL;
	int first, ret;

	ret = opts_parse(t, NULL, argc, argv, NULL, &first);
	if (ret)
		return ret;
	if (first < argc)
		return tool_fail(t, TOOL_USAGE, "doctor takes no operand, but got '%s'",
				 argv[first]);
	arr = jadd_arr(t->result, "checks");
	for (check = checks; check->name; check++) {
		struct json_object *row = jpush_obj(arr);
		struct finding f = { .detail = "", .fix = "" };
		const char *fix = check->fix;
		enum verdict verdict = check->look(t, &f);

		if (verdict == CHECK_MISSING && !check->needed)
			verdict = CHECK_WARN;
		if (f.fix[0])
			fix = f.fix;
		if (verdict == CHECK_OK)
			fix = NULL;
		missing += verdict == CHECK_MISSING;
		warned += verdict == CHECK_WARN;
		if (verdict == CHECK_MISSING && !worst)
			worst = check->name;
		jadd_str(row, "name", check->name);
		jadd_str(row, "status", verdicts[verdict].name);
		jadd_bool(row, "needed", check->needed);
		jadd_str(row, "detail", f.detail);
		jadd_str(row, "fix", fix);
	}
	jadd_u64(t->result, "missing", missing);
	jadd_u64(t->result, "warnings", warned);
	t->show = true;
	if (!missing)
		return TOOL_OK;
	return tool_fail(t, TOOL_ENV, "%u needed %s missing, the first is '%s'; see the table",
			 missing, missing == 1 ? "thing is" : "things are", worst);
}

static enum colour colour_of(const char *status)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(verdicts); i++)
		if (!strcmp(verdicts[i].name, status))
			return verdicts[i].colour;
	return COLOUR_NONE;
}

static void doctor_print(struct term *term, struct json_object *result)
{
	struct json_object *arr = jget(result, "checks");
	size_t i;

	for (i = 0; i < jlen(arr); i++) {
		struct json_object *row = jat(arr, i);

		term_paint(term, colour_of(jstr(row, "status")), "%-8s", jstr(row, "status"));
		fprintf(term->out, "%-13s %s\n", jstr(row, "name"), jstr(row, "detail"));
		if (jget(row, "fix"))
			fprintf(term->out, "%-22s-> %s\n", "", jstr(row, "fix"));
	}
}

const struct cmd cmd_doctor = {
	.name = "doctor",
	.args = "",
	.summary = "Show what is missing on this machine and how to get it",
	.details =
		"Each line is ok, missing (needed to copy by DMA) or warn (good to have).\n"
		"The exit status is 3 if anything is missing.\n",
	.run = doctor_run,
	.print = doctor_print,
};
