// SPDX-License-Identifier: GPL-2.0
/* Calls into the hypervisor, never while it comes or goes: without one the instruction is a fault. */
#include <linux/errno.h>

#include "hypercall.h"
#include "state.h"

static int vmmcall(u32 code, u64 first, u64 second)
{
	long result = code;

	asm volatile("vmmcall" : "+a" (result) : "D" (first), "S" (second) : "memory");
	return (int)result;
}

int hypercall(u32 code, u64 first, u64 second)
{
	int result = -EINVAL;

	down_read(&hypervisor.gate);
	if (hypervisor.enabled)
		result = vmmcall(code, first, second);
	up_read(&hypervisor.gate);
	return result;
}
