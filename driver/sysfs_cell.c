// SPDX-License-Identifier: GPL-2.0
/*
 * cells/<id>/...: readers ask the hypervisor, never under the driver's lock, because directories
 * are removed under it and that waits for readers.
 */
#include <linux/kobject.h>
#include <linux/slab.h>
#include <linux/sysfs.h>

#include "cell.h"
#include "hypercall.h"
#include "statistics.h"
#include "state.h"
#include "sysfs.h"
#include "sysfs_cell.h"

static struct cell *to_cell(struct kobject *kobj)
{
	return container_of(kobj, struct cell, kobj);
}

static ssize_t name_show(struct kobject *kobj, struct kobj_attribute *attr, char *text)
{
	return sysfs_emit(text, "%s\n", to_cell(kobj)->name);
}

static ssize_t state_show(struct kobject *kobj, struct kobj_attribute *attr, char *text)
{
	static const char *const names[] = {
		[JAILHOUSE_CELL_RUNNING] = "running",
		[JAILHOUSE_CELL_RUNNING_LOCKED] = "running/locked",
		[JAILHOUSE_CELL_SHUT_DOWN] = "shut down",
		[JAILHOUSE_CELL_FAILED] = "failed",
		[JAILHOUSE_CELL_FAILED_COMM_REV] = "Comm ABI mismatch",
	};
	int state = hypercall(JAILHOUSE_HC_CELL_GET_STATE, to_cell(kobj)->id, 0);
	bool known = state >= 0 && state < ARRAY_SIZE(names);

	return sysfs_emit(text, "%s\n", known ? names[state] : "invalid");
}

static ssize_t cpus_assigned_show(struct kobject *kobj, struct kobj_attribute *attr, char *text)
{
	return sysfs_emit(text, "%*pb\n", cpumask_pr_args(&to_cell(kobj)->assigned));
}

static ssize_t cpus_assigned_list_show(struct kobject *kobj, struct kobj_attribute *attr,
				       char *text)
{
	return sysfs_emit(text, "%*pbl\n", cpumask_pr_args(&to_cell(kobj)->assigned));
}

/* Prints the parked CPUs of a cell in one of the two formats. */
static ssize_t cpus_failed(struct cell *cell, const char *format, char *text)
{
	struct cpumask *failed = kzalloc(sizeof(*failed), GFP_KERNEL);
	unsigned int cpu;
	ssize_t length;

	if (!failed)
		return -ENOMEM;
	for_each_cpu(cpu, &cell->assigned)
		if (hypercall(JAILHOUSE_HC_CPU_GET_INFO, cpu, JAILHOUSE_CPU_INFO_STATE) ==
		    JAILHOUSE_CPU_FAILED)
			cpumask_set_cpu(cpu, failed);
	length = sysfs_emit(text, format, cpumask_pr_args(failed));
	kfree(failed);
	return length;
}

static ssize_t cpus_failed_show(struct kobject *kobj, struct kobj_attribute *attr, char *text)
{
	return cpus_failed(to_cell(kobj), "%*pb\n", text);
}

static ssize_t cpus_failed_list_show(struct kobject *kobj, struct kobj_attribute *attr, char *text)
{
	return cpus_failed(to_cell(kobj), "%*pbl\n", text);
}

/* What is not isolated, as the config or the module parameter says: "dma irq", or an empty line. */
static ssize_t unprotected_show(struct kobject *kobj, struct kobj_attribute *attr, char *text)
{
	u32 what = to_cell(kobj)->unprotected;

	static const char *const words[] = { "dma", "irq", "pio", "delivery" };	/* by bit */
	const char *between = "";
	ssize_t length = 0;

	for (unsigned int bit = 0; bit < ARRAY_SIZE(words); bit++)
		if (what & BIT(bit)) {
			length += sysfs_emit_at(text, length, "%s%s", between, words[bit]);
			between = " ";
		}
	return length + sysfs_emit_at(text, length, "\n");
}

#define CELL_FILE(name) static struct kobj_attribute name##_file = __ATTR_RO(name)
CELL_FILE(name);
CELL_FILE(state);
CELL_FILE(cpus_assigned);
CELL_FILE(cpus_assigned_list);
CELL_FILE(cpus_failed);
CELL_FILE(cpus_failed_list);
CELL_FILE(unprotected);

static struct attribute *cell_attrs[] = {
	&name_file.attr,
	&state_file.attr,
	&cpus_assigned_file.attr,
	&cpus_assigned_list_file.attr,
	&cpus_failed_file.attr,
	&cpus_failed_list_file.attr,
	&unprotected_file.attr,
	NULL,
};
static const struct attribute_group cell_group = { .attrs = cell_attrs };
static const struct attribute_group *cell_groups[] = { &cell_group, &statistics_group, NULL };

static void cell_free(struct kobject *kobj)
{
	kfree(to_cell(kobj));
}

static const struct kobj_type cell_type = {
	.release = cell_free,
	.sysfs_ops = &kobj_sysfs_ops,
	.default_groups = cell_groups,
};

void sysfs_cell_init(struct cell *cell)
{
	kobject_init(&cell->kobj, &cell_type);
}

int sysfs_cell_add(struct cell *cell)
{
	int error = kobject_add(&cell->kobj, sysfs_cells(), "%u", cell->id);

	if (!error)
		kobject_uevent(&cell->kobj, KOBJ_ADD);
	return error;
}

void sysfs_cell_remove(struct cell *cell)
{
	if (cell->kobj.state_in_sysfs)
		kobject_del(&cell->kobj);
}
