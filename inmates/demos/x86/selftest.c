// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/* The library on x86: PM timer, CPUs, and the MSI of the edu device where there is one. */
#include "../selftest.h"

#define MSI_VECTOR	41

static void check_pm_timer(void)
{
	u64 pm = pm_timer_read(), tsc = tsc_read_ns();

	delay_us(20000);
	pm = pm_timer_read() - pm;
	tsc = tsc_read_ns() - tsc;
	EXPECT_EQUAL(tsc >= 20 * NS_PER_MSEC, true);
	EXPECT_EQUAL(pm > 10 * NS_PER_MSEC && pm < 1000 * NS_PER_MSEC, true);
}

void check_machine(void)
{
	check_pm_timer();
	smp_wait_for_all_cpus();
	EXPECT_EQUAL(smp_num_cpus, comm_region->num_cpus);
}

unsigned int edu_irq(u16 bdf)
{
	pci_msi_set_vector(bdf, MSI_VECTOR);
	return MSI_VECTOR;
}
