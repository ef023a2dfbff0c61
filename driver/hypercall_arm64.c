// SPDX-License-Identifier: GPL-2.0
/* The hypercall instruction: HVC with a number of its own, clobbers x1 to x3. */
#include <linux/stringify.h>

#include "hypercall.h"

int hypercall_instruction(u32 code, u64 first, u64 second)
{
	register u64 x0 asm("x0") = code;
	register u64 x1 asm("x1") = first;
	register u64 x2 asm("x2") = second;

	asm volatile("hvc #" __stringify(JAILHOUSE_HVC_CODE) :
		     "+r" (x0), "+r" (x1), "+r" (x2) : : "x3", "memory");
	return (int)x0;
}
