// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/*
 * A sign of life while others misbehave: counts every period-us (default 100000), prints each
 * print-every counts (default 10), and with shm=ADDRESS also writes the count into shared memory.
 */
#include <inmate.h>

static volatile u32 count;
static u64 period;

static void handle_irq(unsigned int irq)
{
	if (irq != TIMER_IRQ)
		return;
	count++;
	alarm_set(period);
}

void inmate_main(void)
{
	u32 *shared = (u32 *)cmdline_parse_int("shm", 0);
	u32 print_every = (u32)cmdline_parse_int("print-every", 10), printed = 0;

	period = (u64)cmdline_parse_int("period-us", 100000) * NS_PER_USEC;
	if (shared)
		map_range(shared, sizeof(*shared), MAP_CACHED);
	irq_init(handle_irq);
	irq_enable(TIMER_IRQ);
	alarm_init();
	alarm_set(period);
	printk("alive: started\n");
	while (!comm_shutdown_requested()) {
		wait_for_irq();
		if (shared)
			mmio_write32(shared, count);
		if (count - printed < print_every)
			continue;
		printed = count;
		printk("alive: %u\n", printed);
	}
	printk("alive: stopped at %u\n", count);
	stop();
}
