// SPDX-License-Identifier: GPL-2.0
/* Reasons for which arm64 leaves a guest. */
#include "counters.h"

struct attribute *counter_files[] = {
	COUNTERS_EVERYWHERE,
	COUNTER(maintenance, MAINTENANCE),
	COUNTER(virt_irq, VIRQ),
	COUNTER(virt_sgi, VSGI),
	COUNTER(psci, PSCI),
	COUNTER(smccc, SMCCC),
	NULL,
};
