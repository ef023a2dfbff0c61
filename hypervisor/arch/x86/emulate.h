/* SPDX-License-Identifier: GPL-2.0 */
/* Instructions a guest executes and the hypervisor performs or refuses. */
#ifndef ARCH_X86_EMULATE_H
#define ARCH_X86_EMULATE_H

#include <arch/windows.h>
#include <arch/x86/cpu.h>

void emulate_msr(struct cpu *cpu, bool write);
void emulate_port(struct cpu *cpu, u64 info);
void emulate_memory(struct cpu *cpu, u64 gpa, u64 info);

/* Write of a local APIC register by x2APIC index, on behalf of the cell. */
enum answer emulate_apic_write(struct cpu *cpu, unsigned index, u64 value);

#endif
