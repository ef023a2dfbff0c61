// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/* A CPU that does its best to listen to nobody. */
#include "parts.h"

#define MAPPED_NOWHERE	0x600000000000	/* no table of the inmate has it */

/* An exception within an exception for ever: nobody else may suffer from it. */
static void exception_loop(void)
{
	write_sysreg(vbar_el1, MAPPED_NOWHERE);
	asm volatile("isb; udf #0");
}

static void mask_all(void)
{
	asm volatile("msr daifset, #15");
	if (comm_region->gic_version != 2)
		write_sysreg(icc_pmr_el1, 0);
	for (;;)
		cpu_relax();
}

/* Priority 0 is active for so many milliseconds (value=). */
static void hold_off(void)
{
	asm volatile("msr daifset, #15");
	write_sysreg(S3_0_C12_C9_0, 1);		/* ICC_AP1R0_EL1 */
	isb();
	delay_us(value * 1000);
	write_sysreg(S3_0_C12_C9_0, 0);
	isb();
}

const struct fault processor_faults[] = {
	{ "exception-loop", exception_loop },
	{ "mask-all", mask_all },
	{ "hold-off", hold_off },
	{ NULL, NULL },
};
