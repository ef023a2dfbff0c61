/* SPDX-License-Identifier: GPL-2.0 */
/* Local APIC and interrupt commands on behalf of a cell. */
#ifndef ARCH_X86_LOCAL_APIC_H
#define ARCH_X86_LOCAL_APIC_H

#include <arch/x86/apic.h>
#include <arch/x86/emulate.h>
#include <base/bits.h>
#include <plan/plan.h>
#include <run/icr.h>

/* The CPUs of a cell by a plan; called while they stand still. */
void local_apic_group(const struct plan *plan, u16 cell);
/* CPUs a cell's interrupts may reach. */
const struct apic_cell *local_apic_cell(unsigned cell);

/* Registers that can be read, and those whose answer is made up, a bit each. */
#define APIC_READABLE								\
	(BIT(APIC_ID) | BIT(APIC_VERSION) | BIT(APIC_TPR) | BIT(APIC_PPR) | BIT(APIC_LDR) |	\
	 MASK(APIC_ESR, APIC_SVR) | BIT(APIC_LVT_CMCI) | BIT(APIC_ICR) |			\
	 MASK(APIC_TMCCT, APIC_LVT_TIMER) | BIT(APIC_TDCR))
#define APIC_SYNTHETIC	(BIT(APIC_ID) | BIT(APIC_LDR) | BIT(APIC_ICR))

u32 local_apic_synthetic(const struct cpu *cpu, unsigned index);

/* A register by x2APIC index, while the hardware is mapped as a page; false: not readable. */
static inline bool local_apic_read(const struct cpu *cpu, u32 index, u32 *value)
{
	if (index >= 64 || !(APIC_READABLE >> index & 1))
		return false;
	*value = APIC_SYNTHETIC >> index & 1 ? local_apic_synthetic(cpu, index) : apic_read(index);
	return true;
}

enum answer emulate_xapic_write(struct cpu *cpu, struct access *access);

#endif
