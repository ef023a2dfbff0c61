/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/* Misbehaviour that only arm64 knows, by subject: a file and a list each. */
#ifndef _FAULTS_PARTS_H
#define _FAULTS_PARTS_H

#include "../../faults.h"

extern const struct fault memory_faults[], processor_faults[], interrupt_faults[], call_faults[],
			  register_faults[];

/* The CPU that is the victim, cpu= of the command line. */
static inline u32 get_cpu(void)
{
	return (u32)cmdline_parse_int("cpu", 0);
}

#endif
