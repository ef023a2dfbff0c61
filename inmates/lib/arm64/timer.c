// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/* The virtual timer of the generic timer (ARM DDI 0487, chapter D12): it is a clock and an alarm. */
#include <inmate.h>

#define CNTV_CTL_ENABLE	1

unsigned long timer_get_frequency(void)
{
	return read_sysreg(cntfrq_el0);
}

u64 timer_get_ticks(void)
{
	isb();
	return read_sysreg(cntvct_el0);
}

u64 timer_ticks_to_ns(u64 ticks)
{
	return scale(ticks, NS_PER_SEC, timer_get_frequency());
}

void timer_start(u64 timeout)
{
	write_sysreg(cntv_cval_el0, timer_get_ticks() + timeout);
	write_sysreg(cntv_ctl_el0, CNTV_CTL_ENABLE);
	isb();
}

void alarm_set(u64 timeout_ns)
{
	timer_start(scale(timeout_ns, timer_get_frequency(), NS_PER_SEC));
}
