/* SPDX-License-Identifier: GPL-2.0 */
/* How one CPU steers another: kick, hold, start, stop. All waits are bounded. */
#ifndef ARCH_X86_CONTROL_H
#define ARCH_X86_CONTROL_H

#include <arch/x86/cpu.h>
#include <base/status.h>

/* Make a CPU leave guest mode soon. */
void cpu_kick(struct cpu *cpu);
/* Set request bits (REQUEST_*) of another CPU and make it look. */
void cpu_request(struct cpu *cpu, u32 bits);
/* Serve what others ask of this CPU; called at every NMI exit. */
void cpu_serve(struct cpu *cpu);
/* Only stand still if others want that; requests stay, their NMI ends the next guest entry. */
void cpu_yield(struct cpu *self);
/* Halt here while cpu->mode says so; called between exit and entry only. */
void cpu_wait(struct cpu *cpu);
/* This CPU's guest did something it may not: it is not entered again; the cell may have failed. */
void cpu_fail(struct cpu *cpu);
/* Account NMIs that came while the hypervisor ran: ours are swallowed, others are the guest's. */
void cpu_sort_nmis(struct cpu *cpu);

/*
 * Make CPUs stand still in the hypervisor, the caller excepted. Refused when one does not answer in
 * time; then all are released again.
 */
enum status cpu_hold(struct cpu *self, const u8 *set, struct refusal *refusal) MUST_USE;
void cpu_release(struct cpu *self, const u8 *set);

/*
 * Take a lock, standing still meanwhile when wanted, so that two CPUs cannot wait for each other. Plan
 * and ownership may have changed before it returns: look things up under the lock.
 */
void cpu_lock(struct cpu *self, volatile u32 *lock);
void cpu_unlock(volatile u32 *lock);

/* First code of a CPU under the hypervisor; returns only a negative errno. */
s32 cpu_enter(struct cpu *cpu, u32 id, u64 resume, u64 r12, u64 r13);
/* Switch this CPU from Linux's state to the hypervisor's, and back after a refusal. */
void cpu_save_linux(struct cpu *cpu);
void cpu_restore_linux(struct cpu *cpu);
/* Last step of disable: Linux goes on natively behind its VMMCALL; result in its RAX. */
void cpu_leave(struct cpu *cpu, s64 result) __attribute__((noreturn));

#endif
