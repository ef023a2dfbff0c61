// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/* Waiting by the clock. */
#include <inmate.h>

void delay_us(unsigned long microsecs)
{
	u64 start = clock_read_ns();

	while (clock_read_ns() - start < microsecs * NS_PER_USEC)
		cpu_relax();
}
