// SPDX-License-Identifier: GPL-2.0
/* "cell stats": a table, a JSON object, or the live view. */
#include <stdio.h>
#include <unistd.h>

#include "cell.h"
#include "command.h"
#include "counters.h"
#include "json.h"
#include "report.h"
#include "screen.h"
#include "sysfs.h"

static void json_counters(const char *name, const struct counters *counters)
{
	json_open(name, '{');
	for (unsigned i = 0; i < counters->count; i++)
		json_number(counters->row[i].name, counters->row[i].value);
	json_close('}');
}

static int print_json(const char *id, const char *name)
{
	struct counters counters;
	int cpu = COUNTERS_ALL;
	char text[16];

	if (!counters_read(&counters, id, COUNTERS_ALL))
		return refuse("cell \"%s\" has no counters; was it destroyed meanwhile?", name);
	json_open(NULL, '{');
	json_string("cell", name);
	json_counters("counters", &counters);
	json_open("cpus", '{');
	while ((cpu = counters_next_cpu(id, cpu)) != COUNTERS_ALL) {
		snprintf(text, sizeof(text), "%d", cpu);
		counters_read(&counters, id, cpu);
		json_counters(text, &counters);
	}
	json_close('}');
	json_close('}');
	printf("\n");
	return 0;
}

static int print_once(const char *id, const char *name)
{
	struct counters counters;

	if (!counters_read(&counters, id, COUNTERS_ALL))
		return refuse("cell \"%s\" has no counters; was it destroyed meanwhile?", name);
	printf("%-30s %15s\n", "COUNTER", "SUM");
	for (unsigned i = 0; i < counters.count; i++)
		printf("%-30s %15llu\n", counters.row[i].name, counters.row[i].value);
	return 0;
}

int run_cell_stats(const struct arguments *arguments)
{
	char id[16], name[64];

	if (!cell_find(arguments->words[0], arguments->flags & FLAG_NAME, id, sizeof(id)))
		return 1;
	sysfs_read_at(name, sizeof(name), "cells/%s/name", id);
	if (arguments->flags & FLAG_JSON)
		return print_json(id, name);
	if (arguments->flags & FLAG_ONCE || !isatty(STDOUT_FILENO))
		return print_once(id, name);
	return screen_run(id, name);
}
