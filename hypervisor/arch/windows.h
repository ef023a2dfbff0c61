/* SPDX-License-Identifier: GPL-2.0 */
/* Accesses of a guest to memory that its table does not map, once they are decoded. */
#ifndef ARCH_WINDOWS_H
#define ARCH_WINDOWS_H

#include <arch/access.h>
#include <plan/plan.h>
#include <port/core.h>

/* Whoever the plan says answers; DENIED: nobody. */
enum answer access_memory(struct cpu *cpu, struct access *access);
/* Windows that only this architecture has. */
enum answer arch_window(struct cpu *cpu, const struct plan_trap *trap, struct access *access);

/* PCI configuration space; a refusal is reported here, by function and register. */
enum answer emulate_pci(struct cpu *cpu, u16 bdf, u16 reg, struct access *access);

/*
 * Report an access nobody grants; a cell's CPU fails. Root, and a program under a cell's kernel, gets
 * what a bus without a device would answer, so the caller goes on when this returns.
 */
void refuse(struct cpu *cpu, enum denial_kind kind, u64 address, u32 width);

#endif
