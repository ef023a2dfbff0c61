// SPDX-License-Identifier: GPL-2.0
/* Calls into the hypervisor, not while it comes or goes: without one the instruction is a fault. */
#include <linux/errno.h>

#include "hypercall.h"
#include "state.h"

int hypercall(u32 code, u64 first, u64 second)
{
	int result = -EINVAL;

	down_read(&hypervisor.gate);
	if (hypervisor.enabled)
		result = hypercall_instruction(code, first, second);
	up_read(&hypervisor.gate);
	return result;
}
