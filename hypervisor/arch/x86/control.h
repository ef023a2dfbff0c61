/* SPDX-License-Identifier: GPL-2.0 */
/* What steering a CPU means on x86: NMIs are the kicks. */
#ifndef ARCH_X86_CONTROL_H
#define ARCH_X86_CONTROL_H

#include <arch/x86/cpu.h>
#include <base/status.h>

/* Halt here while cpu->base.mode says so; called between exit and entry only. */
void cpu_wait(struct cpu *cpu);
/* Account NMIs that came while the hypervisor ran: ours are swallowed, others are the guest's. */
void cpu_sort_nmis(struct cpu *cpu);

/* First code of a CPU under the hypervisor; returns only a negative errno. */
s32 cpu_enter(struct cpu *cpu, u32 id, u64 resume, u64 r12, u64 r13);
/* Switch this CPU from Linux's state to the hypervisor's, and back after a refusal. */
void cpu_save_linux(struct cpu *cpu);
void cpu_restore_linux(struct cpu *cpu);
/* Last step of disable: Linux goes on natively behind its VMMCALL; result in its RAX. */
void cpu_leave(struct cpu *cpu, s64 result) __attribute__((noreturn));

#endif
