/* SPDX-License-Identifier: GPL-2.0 */
/* The hypervisor's own address space and descriptor tables. */
#ifndef ARCH_X86_HOST_H
#define ARCH_X86_HOST_H

#include <arch/x86/cpu.h>
#include <base/status.h>

/*
 * Top-level slots of the private address space; the image keeps its link address (slot 509). One
 * slot for the pool lets a single top-level entry make all of it read-only.
 */
#define HOST_POOL	0xffff808000000000ULL	/* slot 257 */
#define HOST_DEVICES	0xffff810000000000ULL	/* slot 258 */
#define HOST_TEMP	0xffff818000000000ULL	/* slot 259: CPU_TEMP_PAGES per CPU */

#define HOST_CS		0x10
#define HOST_DATA	0x18

/*
 * Build the private table (on the transition table, from the pool at its early place). Afterwards
 * the pool moves to HOST_POOL, which is reachable from host_enter() on.
 */
enum status host_build(void) MUST_USE;
/* Switch to the private table and tables of this CPU; pool writable or sealed. */
void host_enter(struct cpu *cpu, bool writable);
/* Pool writable on this CPU or sealed; only one CPU at a time opens it. */
void host_unseal(void);
void host_seal(void);
/* Map device registers, before the first seal; NULL: no memory. Any alignment. */
volatile u8 *host_map_device(u64 phys, u64 size);

/* A page of guest or device memory in look-at window slot of this CPU; valid until reused. */
u8 *host_look(struct cpu *cpu, unsigned window, u64 phys);
/* Uncached variant for sub-page device regions. */
u8 *host_look_device(struct cpu *cpu, unsigned window, u64 phys);

void host_init_idt(void);
void host_load_tables(void);

#endif
