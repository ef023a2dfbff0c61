// SPDX-License-Identifier: GPL-2.0
/*
 * For tests: sends NMIs to one CPU after the other, each only after the one before it has arrived,
 * and counts those that never do. Runs from load to unload; results are the module's parameters:
 *
 *   sent    NMIs sent
 *   lost    of these, not taken by Linux within LOST_MS
 */
#include <linux/cpu.h>
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/smp.h>
#include <asm/apic.h>
#include <asm/nmi.h>

#define LOST_MS 2000

static unsigned long sent, lost;
module_param(sent, ulong, 0444);
module_param(lost, ulong, 0444);

static unsigned int pause_us = 20;
module_param(pause_us, uint, 0644);
MODULE_PARM_DESC(pause_us, "microseconds between two NMIs");

static atomic_t expected_on = ATOMIC_INIT(-1);	/* CPU that has not taken its NMI yet */
static struct task_struct *sender;

static int storm_handler(unsigned int type, struct pt_regs *regs)
{
	int cpu = smp_processor_id();

	return atomic_cmpxchg(&expected_on, cpu, -1) == cpu ? NMI_HANDLED : NMI_DONE;
}

static void send_nmi(unsigned int cpu)
{
	u32 target = per_cpu(x86_cpu_to_apicid, cpu);
	unsigned long flags;

	if (x2apic_mode) {
		wrmsrl(APIC_BASE_MSR + (APIC_ICR >> 4), (u64)target << 32 | APIC_DM_NMI);
		return;
	}
	local_irq_save(flags);
	while (native_apic_mem_read(APIC_ICR) & APIC_ICR_BUSY)
		cpu_relax();
	native_apic_mem_write(APIC_ICR2, target << 24);
	native_apic_mem_write(APIC_ICR, APIC_DM_NMI);
	local_irq_restore(flags);
}

static void storm_cpu(unsigned int cpu)
{
	ktime_t end = ktime_add_ms(ktime_get(), LOST_MS);

	atomic_set(&expected_on, cpu);
	send_nmi(cpu);
	sent++;
	while (atomic_read(&expected_on) >= 0 && ktime_before(ktime_get(), end))
		cond_resched();
	if (atomic_xchg(&expected_on, -1) >= 0)
		lost++;
}

static int storm(void *unused)
{
	unsigned int cpu = 0;

	while (!kthread_should_stop()) {
		cpus_read_lock();
		cpu = cpumask_next(cpu, cpu_online_mask);
		if (cpu >= nr_cpu_ids)
			cpu = cpumask_first(cpu_online_mask);
		storm_cpu(cpu);
		cpus_read_unlock();
		usleep_range(pause_us, pause_us + 10);
	}
	return 0;
}

static int __init storm_init(void)
{
	int error = register_nmi_handler(NMI_LOCAL, storm_handler, 0, "nmi_storm");

	if (error)
		return error;
	sender = kthread_run(storm, NULL, "nmi_storm");
	if (IS_ERR(sender))
		unregister_nmi_handler(NMI_LOCAL, "nmi_storm");
	return PTR_ERR_OR_ZERO(sender);
}

static void __exit storm_exit(void)
{
	kthread_stop(sender);
	unregister_nmi_handler(NMI_LOCAL, "nmi_storm");
	pr_info("nmi_storm: %lu sent, %lu lost\n", sent, lost);
}

module_init(storm_init);
module_exit(storm_exit);

MODULE_DESCRIPTION("Sends NMIs to all CPUs, for tests");
MODULE_LICENSE("GPL");
