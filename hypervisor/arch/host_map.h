/* SPDX-License-Identifier: GPL-2.0 */
/* The hypervisor's own address space, alike on every architecture but for the bits of an entry. */
#ifndef ARCH_HOST_MAP_H
#define ARCH_HOST_MAP_H

#include <arch/cpu.h>
#include <arch/machine.h>
#include <base/status.h>

#define HOST_WINDOWS	7	/* pages of other address spaces a CPU can look at together */
#define HOST_WINDOW_STORY 6	/* the one behind arch_look() */

/*
 * Places and bits of one architecture. The pool has a top-level slot of its own, so that a single entry
 * makes all of it read-only; it begins as far into the slot as large pages want.
 */
struct host_layout {
	const struct pt_format *format;
	u64 pool, devices, windows;	/* addresses */
	u64 table;		/* attributes of an entry that points to a table */
	u64 window;		/* of a look-at window's entry: memory, and device registers */
	u64 window_device;
	u64 seal_set, seal_clear;	/* in the pool's top-level entry make it read-only */
};
extern const struct host_layout host_layout;

/* Levels of the table, 4 or 5. */
unsigned arch_host_levels(void);
/* This CPU walks the table at root from now on, with no translation left of another. */
void arch_host_root(u64 root);
/* A look-at window of this CPU shows another page, before the next access. */
void arch_host_window(volatile u64 *entry, u64 value, const void *page);

/*
 * Build the private table (on the transition table, from the pool at its early place). Afterwards
 * the pool moves to its slot, which is reachable from host_enter() on.
 */
enum status host_build(void) MUST_USE;
/* Something more at a fixed place, before the first seal. */
enum status host_map(u64 va, u64 phys, u64 size, unsigned rights) MUST_USE;
/* Switch this CPU to the private table; pool writable (the first one) or sealed. */
void host_enter(struct cpu *cpu, bool writable);

/* A page of guest or device memory in a look-at window of this CPU; valid until reused. */
u8 *host_look(struct cpu *cpu, unsigned window, u64 phys);
/* Uncached variant for device registers. */
u8 *host_look_device(struct cpu *cpu, unsigned window, u64 phys);

extern char image_start[], image_constants[], image_bss[], image_file_end[], image_end[];

#endif
