// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/* All CPUs of the cell: each is started, answers an interrupt from the first one, and counts. */
#include <inmate.h>

#define WAIT_US		1000
#define WAIT_TRIES	2000

static volatile u32 ready, pings;

static volatile bool leave;

/*
 * What else this architecture promises about CPUs, where demos/ARCH/smp.c tries it. The others all
 * run entry, which counts *up, and leave it with the next interrupt once *may_leave is set.
 */
bool smp_machine(void (*entry)(void), volatile u32 *up, volatile bool *may_leave);

bool __attribute__((weak)) smp_machine(void (*entry)(void), volatile u32 *up, volatile bool *may_leave)
{
	(void)entry;
	(void)up;
	(void)may_leave;
	return true;
}

static void handle_irq(unsigned int irq)
{
	if (irq != IPI_IRQ)
		return;
	printk("smp: CPU %u got its interrupt\n", cpu_id());
	__atomic_add_fetch(&pings, 1, __ATOMIC_SEQ_CST);
}

static void secondary(void)
{
	printk("smp: CPU %u is up\n", cpu_id());
	irq_init(handle_irq);
	irq_enable(IPI_IRQ);
	__atomic_add_fetch(&ready, 1, __ATOMIC_SEQ_CST);
	while (!leave)
		wait_for_irq();
}

static bool wait_for(volatile u32 *counter, u32 value)
{
	u32 tries;

	for (tries = 0; tries < WAIT_TRIES && *counter < value; tries++)
		delay_us(WAIT_US);
	return *counter >= value;
}

static bool start_others(void)
{
	u32 i, started = 0;

	for (i = 0; i < smp_num_cpus; i++) {
		if (smp_cpu_ids[i] == cpu_id())
			continue;
		smp_start_cpu(smp_cpu_ids[i], secondary);
		if (!wait_for(&ready, ++started))
			return false;
	}
	return true;
}

static bool ping_others(void)
{
	u32 i, sent = 0;

	for (i = 0; i < smp_num_cpus; i++) {
		if (smp_cpu_ids[i] == cpu_id())
			continue;
		irq_send_ipi(smp_cpu_ids[i], IPI_IRQ);
		if (!wait_for(&pings, ++sent))
			return false;
	}
	return true;
}

void inmate_main(void)
{
	u32 answers;
	bool good;

	printk("smp: primary CPU %u\n", cpu_id());
	smp_wait_for_all_cpus();
	printk("smp: %u other CPU(s)\n", smp_num_cpus - 1);
	irq_init(handle_irq);
	irq_enable(IPI_IRQ);
	good = start_others() && ping_others();
	answers = pings;
	good = good && smp_machine(secondary, &ready, &leave);
	printk("smp: %u of %u other CPUs answered, %s\n", answers, smp_num_cpus - 1,
	       good ? "ok" : "FAILED");
	comm_finish();
}
