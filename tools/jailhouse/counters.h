/* SPDX-License-Identifier: GPL-2.0 */
/* The exit counters of a cell, read from the driver's files. */
#ifndef TOOLS_COUNTERS_H
#define TOOLS_COUNTERS_H

#include <stdbool.h>

#define COUNTERS_MAX 64
#define COUNTERS_ALL (-1)	/* the sum over all CPUs of the cell */

struct counters {
	unsigned count;
	struct counter {
		char name[40];	/* "total", "mmio", ... */
		unsigned long long value;
	} row[COUNTERS_MAX];
};

/* Counters of one CPU or COUNTERS_ALL, "total" first; false when the cell or CPU is gone. */
bool counters_read(struct counters *counters, const char *cell_id, int cpu);
/* The cell's CPU after cpu in the order of numbers; COUNTERS_ALL after the last. */
int counters_next_cpu(const char *cell_id, int cpu);
/* The value of the counter with this name, 0 if there is none. */
unsigned long long counters_value(const struct counters *counters, const char *name);

#endif
