/* SPDX-License-Identifier: GPL-2.0 */
/* What the instruction-set floor asks of the story above it (boot/). */
#ifndef PORT_CORE_H
#define PORT_CORE_H

#include <base/status.h>
#include <jailhouse/types.h>

struct cpu;

/* All of the machine stops: only for broken invariants of the hypervisor itself. */
void core_panic(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));
/* One line on the hypervisor console, prefixed by nothing; ends without newline. */
void core_log(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Runs on each CPU in turn order of the take-over; a negative errno sends every CPU back. */
s32 core_enter(struct cpu *cpu);

/* Result for the guest's accumulator. The arguments are where the functions of the rows want them. */
s64 core_hypercall(struct cpu *cpu, u64 first, u64 second, u32 code);

enum denial_kind {
	DENIED_READ,
	DENIED_WRITE,
	DENIED_EXECUTE,
	DENIED_PCI,
	DENIED_INTERRUPT,
	DENIED_DMA_READ,
	DENIED_DMA_WRITE,
	DENIED_ARCH,		/* from here on the architecture has the words: arch_denial() */
	DENIED_REGISTER_READ = DENIED_ARCH,	/* address: the register's number in hardware */
	DENIED_REGISTER_WRITE,
	DENIED_IPI,		/* address: its destination, as hardware has it */
	DENIED_STATE,		/* the processor refuses the guest's state; address: where it was */
	DENIED_PORT_READ,
	DENIED_PORT_WRITE,
	DENIED_TRIPLE_FAULT,	/* address: where the guest was */
};

/* Explain a refused access of a cell: text to the console and to the report page. */
void core_denied(u32 cell, u32 cpu, enum denial_kind kind, u64 address, u32 width);
/* A CPU of a cell stopped for good; when it was the last one the cell has failed. */
void core_cpu_failed(struct cpu *cpu);
/* A cell ended by its own wish; none of its CPUs runs any longer. */
void core_cell_ended(struct cpu *cpu);

#endif
