/* SPDX-License-Identifier: GPL-2.0 */
/* The counters of exits from guests that an architecture has: files vmexits_*. */
#ifndef DRIVER_COUNTERS_H
#define DRIVER_COUNTERS_H

#include <linux/kobject.h>
#include <linux/sysfs.h>

#include <jailhouse/hypercall.h>

struct counter {
	struct kobj_attribute file;	/* in the directory of a cell; also in that of a CPU */
	unsigned int index;		/* JAILHOUSE_CPU_STAT_* */
};

/* An entry of counter_files. */
#define COUNTER(name, number)								\
	&((struct counter) {								\
		.file = __ATTR(vmexits_##name, 0444, counter_show_cell, NULL),		\
		.index = JAILHOUSE_CPU_STAT_VMEXITS_##number,				\
	}).file.attr

#define COUNTERS_EVERYWHERE								\
	COUNTER(total, TOTAL),								\
	COUNTER(mmio, MMIO),								\
	COUNTER(management, MANAGEMENT),						\
	COUNTER(hypercall, HYPERCALL)

/* The sum of a counter over a cell's CPUs; kobj: the cell's. */
ssize_t counter_show_cell(struct kobject *kobj, struct kobj_attribute *file, char *text);

/* All of them; NULL at the end. */
extern struct attribute *counter_files[];

#endif
