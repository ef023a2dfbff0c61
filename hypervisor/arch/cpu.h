/* SPDX-License-Identifier: GPL-2.0 */
/* What every architecture's struct cpu begins with, and how one CPU steers another. */
#ifndef ARCH_CPU_H
#define ARCH_CPU_H

#include <base/status.h>
#include <run/stats.h>

struct cpu;

enum cpu_mode {
	CPU_RUNS = 0,	/* executes its cell */
	CPU_WAITS,	/* halted in the hypervisor until it is started or has a new owner */
	CPU_FAILED,	/* as CPU_WAITS, after a violation */
};

/* Bits of requests, set by other CPUs and served by the CPU itself; the low half is the architecture's. */
#define REQUEST_START	0x10000	/* reset and run at start */

struct cpu_base {
	volatile u8 mode;	/* enum cpu_mode; changed by others only while the CPU stands still */
	bool entered;		/* took part in the take-over */
	u16 cell;		/* slot */
	u32 id;			/* Linux's number, index of the config's CPU sets */
	volatile u32 requests;
	volatile u32 kicked;	/* a kick of ours is on its way */
	volatile u32 hold;	/* others want this CPU to stand still */
	volatile u32 held;	/* it stands still */
	u64 start;		/* address of REQUEST_START */
	volatile u64 *window_entries;	/* page-table entries of the CPU's look-at windows */
	u8 *windows;
	u32 stat[STAT_COUNT];
};

/* struct cpu begins with it. */
static inline struct cpu_base *cpu_base(struct cpu *cpu)
{
	return (struct cpu_base *)cpu;
}

/* Make a CPU leave guest mode soon. */
void cpu_kick(struct cpu *cpu);
/* Set request bits of another CPU and make it look. */
void cpu_request(struct cpu *cpu, u32 bits);
/* Serve what others ask of this CPU; called when a kick has arrived. */
void cpu_serve(struct cpu *cpu);
/* Only stand still if others want that; requests stay, their kick ends the next guest entry. */
void cpu_yield(struct cpu *self);
/* This CPU's guest did something it may not: it is not entered again; the cell may have failed. */
void cpu_fail(struct cpu *cpu);

/* CPUs of the cells in slots a and b, a bit each. */
u64 cpu_set(unsigned a, unsigned b);
/*
 * Make CPUs stand still in the hypervisor, the caller excepted. Refused when one does not answer in
 * time; then all are released again.
 */
enum status cpu_hold(struct cpu *self, u64 set, struct refusal *refusal) MUST_USE;
void cpu_release(struct cpu *self, u64 set);

/*
 * Take a lock, standing still meanwhile when wanted, so that two CPUs cannot wait for each other. Plan
 * and ownership may have changed before it returns: look things up under the lock. Nobody queues: who
 * would wait without bound for those that come back all the time is machine.first until it has unlocked.
 * Who holds device_lock takes no other.
 */
void cpu_lock(struct cpu *self, volatile u32 *lock);
void cpu_unlock(volatile u32 *lock);

/* What only the architecture can do: send the kick, serve its own request bits, drop translations. */
void arch_kick(struct cpu *cpu);
void arch_serve(struct cpu *cpu, u32 bits);
void arch_flush(struct cpu *cpu);

#endif
