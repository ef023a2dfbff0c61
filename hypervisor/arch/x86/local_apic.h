/* SPDX-License-Identifier: GPL-2.0 */
/* Local APIC and interrupt commands on behalf of a cell. */
#ifndef ARCH_X86_LOCAL_APIC_H
#define ARCH_X86_LOCAL_APIC_H

#include <arch/x86/emulate.h>
#include <plan/plan.h>
#include <run/icr.h>

/* Group the CPUs by the cells of a plan; called while they stand still. */
void local_apic_group(const struct plan *plan);
/* CPUs a cell's interrupts may reach. */
const struct apic_cell *local_apic_cell(unsigned cell);
/* A register by x2APIC index, false: not readable. */
bool local_apic_read(struct cpu *cpu, u32 index, u32 *value);
enum answer emulate_xapic_write(struct cpu *cpu, struct access *access);

#endif
