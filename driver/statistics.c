// SPDX-License-Identifier: GPL-2.0
/* Directories of counters: one per cell, one per CPU, and links from the first to the second. */
#include <linux/kobject.h>
#include <linux/list.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/sysfs.h>

#include "cell.h"
#include "counters.h"
#include "hypercall.h"
#include "statistics.h"

static struct kobject *cpus_folder;

static LIST_HEAD(cpu_list);

struct cpu_statistics {
	struct kobject kobj;
	struct list_head entry;	/* in cpu_list */
	unsigned int cpu;
};

/* 0 as well when nobody can be asked. */
static unsigned int counter_read(const struct counter *counter, unsigned int cpu)
{
	int value = hypercall(JAILHOUSE_HC_CPU_GET_INFO, cpu,
			      JAILHOUSE_CPU_INFO_STAT_BASE + counter->index);

	return max(value, 0);
}

ssize_t counter_show_cell(struct kobject *kobj, struct kobj_attribute *file, char *text)
{
	const struct cell *cell = container_of(kobj, struct cell, kobj);
	unsigned int cpu;
	u64 sum = 0;

	for_each_cpu(cpu, &cell->assigned)
		sum += counter_read(container_of(file, struct counter, file), cpu);
	return sysfs_emit(text, "%llu\n", sum);
}

const struct attribute_group statistics_group = {
	.name = "statistics",
	.attrs = counter_files,
};

static ssize_t cpu_show(struct kobject *kobj, struct attribute *attr, char *text)
{
	const struct cpu_statistics *this = container_of(kobj, struct cpu_statistics, kobj);

	return sysfs_emit(text, "%u\n",
			  counter_read(container_of(attr, struct counter, file.attr), this->cpu));
}

static void cpu_free(struct kobject *kobj)
{
	kfree(container_of(kobj, struct cpu_statistics, kobj));
}

static const struct sysfs_ops cpu_ops = { .show = cpu_show };
static const struct attribute_group cpu_group = { .attrs = counter_files };
static const struct attribute_group *cpu_groups[] = { &cpu_group, NULL };

static const struct kobj_type cpu_type = {
	.release = cpu_free,
	.sysfs_ops = &cpu_ops,
	.default_groups = cpu_groups,
};

static int cpu_add(unsigned int cpu)
{
	struct cpu_statistics *this = kzalloc(sizeof(*this), GFP_KERNEL);
	int error;

	if (!this)
		return -ENOMEM;
	this->cpu = cpu;
	error = kobject_init_and_add(&this->kobj, &cpu_type, cpus_folder, "cpu%u", cpu);
	if (error)
		kobject_put(&this->kobj);
	else
		list_add_tail(&this->entry, &cpu_list);
	return error;
}

int statistics_register(struct kobject *parent)
{
	unsigned int cpu;
	int error = 0;

	cpus_folder = kobject_create_and_add("cpus", parent);
	if (!cpus_folder)
		return -ENOMEM;
	for_each_possible_cpu(cpu)
		if (!error)
			error = cpu_add(cpu);
	if (error)
		statistics_unregister();
	return error;
}

void statistics_unregister(void)
{
	struct cpu_statistics *this, *next;

	list_for_each_entry_safe(this, next, &cpu_list, entry) {
		list_del(&this->entry);
		kobject_put(&this->kobj);
	}
	kobject_put(cpus_folder);
}

int statistics_add_cpus(struct cell *cell, const struct cpumask *cpus)
{
	struct cpu_statistics *this;
	int error = 0;

	list_for_each_entry(this, &cpu_list, entry)
		if (!error && cpumask_test_cpu(this->cpu, cpus))
			error = sysfs_add_link_to_group(&cell->kobj, statistics_group.name,
							&this->kobj, kobject_name(&this->kobj));
	return error;
}

void statistics_move_cpus(struct cell *from, struct cell *to, const struct cpumask *cpus)
{
	struct cpu_statistics *this;

	list_for_each_entry(this, &cpu_list, entry)
		if (cpumask_test_cpu(this->cpu, cpus))
			sysfs_remove_link_from_group(&from->kobj, statistics_group.name,
						     kobject_name(&this->kobj));
	if (statistics_add_cpus(to, cpus))
		pr_warn("jailhouse: cell \"%s\": no memory to show the statistics of all its CPUs\n",
			to->name);
}
