// SPDX-License-Identifier: GPL-2.0
/* Reasons for which x86 leaves a guest. */
#include "counters.h"

struct attribute *counter_files[] = {
	COUNTERS_EVERYWHERE,
	COUNTER(pio, PIO),
	COUNTER(xapic, XAPIC),
	COUNTER(cr, CR),
	COUNTER(cpuid, CPUID),
	COUNTER(xsetbv, XSETBV),
	COUNTER(exception, EXCEPTION),
	COUNTER(msr_other, MSR_OTHER),
	COUNTER(msr_x2apic_icr, MSR_X2APIC_ICR),
	NULL,
};
