/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a device tree says about the machine under root Linux. A cell's configuration grants
 * addresses, interrupts and CPU numbers; how these are wired, only the machine's own tree knows.
 */
#ifndef TOOLS_MACHINE_H
#define TOOLS_MACHINE_H

#include <stdbool.h>
#include <stddef.h>

#include <jailhouse/types.h>

#define MACHINE_MAX_CPUS 1024
#define MACHINE_GIC_REGIONS 8
#define MACHINE_TIMER_INTERRUPTS 4	/* secure, non-secure, virtual, EL2 */
#define MACHINE_INTERRUPT_CELLS 3	/* kind, number, flags */

struct machine_cpu {
	u64 affinity;	/* the affinity fields of MPIDR_EL1 */
	int node;
};

struct machine_range {
	u64 start, size;
};

struct machine {
	const void *tree;
	int gic;			/* its node */
	unsigned gic_version;		/* 2 or 3 */
	unsigned gic_regions;		/* distributor, then CPU interface or redistributors */
	struct machine_range gic_region[MACHINE_GIC_REGIONS];
	int timer_node;
	u32 timer[MACHINE_TIMER_INTERRUPTS][MACHINE_INTERRUPT_CELLS];
	unsigned cpu_count;
	struct machine_cpu cpu[MACHINE_MAX_CPUS];	/* by Linux's numbers */
};

/* A UART as the machine's tree has it. Lengths are those of the properties. */
struct machine_uart {
	const char *compatible, *clock_names;
	int compatible_length, clock_names_length;
	unsigned clocks;	/* how many clock inputs it has */
	u32 clock_rate;		/* Hz; 0: the tree does not say */
	u32 interrupt[MACHINE_INTERRUPT_CELLS];
	int node;
};

/*
 * Read a machine from its flattened tree, the contents of path, which must stay in place. CPUs get
 * the numbers of their order in the tree. False after saying on stderr what the tree lacks.
 */
bool machine_open(struct machine *machine, const void *tree, size_t size, const char *path);
/* Linux numbers its boot CPU first: CPU number has this affinity. False: no CPU has it. */
bool machine_number_cpu(struct machine *machine, unsigned number, u64 affinity);
/* The UART whose registers start at this physical address; false: there is none, or no interrupt. */
bool machine_find_uart(const struct machine *machine, u64 address, struct machine_uart *uart);

#endif
