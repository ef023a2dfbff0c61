/* SPDX-License-Identifier: GPL-2.0 */
/* CPUID: the hardware's answer, with the hypervisor's own leaves and without what is not granted. */
#ifndef ARCH_X86_CPUID_H
#define ARCH_X86_CPUID_H

#include <arch/x86/cpu.h>
#include <arch/x86/msr.h>
#include <base/bits.h>

#define LEAF_FEATURES		1
#define LEAF_HYPERVISOR		0x40000000U	/* and the next: signature, features */
#define LEAF_EXTENDED		0x80000001U
#define ECX_VMX			BIT(5)
#define ECX_OSXSAVE		BIT(27)
#define ECX_HYPERVISOR		BIT(31)
#define EXTENDED_ECX_SVM	BIT(2)

/* What CR4 says of the guest is its own CR4's, not the hypervisor's. */
static inline void cpuid_features(const struct cpu *cpu, struct cpuid *r)
{
	r->ecx &= ~(u32)ECX_OSXSAVE;
	if (cpu->vmcb.cr4 & CR4_OSXSAVE)
		r->ecx |= ECX_OSXSAVE;
	if (cpu->base.cell != 0)
		r->ecx = (r->ecx & ~(u32)ECX_VMX) | (u32)ECX_HYPERVISOR;
}

/* "Jailhouse" and three zeros in EBX, ECX, EDX: what its guests look for. */
static inline struct cpuid cpuid_own_leaf(u32 leaf)
{
	if (leaf == LEAF_HYPERVISOR)
		return (struct cpuid) { LEAF_HYPERVISOR + 1, 0x6c69614a, 0x73756f68, 0x65 };
	return (struct cpuid) { 0 };
}

static inline void emulate_cpuid(struct cpu *cpu)
{
	u32 leaf = (u32)cpu->vmcb.rax;
	struct cpuid r;

	if (leaf - LEAF_HYPERVISOR < 2)
		r = cpuid_own_leaf(leaf);
	else
		r = cpuid(leaf, (u32)cpu->registers[RCX]);
	if (leaf == LEAF_FEATURES)
		cpuid_features(cpu, &r);
	if (leaf == LEAF_EXTENDED && cpu->base.cell != 0)	/* Linux would forget it for good */
		r.ecx &= ~(u32)EXTENDED_ECX_SVM;
	cpu->vmcb.rax = r.eax;
	cpu->registers[RBX] = r.ebx;
	cpu->registers[RCX] = r.ecx;
	cpu->registers[RDX] = r.edx;
}

#endif
