// SPDX-License-Identifier: GPL-2.0
/* The hypercall instruction of AMD CPUs. */
#include "hypercall.h"

int hypercall_instruction(u32 code, u64 first, u64 second)
{
	long result = code;

	asm volatile("vmmcall" : "+a" (result) : "D" (first), "S" (second) : "memory");
	return (int)result;
}
