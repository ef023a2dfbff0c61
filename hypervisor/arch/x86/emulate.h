/* SPDX-License-Identifier: GPL-2.0 */
/* Instructions a guest executes and the hypervisor performs or refuses. */
#ifndef ARCH_X86_EMULATE_H
#define ARCH_X86_EMULATE_H

#include <arch/access.h>
#include <arch/x86/cpu.h>
#include <port/core.h>

void emulate_msr(struct cpu *cpu, bool write);
void emulate_port(struct cpu *cpu, u64 info);
void emulate_memory(struct cpu *cpu, u64 gpa, u64 info);

/* PCI configuration space; a refusal is reported here, by function and register. */
enum answer emulate_pci(struct cpu *cpu, u16 bdf, u16 reg, struct access *access);
/* Trapped windows, called with the access decoded. */
enum answer access_memory(struct cpu *cpu, struct access *access);

/* Write of a local APIC register by x2APIC index, on behalf of the cell. */
enum answer emulate_apic_write(struct cpu *cpu, unsigned index, u64 value);

/*
 * Report an access nobody grants; a cell's CPU fails. Root gets what a bus without a device would
 * answer, so the caller goes on when this returns.
 */
void refuse(struct cpu *cpu, enum denial_kind kind, u64 address, u32 width);

#endif
