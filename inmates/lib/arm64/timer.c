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

static void start_at(u64 ticks)
{
	write_sysreg(cntv_cval_el0, ticks);
	write_sysreg(cntv_ctl_el0, CNTV_CTL_ENABLE);
	isb();
}

void timer_start(u64 timeout)
{
	start_at(timer_get_ticks() + timeout);
}

void alarm_set(u64 timeout_ns)
{
	timer_start(scale(timeout_ns, timer_get_frequency(), NS_PER_SEC));
}

/* The first tick at which the clock shows no less. */
void alarm_set_at(u64 when, u64 now)
{
	u64 ticks = scale(when, timer_get_frequency(), NS_PER_SEC);

	(void)now;
	start_at(ticks + (timer_ticks_to_ns(ticks) < when));
}
