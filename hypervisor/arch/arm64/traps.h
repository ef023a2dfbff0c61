/* SPDX-License-Identifier: GPL-2.0 */
/* What a guest does that ends in EL2, and who answers. */
#ifndef ARCH_ARM64_TRAPS_H
#define ARCH_ARM64_TRAPS_H

#include <arch/arm64/cpu.h>

/* The instruction is done. */
void trap_skip(void);
/* The guest gets an exception of this class and syndrome at EL1 instead of its instruction's effect. */
void trap_inject(unsigned class, u32 syndrome);
/* An undefined instruction, as far as the guest is concerned. */
void trap_undefined(void);

/* Data and instruction aborts of the second stage; class as in ESR_EL2. */
void memory_abort(struct cpu *cpu, u64 syndrome);
/* SMC and HVC by the SMC calling convention: PSCI and what it belongs to. */
void smccc_call(struct cpu *cpu);

#endif
