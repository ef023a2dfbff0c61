/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One processor: struct cpu is CPU_AREA bytes and aligned to its size, so
 * that the stack pointer alone names it.
 *
 *   +0x0000 struct cpu     +0x1000 VMCB     +0x2000 host save area     +0x3000 unused
 *   +0x4000 ... stack ...  +0x8000 (top: guest registers, pointer to struct cpu)
 */
#ifndef ARCH_X86_CPU_H
#define ARCH_X86_CPU_H

#define CPU_AREA	0x8000
#define CPU_VMCB	0x1000
#define CPU_HSAVE	0x2000
#define CPU_STACK	0x4000
#define CPU_FRAME	0x90	/* bytes at the top of the stack: u64 registers[16], struct cpu * */
#define CPU_MODE	0x00	/* offsets the assembly uses */
#define CPU_LINUX_RSP	0x60
#define CPU_NMIS	0x68
#define EXCEPTION_STUBS	16
#define EXCEPTION_STUB	8	/* bytes each */

#ifndef __ASSEMBLER__

#include <arch/cpu.h>
#include <arch/x86/insn.h>
#include <arch/x86/svm/vmcb.h>
#include <base/addr.h>
#include <run/mmio_decode.h>

/* Index of a general register as instructions encode it. RAX and RSP live in the VMCB. */
enum { RAX, RCX, RDX, RBX, RSP, RBP, RSI, RDI, R8, R9, R10, R11, R12, R13, R14, R15 };

/* What Linux left in a CPU at entry and gets back when an entry fails. */
struct linux_state {
	struct descriptor_table gdtr, idtr;
	u64 cr0, cr3, cr4, efer, s_cet;
	u64 resume;	/* where Linux goes on: address of the trampoline's tail */
	u64 r12, r13;	/* the trampoline's own stack pointer and CR3 */
	u16 cs, ss, ds, es;
};

/* The architecture's request bits. */
#define REQUEST_INIT	0x100
#define REQUEST_SIPI	0x200	/* vector in the low byte */
#define REQUEST_NMI	0x400	/* inject one */

#define CPU_LOOKED	6	/* how many of them remember what they show */

/* The last walk of the guest's tables that led to code: it holds while every entry is the same. */
struct walked {
	u64 page;		/* linear address of the page */
	u64 cr3, cr0, cr4, efer;
	u32 entries;		/* 0: none remembered */
	const volatile u64 *at[5];	/* where each entry is, in a look-at window */
	u64 value[5];
	const u8 *code;		/* the page found, in a look-at window */
};

struct cpu {
	struct cpu_base base;
	u64 linux_rsp;		/* CPU_LINUX_RSP */
	volatile u32 nmis;	/* NMIs taken while in the hypervisor */
	u32 apic_id;
	bool nmi_blocked;	/* the guest is in its NMI handler */
	u32 guest_nmi;		/* NMIs the guest still has to get */
	struct walked walked;
	u64 looked[CPU_LOOKED];	/* guest-physical page a window shows, ~0: none */
	struct mmio_memo memo;
	u32 stat[STAT_COUNT];
	struct linux_state linux_state;

	struct vmcb vmcb __attribute__((aligned(CPU_VMCB)));
	u8 host_save[CPU_HSAVE - CPU_VMCB];
	u8 unused[CPU_STACK - CPU_HSAVE - 0x1000];
	u8 stack[CPU_AREA - CPU_FRAME - CPU_STACK];
	u64 registers[16];	/* the guest's by index; [RAX] holds the VMCB's address for VMRUN */
	struct cpu *self;
	u64 padding;
};

_Static_assert(__builtin_offsetof(struct cpu, linux_rsp) == CPU_LINUX_RSP, "cpu.linux_rsp");
_Static_assert(__builtin_offsetof(struct cpu, base.mode) == CPU_MODE, "cpu.base.mode");
_Static_assert(__builtin_offsetof(struct cpu, nmis) == CPU_NMIS, "cpu.nmis");
_Static_assert(__builtin_offsetof(struct cpu, vmcb) == CPU_VMCB, "state fits the page before the VMCB");
_Static_assert(__builtin_offsetof(struct cpu, host_save) == CPU_HSAVE, "cpu.host_save");
_Static_assert(__builtin_offsetof(struct cpu, registers) == CPU_AREA - CPU_FRAME, "cpu.registers");
_Static_assert(sizeof(struct cpu) == CPU_AREA, "struct cpu is the whole area");

extern char image_start[], image_end[];

/* Area of CPU number id; ids are below header.max_cpus. */
static inline struct cpu *cpu_of(u32 id)
{
	return (struct cpu *)(image_end + (u64)id * CPU_AREA);
}

static inline u64 *cpu_register(struct cpu *cpu, unsigned index)
{
	return index == RAX ? &cpu->vmcb.rax : index == RSP ? &cpu->vmcb.rsp : &cpu->registers[index];
}

#endif
#endif
