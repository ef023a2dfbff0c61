/* SPDX-License-Identifier: GPL-2.0 */
/* A CPU's way in, around and out. */
#ifndef ARCH_ARM64_CONTROL_H
#define ARCH_ARM64_CONTROL_H

#include <arch/arm64/cpu.h>

/* First code of a CPU under the hypervisor. */
void cpu_enter(struct cpu *cpu, u32 id) __attribute__((noreturn));
/* Linux goes on natively behind its HVC, with result in x0. */
void cpu_leave(struct cpu *cpu, s64 result) __attribute__((noreturn));
/* Take what physical interrupts have come to EL2, and serve what a kick is about. */
void cpu_interrupt(struct cpu *cpu);
/* Stay here while cpu->base.mode says so; called between exit and entry only. */
void cpu_wait(struct cpu *cpu);
/* Guest state as after a reset, everything of a previous owner gone; it starts at address with x0 = context. */
void cpu_reset(struct cpu *cpu, u64 address, u64 context);
/*
 * What accesses up to here end in is taken, and nobody is told: errors of the memory system that arrive late
 * would meet the next guest. Changes ELR_EL2, SPSR_EL2 and ESR_EL2.
 */
void cpu_drop_errors(void);
/* Second-stage table of the CPU's cell, and no translation of another left. This CPU only. */
void cpu_load_space(struct cpu *cpu);
/* Controls of EL2 under which guests run; from then on they are in force. */
void cpu_take_controls(struct cpu *cpu);

/* Ask the firmware about the workarounds of this CPU. */
void psci_probe(struct cpu *cpu);
/* Call the one that a change of owner needs. */
void psci_new_owner(const struct cpu *cpu);

/* Request bits: the cell has ended; the start is a CPU_ON, which has a context. */
#define REQUEST_OFF	1
#define REQUEST_CONTEXT	2

/* Continue with the guest's registers in cpu_regs(). */
void guest_run(struct cpu *cpu) __attribute__((noreturn));

#endif
