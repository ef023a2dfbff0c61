/* SPDX-License-Identifier: GPL-2.0 */
/* What svm_exit_fast() is made of. */
#ifndef ARCH_X86_SVM_FAST_H
#define ARCH_X86_SVM_FAST_H

#include <arch/x86/svm/svm.h>

/* An exit is answered: count it. */
static inline __attribute__((always_inline)) bool fast_done(struct cpu *cpu, unsigned counter)
{
	cpu->base.stat[counter]++;
	cpu->vmcb.tlb_control = 0;
	return true;
}

/* Reads of PCI configuration data by port; false: it is none. Its own file: small is faster here. */
bool fast_port(struct cpu *cpu);

#endif
