/* SPDX-License-Identifier: GPL-2.0 */
/* What a guest does that ends in EL2, and who answers. */
#ifndef ARCH_ARM64_TRAPS_H
#define ARCH_ARM64_TRAPS_H

#include <arch/arm64/cpu.h>
#include <arch/arm64/sysreg.h>

/* Exception classes in ESR_EL2 (DDI 0487, D23.2.37); aborts are those of a lower level. */
#define EC_UNDEFINED	0x00
#define EC_HVC64	0x16
#define EC_SMC64	0x17
#define EC_SYSREG	0x18
#define EC_ABORT_CODE	0x20
#define EC_ABORT_DATA	0x24

/* SPSR_EL2 (DDI 0487, C5.2.20): mode 0 is EL0's; 32-bit programs; T and IT of those; single step */
#define SPSR_MODE	15
#define SPSR_AARCH32	BIT(4)
#define SPSR_THUMB	BIT(5)
#define SPSR_IT_HIGH	MASK(15, 10)
#define SPSR_SS		BIT(21)
#define SPSR_IT_LOW	MASK(26, 25)

/* The instruction is done. */
static inline void trap_skip(void)
{
	write_sysreg(elr_el2, read_sysreg(elr_el2) + 4);
}

/* The guest gets an exception of this class and syndrome at EL1 instead of its instruction's effect. */
void trap_inject(unsigned class, u32 syndrome);
/* An undefined instruction, as far as the guest is concerned. */
void trap_undefined(void);

/* A trapped system register. */
void exit_sysreg(struct cpu *cpu, u64 syndrome);
/* Data and instruction aborts of the second stage; class as in ESR_EL2. */
void memory_abort(struct cpu *cpu, u64 syndrome);
/* SMC and HVC by the SMC calling convention: PSCI and what it belongs to. Always true: it is answered. */
bool smccc_call(struct cpu *cpu) __attribute__((noipa));	/* may be jumped to, as its result counts */

#endif
