/* SPDX-License-Identifier: GPL-2.0 */
/* The machine's IOAPICs, shared by cells pin by pin. */
#ifndef ARCH_X86_IOAPIC_H
#define ARCH_X86_IOAPIC_H

#include <arch/x86/emulate.h>
#include <base/status.h>
#include <plan/plan.h>

/* Map the chips of the root config. */
enum status ioapic_probe(struct refusal *refusal) MUST_USE;
/* Root goes on with the entries Linux has programmed. */
enum status ioapic_take(struct refusal *refusal) MUST_USE;
/* Pins follow the plan in force; those that changed hands are masked. */
void ioapic_regroup(const struct plan *plan, u16 cell);
/* Mask all pins of the cell; it still owns them. */
void ioapic_mask(u16 cell);
/* An access of a cell to a chip's page. */
enum answer ioapic_access(struct cpu *cpu, struct access *access);

#endif
