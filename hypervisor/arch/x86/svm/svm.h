/* SPDX-License-Identifier: GPL-2.0 */
/* The narrow face of the virtualisation hardware; VMX gets the same one. */
#ifndef ARCH_X86_SVM_SVM_H
#define ARCH_X86_SVM_SVM_H

#include <arch/x86/cpu.h>
#include <base/status.h>
#include <plan/plan.h>

/* Read-only: the features that are needed, and whether somebody else uses them already. */
enum status svm_probe(struct refusal *refusal) MUST_USE;
/* Host mode on for this CPU, control block filled with what Linux runs right now. */
void svm_start(struct cpu *cpu);
void svm_stop(struct cpu *cpu);
/* Guest state as after INIT and a start at the given address (real mode), registers wiped. */
void svm_reset(struct cpu *cpu, u64 address);
/* Tables of the cell the CPU belongs to now. */
void svm_assign(struct cpu *cpu);
/* Nothing cached of second-stage translations at the next entry. */
void svm_flush(struct cpu *cpu);
/* Enter the guest; exits go through svm_exit_fast(), and, when that returns false, svm_exit(). */
void svm_run(struct cpu *cpu) __attribute__((noreturn));
bool svm_exit_fast(struct cpu *cpu);
void svm_exit(struct cpu *cpu);
/* Static permission maps, built once. */
enum status svm_build_msr_maps(void) MUST_USE;
enum status svm_build_port_map(const struct plan *plan, unsigned cell, u8 owner,
			       phys_t *ports) MUST_USE;

/* The processor tells where the next instruction is. Set once by svm_probe(). */
extern bool svm_next_rip;

/* Instruction is done: length bytes, or what the processor says. */
static inline void svm_skip(struct cpu *cpu, unsigned length)
{
	cpu->vmcb.rip = svm_next_rip ? cpu->vmcb.next_rip : cpu->vmcb.rip + length;
	cpu->vmcb.interrupt_shadow = 0;
}

void svm_inject_gp(struct cpu *cpu);
/* Put a waiting NMI into the guest, now or at the next possible exit. */
void svm_deliver_nmi(struct cpu *cpu);

#endif
