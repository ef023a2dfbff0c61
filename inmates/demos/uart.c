// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/*
 * A line of text every period-us (default 1000000), without interrupts, until a shutdown is asked
 * for.
 */
#include <inmate.h>

void inmate_main(void)
{
	unsigned long period = (unsigned long)cmdline_parse_int("period-us", 1000000);
	u32 line = 0;

	clock_init();
	while (!comm_shutdown_requested()) {
		printk("uart: line %u\n", ++line);
		delay_us(period);
	}
	printk("uart: stopped\n");
	stop();
}
