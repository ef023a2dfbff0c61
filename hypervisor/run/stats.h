/* SPDX-License-Identifier: GPL-2.0 */
/* Counters of exits per CPU, by the indices of hypercall CPU_GET_INFO (type 1000 + index). */
#ifndef RUN_STATS_H
#define RUN_STATS_H

enum {
	STAT_TOTAL,
	STAT_MMIO,
	STAT_MANAGEMENT,
	STAT_HYPERCALL,

	/* x86 */
	STAT_PIO,
	STAT_XAPIC,
	STAT_CR,
	STAT_CPUID,
	STAT_XSETBV,
	STAT_EXCEPTION,
	STAT_MSR_OTHER,
	STAT_MSR_X2APIC_ICR,
	STAT_COUNT,

	/* Arm */
	STAT_MAINTENANCE = STAT_HYPERCALL + 1,
	STAT_VIRQ,
	STAT_VSGI,
	STAT_PSCI,
	STAT_SMCCC,
};

#endif
