/* SPDX-License-Identifier: GPL-2.0 */
/* The doors between Linux and the hypervisor. */
#ifndef DRIVER_ENTER_H
#define DRIVER_ENTER_H

#include <linux/types.h>

/*
 * Runs the hypervisor's entry code on this CPU, interrupts off, on the tables at transition_cr3.
 * Comes back with 0 as its guest, or natively with a negative errno.
 *
 *   entry(rdi = cpu, rsi = address to come back to)
 *     comes back by ret, by iretq or as first guest instruction, with rax = result and with r12
 *     (stack) and r13 (CR3) as they were; all else is restored from the stack.
 */
int tramp_enter(unsigned long transition_cr3, unsigned long entry, unsigned int cpu);

/*
 * Asks the hypervisor to leave this CPU, interrupts off. 0: native again; negative errno: refused.
 * The hypervisor comes back behind the hypercall, on transition tables, with r12 and r13 intact.
 */
int tramp_leave(void);

/* All online CPUs at once, each with interrupts off and no lock held. */
int enter_all(u64 transition_cr3, u64 entry, unsigned int online);
int leave_all(void);

#endif
