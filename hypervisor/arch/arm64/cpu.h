/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One processor: struct cpu is CPU_AREA bytes and aligned to its size, so that the stack pointer alone
 * names it. While the guest runs, the stack pointer is at the guest's registers.
 *
 *   +0x0000 struct cpu     ... stack ...     +0x3f00 (top: the guest's x0 to x30)
 */
#ifndef ARCH_ARM64_CPU_H
#define ARCH_ARM64_CPU_H

#define CPU_AREA	0x4000
#define CPU_FRAME	0x100	/* bytes at the top of the stack */
#define CPU_MODE	0	/* offsets the assembly uses */
#define CPU_LINUX_STATE	0x70

#ifndef __ASSEMBLER__

#include <arch/arm64/gic.h>
#include <arch/cpu.h>
#include <arch/machine.h>

/* What Linux's EL2 looked like at entry; it gets it back when an entry fails, and at disable. */
struct linux_state {
	u64 sctlr, mair, tcr, ttbr;	/* saved and put back by the entry code, in this order */
	u64 vbar, hcr, cptr, mdcr, cnthctl, cntvoff, vttbr, vtcr, vpidr, vmpidr;
	u64 elr, spsr;
};

struct cpu {
	struct cpu_base base;
	u64 mpidr;		/* affinity fields only */
	u64 context;		/* of PSCI CPU_ON, for the guest's x0 */
	struct linux_state linux_state;
	struct gic_cpu gic;
	u8 stack[CPU_AREA - CPU_FRAME - 16 - sizeof(struct cpu_base) - sizeof(struct linux_state) -
		 sizeof(struct gic_cpu)];
	u64 regs[CPU_FRAME / 8];	/* x0 to x30 */
};

_Static_assert(__builtin_offsetof(struct cpu, base.mode) == CPU_MODE, "cpu.base.mode");
_Static_assert(__builtin_offsetof(struct cpu, linux_state) == CPU_LINUX_STATE, "cpu.linux_state");
_Static_assert(__builtin_offsetof(struct cpu, regs) == CPU_AREA - CPU_FRAME, "cpu.regs");
_Static_assert(sizeof(struct cpu) == CPU_AREA, "struct cpu is the whole area");

extern char image_end[];

/* Area of CPU number id; ids are below header.max_cpus. */
static inline struct cpu *cpu_of(u32 id)
{
	return (struct cpu *)(image_end + (u64)id * CPU_AREA);
}

/* Only where a trap arrives. */
static inline struct cpu *cpu_this(void)
{
	u64 sp;

	asm("mov %0, sp" : "=r"(sp));
	return (struct cpu *)(sp & ~(CPU_AREA - 1ULL));
}

/* General register by number; 31 reads as zero. */
static inline u64 cpu_read(const struct cpu *cpu, unsigned number)
{
	return number == 31 ? 0 : cpu->regs[number];
}

static inline void cpu_write(struct cpu *cpu, unsigned number, u64 value)
{
	if (number != 31)
		cpu->regs[number] = value;
}

#endif
#endif
