// SPDX-License-Identifier: GPL-2.0
/* Counters of exits from guests, asked of the hypervisor when somebody reads. */
#include <linux/kobject.h>
#include <linux/list.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/sysfs.h>

#include "cell.h"
#include "hypercall.h"
#include "statistics.h"

struct statistics {
	struct kobject kobj;
	struct cell *cell;	/* outlives us: our parent */
};

struct cpu_statistics {
	struct kobject kobj;
	struct list_head entry;
	unsigned int cpu;
};

static LIST_HEAD(cpu_list);

struct counter {
	struct attribute attr;
	unsigned int index;
};

#define COUNTER(file, number)					\
	{							\
		.attr = { .name = "vmexits_" file, .mode = 0444 },	\
		.index = JAILHOUSE_CPU_STAT_VMEXITS_##number,	\
	}

static struct counter counters[] = {
	COUNTER("total", TOTAL),
	COUNTER("mmio", MMIO),
	COUNTER("management", MANAGEMENT),
	COUNTER("hypercall", HYPERCALL),
	COUNTER("pio", PIO),
	COUNTER("xapic", XAPIC),
	COUNTER("cr", CR),
	COUNTER("cpuid", CPUID),
	COUNTER("xsetbv", XSETBV),
	COUNTER("exception", EXCEPTION),
	COUNTER("msr_other", MSR_OTHER),
	COUNTER("msr_x2apic_icr", MSR_X2APIC_ICR),
};

static unsigned int counter_read(struct attribute *attr, unsigned int cpu)
{
	struct counter *counter = container_of(attr, struct counter, attr);
	int value = hypercall(JAILHOUSE_HC_CPU_GET_INFO, cpu,
			      JAILHOUSE_CPU_INFO_STAT_BASE + counter->index);

	return max(value, 0);
}

static ssize_t cell_counter_show(struct kobject *kobj, struct attribute *attr, char *text)
{
	struct statistics *statistics = container_of(kobj, struct statistics, kobj);
	unsigned int cpu;
	u64 sum = 0;

	for_each_cpu(cpu, &statistics->cell->assigned)
		sum += counter_read(attr, cpu);
	return sysfs_emit(text, "%llu\n", sum);
}

static ssize_t cpu_counter_show(struct kobject *kobj, struct attribute *attr, char *text)
{
	struct cpu_statistics *statistics = container_of(kobj, struct cpu_statistics, kobj);

	return sysfs_emit(text, "%u\n", counter_read(attr, statistics->cpu));
}

static void statistics_free(struct kobject *kobj)
{
	kfree(container_of(kobj, struct statistics, kobj));
}

static void cpu_statistics_free(struct kobject *kobj)
{
	kfree(container_of(kobj, struct cpu_statistics, kobj));
}

static const struct sysfs_ops cell_counter_ops = { .show = cell_counter_show };
static const struct sysfs_ops cpu_counter_ops = { .show = cpu_counter_show };

static const struct kobj_type statistics_type = {
	.release = statistics_free,
	.sysfs_ops = &cell_counter_ops,
};

static const struct kobj_type cpu_statistics_type = {
	.release = cpu_statistics_free,
	.sysfs_ops = &cpu_counter_ops,
};

/* Files of all counters in a directory that was just added; 0 or negative errno. */
static int counters_add(struct kobject *kobj)
{
	int n, error = 0;

	for (n = 0; n < ARRAY_SIZE(counters) && !error; n++)
		error = sysfs_create_file(kobj, &counters[n].attr);
	return error;
}

static void directory_remove(struct kobject *kobj)
{
	kobject_del(kobj);
	kobject_put(kobj);
}

struct statistics *statistics_add(struct cell *cell)
{
	struct statistics *statistics = kzalloc(sizeof(*statistics), GFP_KERNEL);

	if (!statistics)
		return NULL;
	statistics->cell = cell;
	if (kobject_init_and_add(&statistics->kobj, &statistics_type, &cell->kobj, "statistics") ||
	    counters_add(&statistics->kobj)) {
		directory_remove(&statistics->kobj);
		return NULL;
	}
	return statistics;
}

void statistics_remove(struct statistics *statistics)
{
	directory_remove(&statistics->kobj);
}

static int cpu_add(struct statistics *statistics, unsigned int cpu)
{
	struct cpu_statistics *this = kzalloc(sizeof(*this), GFP_KERNEL);
	int error;

	if (!this)
		return -ENOMEM;
	this->cpu = cpu;
	error = kobject_init_and_add(&this->kobj, &cpu_statistics_type, &statistics->kobj,
				     "cpu%u", cpu);
	if (!error)
		error = counters_add(&this->kobj);
	if (error) {
		directory_remove(&this->kobj);
		return error;
	}
	list_add_tail(&this->entry, &cpu_list);
	return 0;
}

int statistics_add_cpus(struct statistics *statistics, const struct cpumask *cpus)
{
	unsigned int cpu;
	int error;

	for_each_cpu(cpu, cpus) {
		error = cpu_add(statistics, cpu);
		if (error) {
			statistics_remove_cpus();
			return error;
		}
	}
	return 0;
}

void statistics_remove_cpus(void)
{
	struct cpu_statistics *this, *next;

	list_for_each_entry_safe(this, next, &cpu_list, entry) {
		list_del(&this->entry);
		directory_remove(&this->kobj);
	}
}

void statistics_move_cpus(struct statistics *to, const struct cpumask *cpus)
{
	struct cpu_statistics *this;

	list_for_each_entry(this, &cpu_list, entry)
		if (cpumask_test_cpu(this->cpu, cpus) && kobject_move(&this->kobj, &to->kobj))
			pr_warn("jailhouse: statistics of CPU %u stay where they are\n", this->cpu);
}
