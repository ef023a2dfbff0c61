// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/* The other CPUs of the cell: waited for, and started by INIT and SIPI with vector 0. */
#include <inmate.h>

#define STARTUP_TRIES	10
#define STARTUP_POLLS	1000
#define POLL_US		10

extern void (*volatile smp_entry)(void);
extern void *volatile smp_entry_stack;

void smp_wait_for_all_cpus(void)
{
	while (smp_num_cpus < comm_region->num_cpus)
		cpu_relax();
}

/* True once the CPU has taken its entry function. */
static bool taken(void)
{
	unsigned int polls;

	for (polls = 0; polls < STARTUP_POLLS && smp_entry; polls++)
		delay_us(POLL_US);
	return !smp_entry;
}

void smp_start_cpu(unsigned int cpu_id, void (*entry)(void))
{
	u64 destination = (u64)cpu_id << 32;
	unsigned int tries;

	smp_entry_stack = (char *)alloc(PAGE_SIZE, PAGE_SIZE) + PAGE_SIZE;
	smp_entry = entry;
	write_msr(X2APIC_ICR, destination | APIC_DM_INIT | APIC_LVL_ASSERT);
	delay_us(100);
	for (tries = 0; tries < STARTUP_TRIES; tries++) {
		write_msr(X2APIC_ICR, destination | APIC_DM_SIPI | APIC_LVL_ASSERT);
		if (taken())
			return;
	}
	smp_entry = NULL;
	printk("smp_start_cpu: CPU %u does not start\n", cpu_id);
}
