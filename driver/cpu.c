// SPDX-License-Identifier: GPL-2.0
/* CPUs leave Linux and come back, by the same road as through sysfs. */
#include <linux/cpu.h>
#include <linux/device.h>

#include "compat.h"
#include "cpu.h"
#include "refusal.h"

#include <config/config.h>

int cpu_mask(const struct cell_view *view, struct cpumask *mask)
{
	u32 n;

	cpumask_clear(mask);
	for (n = 0; n < view->desc->cpu_set_size * 8; n++) {
		if (!(view->cpus[n / 8] & (1U << (n % 8))))
			continue;
		if (n >= nr_cpu_ids)
			return refuse(-EINVAL, "cell \"%s\", cpu set: CPU %u does not exist, this Linux knows CPUs 0-%u; mend the config",
				      view->desc->name, n, nr_cpu_ids - 1);
		cpumask_set_cpu(n, mask);
	}
	return 0;
}

/* 0: taken; 1: somebody else has been faster; or negative errno. */
static int cpu_take_one(unsigned int cpu)
{
	int result;

	rcu_expedite_gp();
	result = remove_cpu(cpu);
	rcu_unexpedite_gp();
	return result > 0 && cpu_online(cpu) ? -EBUSY : result;
}

int cpu_take(const struct cpumask *wanted, struct cpumask *offlined)
{
	unsigned int cpu;
	int error;

	cpumask_clear(offlined);
	for_each_cpu(cpu, wanted) {
		if (!cpu_online(cpu))
			continue;
		error = cpu_take_one(cpu);
		if (error < 0) {
			cpu_give_back(offlined);
			return refuse(error, "CPU %u: Linux does not take it offline (error %d); see the kernel log for who holds it",
				      cpu, error);
		}
		if (!error)
			cpumask_set_cpu(cpu, offlined);
	}
	return 0;
}

void cpu_give_back(struct cpumask *offlined)
{
	unsigned int cpu;

	rcu_expedite_gp();
	for_each_cpu(cpu, offlined) {
		if (add_cpu(cpu) < 0)	/* 1: it is back already */
			pr_err("jailhouse: CPU %u does not come back online\n", cpu);
		else
			cpumask_clear_cpu(cpu, offlined);
	}
	rcu_unexpedite_gp();
}

int cpu_check_online(const struct cpumask *wanted, int error, const char *what)
{
	bool same;

	cpus_read_lock();
	same = cpumask_equal(wanted, cpu_online_mask);
	cpus_read_unlock();
	if (same)
		return 0;
	return refuse(error, "%s: the root cell has CPUs %*pbl, but CPUs %*pbl are online; switch CPUs on or off, or use a matching system config",
		      what, cpumask_pr_args(wanted), cpumask_pr_args(cpu_online_mask));
}
