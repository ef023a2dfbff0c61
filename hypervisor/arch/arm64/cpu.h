/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One processor: an area of CPU_AREA bytes, aligned to its size. While the guest runs, the stack pointer
 * is at its registers, right before struct cpu.
 *
 *   ... stack ...     x0 to x30     +CPU_AT struct cpu
 */
#ifndef ARCH_ARM64_CPU_H
#define ARCH_ARM64_CPU_H

#define HOST_WINDOWS_SHIFT 26		/* the address of the look-at windows, in two parts */
#define HOST_WINDOWS_AT	0x3fa001
#define CPU_AREA	0x4000
#define CPU_AT		0x3e00
#define CPU_REGS	0x100	/* bytes of the guest's registers */
#define CPU_MODE	0	/* offsets the assembly uses */
#define CPU_HYPERCALLS	0x3c
#define CPU_LINUX_STATE	0x70

#ifndef __ASSEMBLER__

#include <arch/arm64/gic.h>
#include <arch/cpu.h>
#include <arch/machine.h>

/* What Linux's EL2 looked like at entry; it gets it back when an entry fails, and at disable. */
struct linux_state {
	u64 sctlr, mair, tcr, ttbr;	/* saved and put back by the entry code, all in this order */
	u64 vbar, hcr, cptr, mdcr, cnthctl, cntvoff, vttbr, vtcr, vpidr, vmpidr;
	u64 elr, spsr;
	u64 mpam2;		/* MPAM2_EL2 if Linux uses it */
};

struct cpu {
	struct cpu_base base;
	u64 mpidr;		/* affinity fields only */
	u64 context;		/* of PSCI CPU_ON, for the guest's x0 */
	struct linux_state linux_state;
	struct {		/* the trapped window a load was last answered from */
		u64 first, span;
		u32 kind;	/* enum plan_trap_kind */
	} window;
	struct gic_cpu gic;
	s32 workarounds[3];	/* what SMCCC_ARCH_FEATURES says of them here; negative: no such call */
};

_Static_assert(__builtin_offsetof(struct cpu, base.mode) == CPU_MODE, "cpu.base.mode");
_Static_assert(__builtin_offsetof(struct cpu, base.stat[STAT_HYPERCALL]) == CPU_HYPERCALLS, "cpu.base.stat");
_Static_assert(__builtin_offsetof(struct cpu, linux_state) == CPU_LINUX_STATE, "cpu.linux_state");
_Static_assert(sizeof(struct cpu) <= CPU_AREA - CPU_AT, "struct cpu fits behind its stack");

extern char image_start[], image_end[];

/* What the driver says about Linux, CELLBLOCK_FLAG_*. */
static inline u32 image_flags(void)
{
	return ((const struct jailhouse_header *)image_start)->flags;
}

/* Area of CPU number id; ids are below header.max_cpus. */
static inline struct cpu *cpu_of(u32 id)
{
	return (struct cpu *)(image_end + (u64)id * CPU_AREA + CPU_AT);
}

/* Only where a trap arrives. */
static inline struct cpu *cpu_this(void)
{
	u64 sp;

	asm("mov %0, sp" : "=r"(sp));
	return (struct cpu *)((sp & ~(CPU_AREA - 1ULL)) + CPU_AT);
}

/* The guest's x0 to x30. In exit_fast() x18 to x29 are not there: they are still in the registers. */
static inline u64 *cpu_regs(struct cpu *cpu)
{
	return (u64 *)cpu - CPU_REGS / 8;
}

/* General register by number; 31 reads as zero. */
static inline u64 cpu_read(struct cpu *cpu, unsigned number)
{
	return number == 31 ? 0 : cpu_regs(cpu)[number];
}

/* Number 31 writes to where nothing is. */
static inline void cpu_write(struct cpu *cpu, unsigned number, u64 value)
{
	cpu_regs(cpu)[number] = value;
}

#endif
#endif
