// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/*
 * What a trap costs. The line "empty" is the cost of measuring; it is part of all the others. bdf=N
 * names the PCI function to read. With idle, only this: how often the CPU leaves its cell in two
 * seconds in which it waits for a timer that comes ten times a second.
 */
#include "bench.h"

#define IDLE_BEATS	20
#define IDLE_NS		(100 * NS_PER_MSEC)

static volatile u32 beats;

static void handle_irq(unsigned int irq)
{
	if (irq != TIMER_IRQ)
		return;
	beats++;
	alarm_set(IDLE_NS);
}

static int read_exits(void)
{
	unsigned long cpu = (unsigned long)cmdline_parse_int("cpu", cpu_id());
	unsigned long all = JAILHOUSE_CPU_INFO_STAT_BASE + JAILHOUSE_CPU_STAT_VMEXITS_TOTAL;

	return (int)jailhouse_call_arg2(JAILHOUSE_HC_CPU_GET_INFO, cpu, all);
}

/* Asking is an exit, too. */
static void bench_idle(void)
{
	int before, after;

	clock_init();
	irq_init(handle_irq);
	irq_enable(TIMER_IRQ);
	alarm_init();
	alarm_set(IDLE_NS);
	before = read_exits();
	while (beats < IDLE_BEATS)
		wait_for_irq();
	after = read_exits();
	if (before < 0 || after < 0)
		printk("bench: the exits cannot be read, result %d\n", before);
	else
		printk("BENCH idle_exits_2s %d\n", after - before - 1);
}

void inmate_main(void)
{
	if (cmdline_parse_bool("idle", false))
		bench_idle();
	else
		bench_machine();
	printk("bench: done\n");
	comm_finish();
}
