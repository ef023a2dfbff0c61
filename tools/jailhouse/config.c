// SPDX-License-Identifier: GPL-2.0
/*
 * "config check" and "config plan": what the hypervisor would say to these configurations, found
 * out by its own code. Nothing here knows a rule, and what is only noted does not matter to it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <config/config.h>
#include <plan/plan.h>

#include "blob.h"
#include "command.h"
#include "file.h"
#include "notes.h"
#include "report.h"

struct files {
	struct file file[CONFIG_MAX_CELLS];
	struct system_view system;
	struct cell_view cell[CONFIG_MAX_CELLS];
	struct config_set set;
};

/* path: what the sentence itself does not name, or NULL. */
static int explain(const struct files *files, const struct refusal *refusal, const char *path)
{
	char text[1024];

	config_refusal_print(&files->set, refusal, text, sizeof(text));
	return path ? refuse("%s: %s", path, text) : refuse("%s", text);
}

/* Sentences name a cell, not its file: the first that has no name is told by its file. */
static const char *nameless(const struct refusal *refusal, const struct files *files,
			    const struct arguments *arguments)
{
	int i = 0;

	while (i < arguments->count && config_cell(&files->set, (unsigned)i)->desc->name[0])
		i++;
	return refusal->cell[0] || i == arguments->count ? NULL : arguments->words[i];
}

/* The system, then the cells in slots 1 and up. */
static bool open_all(struct files *files, const struct arguments *arguments)
{
	if (arguments->count > CONFIG_MAX_CELLS)
		return refuse("%d configurations, a system has at most %d", arguments->count,
			      CONFIG_MAX_CELLS), false;
	for (int i = 0; i < arguments->count; i++) {
		const char *path = arguments->words[i];
		struct file *file = &files->file[i];
		bool good = file_open(file, path) &&
			    (i == 0 ? blob_view_system(&files->system, file, path) :
				      blob_view_cell(&files->cell[i], files->system.arch, file,
						     path));

		if (!good)
			return false;
		files->set.cells[i] = i == 0 ? NULL : &files->cell[i];
	}
	files->set.system = &files->system;
	if (arguments->flags & FLAG_UNPROTECTED)
		files->set.allow_unprotected = JAILHOUSE_UNPROTECTED_ALL;
	return true;
}

static void close_all(struct files *files)
{
	for (int i = 0; i < CONFIG_MAX_CELLS; i++)
		file_close(&files->file[i]);
	free(files);
}

static void print_set(const struct files *files, const struct arguments *arguments)
{
	printf("Reading configuration set:\n");
	for (int i = 0; i < arguments->count; i++)
		printf("  %-6s %.32s (%s)\n", i == 0 ? "System" : "Cell",
		       config_cell(&files->set, (unsigned)i)->desc->name, arguments->words[i]);
}

static void emit(void *context, const char *line)
{
	size_t length = strlen(line);

	(void)context;
	printf("%s%s", line, length && line[length - 1] == '\n' ? "" : "\n");
}

static int print_plan(const struct files *files)
{
	struct plan_input input = {
		.set = &files->set, .arch = plan_arch_of(files->system.arch),
	};
	struct plan *plan = calloc(1, plan_size(&input));
	struct refusal refusal;
	int code = 0;

	if (!plan)
		return refuse("there is no memory for the plan, %u bytes", plan_size(&input));
	if (plan_build(plan, &input, &refusal) == OK)
		plan_print(plan, &files->set, emit, NULL);
	else
		code = explain(files, &refusal, NULL);
	free(plan);
	return code;
}

static int with_checked(const struct arguments *arguments, bool announce,
			int (*then)(const struct files *files))
{
	struct files *files = calloc(1, sizeof(*files));
	struct refusal refusal;
	int code = 1;

	if (!files)
		return refuse("there is no memory for %zu bytes", sizeof(*files));
	if (open_all(files, arguments)) {
		if (announce)
			print_set(files, arguments);
		code = config_check(&files->set, &refusal) == OK ?
			       then(files) :
			       explain(files, &refusal, nameless(&refusal, files, arguments));
	}
	close_all(files);
	return code;
}

static int print_good(const struct files *files)
{
	unsigned notes;

	printf("Every rule holds.\n");
	notes = notes_print(&files->set, stdout);
	if (notes)
		printf("%u note%s.\n", notes, notes == 1 ? "" : "s");
	return 0;
}

int run_config_check(const struct arguments *arguments)
{
	return with_checked(arguments, true, print_good);
}

int run_config_plan(const struct arguments *arguments)
{
	return with_checked(arguments, false, print_plan);
}
