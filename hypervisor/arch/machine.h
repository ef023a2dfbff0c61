/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What can change after the hypervisor took over, in one struct. The object is in boot/machine.c;
 * tables, plan and config copies it points to are read-only outside of a reconfiguration.
 *
 * Three kinds of variables stay static beside their only user:
 * - complete before the first seal: the own address space (host_map.c), gates, permission maps, the
 *   registers and features a processor was found with;
 * - what an interrupt controller is told, made from the plan again by arch_regroup(): local_apic.c,
 *   ioapic.c, gic_hw.h, whose types only one architecture has;
 * - no property of any cell: where CPUs meet (enter.c, leave.c), the pool's tags, the console's port, and
 *   how many denials were printed.
 */
#ifndef ARCH_MACHINE_H
#define ARCH_MACHINE_H

#include <base/pool.h>
#include <config/config.h>
#include <dev/iommu/iommu.h>
#include <dev/pci/pci_hw.h>
#include <jailhouse/header.h>
#include <jailhouse/hypercall.h>
#include <plan/plan.h>
#include <run/ivshmem.h>
#include <run/pci_filter.h>

#define MACHINE_MAX_CPUS 64	/* sets of them are words */
#define MACHINE_PCI_CHAINS 64
#define MACHINE_PCI_DEVICES 64	/* physical devices with run-time state, over all cells */

/* Tables of one cell; root 0 or owner 0: none. */
struct cell_tables {
	phys_t cpu;		/* second-stage table of the CPUs */
	phys_t ports;		/* I/O permission map (x86) */
	u64 walk;		/* how the CPU walks its table: VTCR_EL2 (arm64) */
	struct iommu_domain dma;
	u8 owner;		/* pool tag of all of them */
};

/* One plan with the tables made from it. */
struct generation {
	const struct plan *plan;
	u8 plan_owner;
	u8 unit_owner;
	struct cell_tables cells[CONFIG_MAX_CELLS];
	struct iommu_tables units[IOMMU_MAX_UNITS];
};

struct cell {
	struct cell_view view;	/* points into the blob copy */
	u8 owner;		/* pool tag of blob copy and communication page; 0: empty slot */
	bool loadable;
	bool running;		/* its CPUs were started and it has not ended */
	phys_t comm;
	u32 id;
	u16 slot;		/* index of machine.cells */
} __attribute__((aligned(128)));	/* an index becomes an address by a shift */

/* Run-time state of a PCI function of one cell. */
struct pci_slot {
	struct pci_shadow shadow;
	struct ivshmem_end *end;	/* NULL: physical */
	const struct jailhouse_pci_device *device;	/* NULL: unused */
	u16 cell;
	u16 bdf;
	u8 next;	/* in its chain */
};

struct machine {
	struct jailhouse_header *header;
	struct pool pool;
	struct system_view system;
	struct config_set set;
	struct generation now, next;
	u8 retired_plan;	/* pool tag of the plan before now, see boot/generation.c */
	struct cell cells[CONFIG_MAX_CELLS];
	struct iommu_unit units[IOMMU_MAX_UNITS];
	u32 num_units;
	struct ivshmem ivshmem;
	struct pci_slot pci[MACHINE_PCI_DEVICES];	/* [0] is never used */
	struct msi_cpus msi_cpus[CONFIG_MAX_CELLS];	/* whom messages of a cell may reach */
	u32 pci_latch[CONFIG_MAX_CELLS];	/* each cell's port 0xcf8 */
	u8 pci_last;	/* slot of pci that was taken last */
	u8 pci_chain[MACHINE_PCI_CHAINS];	/* first of pci with this hash of the BDF; 0: none */
	struct pci_hw pci_hw;	/* ecam NULL: configuration by ports only */
	phys_t zero_page;
	u8 stage2_levels;	/* of the CPU tables */
	u8 stage2_super;
	volatile u32 panicked;		/* a CPU has stopped inside; nobody waits for it */
	volatile u32 control_lock;	/* one reconfiguration at a time */
	volatile u32 console_lock;
	volatile u32 polling_faults;	/* a CPU reads what the units have recorded */
	volatile u32 device_lock;	/* PCI configuration ports, IOAPIC index, ivshmem state */
	struct cpu *volatile first;	/* meanwhile no other CPU takes a lock; NULL: none */
};

extern struct machine machine;

static inline const struct plan_cell *machine_plan_cell(unsigned slot)
{
	return &plan_cells(machine.now.plan)[slot];
}

#endif
