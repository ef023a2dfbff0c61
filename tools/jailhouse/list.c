// SPDX-License-Identifier: GPL-2.0
/* "cell list": one row per cell, from the driver's files. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "json.h"
#include "sysfs.h"

#define ROW "%-8s%-24s%-18s%-24s%-24s\n"

struct row {
	char id[16];
	char name[64], state[32], cpus[256], failed[256];
	char unprotected[64];	/* empty: its devices are isolated */
};

/* "0" and nothing mean the same: its devices are isolated. */
static void read_unprotected(struct row *row, const char *id)
{
	char *text = row->unprotected;

	if (sysfs_read_at(text, sizeof(row->unprotected), "cells/%s/unprotected", id) <= 0 ||
	    strcmp(text, "0") == 0)
		*text = 0;
}

static bool read_row(struct row *row, const char *id)
{
	snprintf(row->id, sizeof(row->id), "%.15s", id);
	read_unprotected(row, id);
	return sysfs_need(row->name, sizeof(row->name), "cells/%s/name", id) &&
	       sysfs_need(row->state, sizeof(row->state), "cells/%s/state", id) &&
	       sysfs_need(row->cpus, sizeof(row->cpus), "cells/%s/cpus_assigned_list", id) &&
	       sysfs_need(row->failed, sizeof(row->failed), "cells/%s/cpus_failed_list", id);
}

static void print_unprotected(const struct row *row)
{
	bool dma = strstr(row->unprotected, "dma"), irq = strstr(row->unprotected, "irq");
	bool delivery = strstr(row->unprotected, "delivery");

	if (delivery)
		printf("cell \"%s\" takes its interrupts itself: it can refuse to be interrupted, and "
		       "end an interrupt of another cell early\n", row->name);
	if (dma || irq || (row->unprotected[0] && !delivery))
		printf("cell \"%s\" is not isolated: its devices can %s%s%s\n", row->name,
		       dma ? "reach all memory" : "", dma && irq ? " and " : "",
		       irq ? "raise any interrupt" : dma ? "" : row->unprotected);
}

static void print_table(const struct row *rows, int count)
{
	if (count <= 0 && isatty(STDERR_FILENO))
		fprintf(stderr, "jailhouse: there are no cells, the hypervisor is not enabled\n");
	if (count > 0)
		printf(ROW, "ID", "Name", "State", "Assigned CPUs", "Failed CPUs");
	for (int i = 0; i < count; i++)
		printf(ROW, rows[i].id, rows[i].name, rows[i].state, rows[i].cpus, rows[i].failed);
	for (int i = 0; i < count; i++)
		print_unprotected(&rows[i]);
}

static void print_json(const struct row *rows, int count)
{
	json_open(NULL, '[');
	for (int i = 0; i < count; i++) {
		json_open(NULL, '{');
		json_number("id", strtoul(rows[i].id, NULL, 10));
		json_string("name", rows[i].name);
		json_string("state", rows[i].state);
		json_cpu_list("cpus", rows[i].cpus);
		json_cpu_list("failed_cpus", rows[i].failed);
		json_string("unprotected", rows[i].unprotected);
		json_close('}');
	}
	json_close(']');
	printf("\n");
}

static bool read_rows(struct row *rows, struct dirent **entries, int count)
{
	bool good = true;

	for (int i = 0; i < count; i++) {
		good = good && read_row(&rows[i], entries[i]->d_name);
		free(entries[i]);
	}
	return good;
}

int run_cell_list(const struct arguments *arguments)
{
	struct dirent **entries = NULL;
	int count = sysfs_list(&entries, sysfs_is_number, "cells");
	struct row *rows = calloc(count > 0 ? (size_t)count : 1, sizeof(*rows));
	bool good = rows && read_rows(rows, entries, count);

	if (good && arguments->flags & FLAG_JSON)
		print_json(rows, count);
	else if (good)
		print_table(rows, count);
	free(rows);
	free(entries);
	return !good;
}
