/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The exits that guests cause all the time and that never wait: answered with most of the guest's
 * registers still in place. Everything here returns false before it changes anything, or finishes.
 */
#include <arch/x86/cpuid.h>
#include <arch/x86/local_apic.h>
#include <arch/x86/msr.h>
#include <arch/x86/svm/fast.h>
#include <arch/x86/svm/svm.h>
#include <jailhouse/hypercall.h>

static bool fast_cpuid(struct cpu *cpu)
{
	emulate_cpuid(cpu);
	svm_skip(cpu, 2);
	return fast_done(cpu, STAT_CPUID);
}

/* Reads of local APIC registers by MSR while the hardware runs as xAPIC. */
static bool fast_msr(struct cpu *cpu)
{
	u32 index = (u32)cpu->registers[RCX] - MSR_X2APIC_FIRST;
	u32 value;

	if (cpu->vmcb.exit_info1 != 0 || !local_apic_read(cpu, index, &value))
		return false;
	cpu->vmcb.rax = value;
	cpu->registers[RDX] = 0;
	svm_skip(cpu, 2);
	return fast_done(cpu, STAT_MSR_OTHER);
}

/* Hypercalls that only ask or print; the others may wait, or not come back. */
static bool fast_hypercall(struct cpu *cpu)
{
	u32 code = (u32)cpu->vmcb.rax;

	if (cpu->vmcb.cpl != 0 || !(cpu->vmcb.cs.attributes & SEGMENT_L) ||
	    code < JAILHOUSE_HC_HYPERVISOR_GET_INFO)
		return false;
	cpu->vmcb.rax = (u64)core_hypercall(cpu, cpu->registers[RDI], cpu->registers[RSI], code);
	svm_skip(cpu, 3);
	return fast_done(cpu, STAT_HYPERCALL);
}

bool svm_exit_fast(struct cpu *cpu)
{
	u64 code = cpu->vmcb.exit_code;

	if (code == EXIT_CPUID)
		return fast_cpuid(cpu);
	if (code == EXIT_VMMCALL)
		return fast_hypercall(cpu);
	if (code == EXIT_IOIO)
		return fast_port(cpu);
	if (code == EXIT_MSR)
		return fast_msr(cpu);
	return false;
}
