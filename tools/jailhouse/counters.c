// SPDX-License-Identifier: GPL-2.0
/* One file per reason below statistics/, the same again below statistics/cpuN/. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "counters.h"
#include "sysfs.h"

#define PREFIX "vmexits_"
#define PREFIX_LENGTH (sizeof(PREFIX) - 1)

static int is_counter(const struct dirent *entry)
{
	return strncmp(entry->d_name, PREFIX, PREFIX_LENGTH) == 0;
}

static int is_cpu(const struct dirent *entry)
{
	return strncmp(entry->d_name, "cpu", 3) == 0 && entry->d_name[3] >= '0' &&
	       entry->d_name[3] <= '9';
}

static void counter_add(struct counters *counters, const char *folder, const char *file)
{
	struct counter *counter = &counters->row[counters->count];
	char text[32];

	if (counters->count == COUNTERS_MAX ||
	    sysfs_read_at(text, sizeof(text), "%s/%s", folder, file) <= 0)
		return;
	snprintf(counter->name, sizeof(counter->name), "%s", file + PREFIX_LENGTH);
	counter->value = strtoull(text, NULL, 10);
	counters->count++;
}

static void total_first(struct counters *counters)
{
	for (unsigned i = 1; i < counters->count; i++) {
		struct counter counter = counters->row[i];

		if (strcmp(counter.name, "total") != 0)
			continue;
		memmove(&counters->row[1], &counters->row[0], i * sizeof(counter));
		counters->row[0] = counter;
	}
}

bool counters_read(struct counters *counters, const char *cell_id, int cpu)
{
	struct dirent **entries = NULL;
	char folder[96];
	int count;

	snprintf(folder, sizeof(folder),
		 cpu < 0 ? "cells/%s/statistics" : "cells/%s/statistics/cpu%d", cell_id, cpu);
	counters->count = 0;
	count = sysfs_list(&entries, is_counter, "%s", folder);
	for (int i = 0; i < count; i++) {
		counter_add(counters, folder, entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
	total_first(counters);
	return counters->count > 0;
}

int counters_next_cpu(const char *cell_id, int cpu)
{
	struct dirent **entries = NULL;
	int count = sysfs_list(&entries, is_cpu, "cells/%s/statistics", cell_id);
	int next = COUNTERS_ALL;

	for (int i = 0; i < count; i++) {
		int number = atoi(entries[i]->d_name + 3);

		if (number > cpu && next == COUNTERS_ALL)
			next = number;
		free(entries[i]);
	}
	free(entries);
	return next;
}

unsigned long long counters_value(const struct counters *counters, const char *name)
{
	for (unsigned i = 0; i < counters->count; i++)
		if (strcmp(counters->row[i].name, name) == 0)
			return counters->row[i].value;
	return 0;
}
