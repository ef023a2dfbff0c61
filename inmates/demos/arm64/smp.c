// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/*
 * What PSCI promises: a CPU that runs is not started twice; one that leaves is off, and starts
 * again. And what the interrupt controller does: a GICv2 remembers each CPU that has sent an SGI, later
 * ones that it was sent.
 */
#include <inmate.h>

#define NOBODY		0x7f0300	/* a CPU that no machine has */
#define UNTIL_ON	1000
#define SHARED_IRQ	6

bool smp_machine(void (*entry)(void), volatile u32 *up, volatile bool *may_leave);

static bool expect(const char *what, u32 id, int result, int expected)
{
	if (result != expected)
		printk("smp: %s of CPU 0x%x gave %d instead of %d\n", what, id, result, expected);
	return result == expected;
}

static bool is_on(u32 id)
{
	return expect("state", id, psci_call(PSCI_AFFINITY_INFO, id, 0, 0), PSCI_IS_ON) &&
	       expect("start while on", id, psci_call(PSCI_CPU_ON, id, 0, 0), PSCI_ALREADY_ON);
}

static bool goes_off(u32 id)
{
	irq_send_ipi(id, IPI_IRQ);
	return expect("switching off", id, smp_wait_for_off(id), true);
}

static bool comes_again(u32 id, void (*entry)(void), volatile u32 *up)
{
	u32 before = *up, tries;

	if (!expect("start", id, smp_try_start_cpu(id, entry), 0))
		return false;
	for (tries = 0; tries < UNTIL_ON && *up == before; tries++)
		delay_us(1000);
	return expect("coming again", id, (int)(*up - before), 1) && is_on(id);
}

static bool others(bool (*check)(u32 id))
{
	bool good = true;
	u32 i;

	for (i = 0; i < smp_num_cpus; i++)
		if (smp_cpu_ids[i] != cpu_id())
			good = check(smp_cpu_ids[i]) && good;
	return good;
}

static bool nobody_starts(void)
{
	int result = psci_call(PSCI_CPU_ON, NOBODY, 0, 0);

	return expect("refusal", NOBODY, result < 0, true);
}

static unsigned int first_cpu;
static volatile u32 taken;

static void send_to_first(void)
{
	irq_send_ipi(first_cpu, SHARED_IRQ);
}

static void take_shared(unsigned int irq)
{
	taken += irq == SHARED_IRQ;
}

/* While this CPU takes no interrupts, another one and itself send it the same one. */
static bool two_send(u32 other)
{
	first_cpu = cpu_id();
	irq_init(take_shared);
	irq_enable(SHARED_IRQ);
	if (!expect("start", other, smp_try_start_cpu(other, send_to_first), 0) ||
	    !expect("switching off", other, smp_wait_for_off(other), true))
		return false;
	send_to_first();
	enable_irqs();
	delay_us(1000);
	disable_irqs();
	return expect("interrupts from two", other, (int)taken, comm_region->gic_version == 2 ? 2 : 1);
}

bool smp_machine(void (*entry)(void), volatile u32 *up, volatile bool *may_leave)
{
	int version = psci_call(PSCI_VERSION, 0, 0, 0);
	bool good = others(is_on) && nobody_starts();
	u32 last = smp_cpu_ids[smp_num_cpus - 1];

	*may_leave = true;
	memory_barrier();
	good = good && others(goes_off);
	*may_leave = false;
	if (good && last != cpu_id())
		good = two_send(last) && comes_again(last, entry, up);
	printk("smp: PSCI %d.%d, leaving and coming again %s\n", version >> 16, version & 0xffff,
	       good ? "ok" : "FAILED");
	return good;
}
