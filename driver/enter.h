/* SPDX-License-Identifier: GPL-2.0 */
/* The doors between Linux and the hypervisor. */
#ifndef DRIVER_ENTER_H
#define DRIVER_ENTER_H

#include <linux/cpumask.h>
#include <linux/types.h>

/* Where CPUs enter; which kind of address each is, the trampoline of the architecture knows. */
struct door {
	u64 root;	/* physical address of the transition tables, as the MMU wants it */
	u64 entry;	/* the entry code: x86 its link address, arm64 its physical address */
};

/*
 * Runs the hypervisor's entry code on this CPU, interrupts off. Comes back with 0 as its guest, or
 * natively with a negative errno.
 *
 * x86: on the tables at root,  entry(rdi = cpu, rsi = address to come back to)
 *     comes back by ret, by iretq or as first guest instruction, with rax = result and with r12
 *     (stack) and r13 (CR3) as they were; all else is restored from the stack.
 *
 * arm64: at EL2, MMU off, as the hyp-stub jumps,  entry(x0 = cpu)
 *     comes back by eret behind the hvc, with x0 = result, and SP and x18 to x30 as they were.
 */
int tramp_enter(unsigned long root, unsigned long entry, unsigned int cpu);

/*
 * Asks the hypervisor to leave this CPU, interrupts off. 0: native again; negative errno: refused.
 * The hypervisor comes back behind the hypercall; on x86 on transition tables, r12 and r13 intact.
 */
int tramp_leave(void);

/*
 * All online CPUs at once, each with interrupts off and no lock held. -EAGAIN: others than these are
 * online, and none has entered.
 */
int enter_all(const struct door *door, const struct cpumask *cpus);
int leave_all(void);

#endif
