// SPDX-License-Identifier: GPL-2.0
/*
 * Enters and leaves on all CPUs. The hypervisor waits for every CPU inside, so no CPU may come while
 * another spins on a lock it holds: the stopper threads of stop_machine hold none, an interrupt
 * handler might. stop_machine also keeps CPUs from coming and going.
 */
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/smp.h>
#include <linux/stop_machine.h>

#include "enter.h"

struct entering {
	const struct door *door;
	const struct cpumask *cpus;
};

static int enter_cpu(void *data)
{
	const struct entering *entering = data;

	/*
	 * Same answer on every CPU: nobody comes or goes in here. Equal numbers are not enough, as
	 * there are areas for these CPUs and no others.
	 */
	if (!cpumask_equal(cpu_online_mask, entering->cpus))
		return -EAGAIN;
	return tramp_enter(entering->door->root, entering->door->entry, smp_processor_id());
}

int enter_all(const struct door *door, const struct cpumask *cpus)
{
	struct entering entering = { door, cpus };

	return stop_machine(enter_cpu, &entering, cpu_online_mask);
}

static int leave_cpu(void *unused)
{
	return tramp_leave();
}

int leave_all(void)
{
	return stop_machine(leave_cpu, NULL, cpu_online_mask);
}
