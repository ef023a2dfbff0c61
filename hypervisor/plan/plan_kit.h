/* SPDX-License-Identifier: GPL-2.0 */
/* For tests of the plan: config sets that are written down as they are read. */
#ifndef PLAN_PLAN_KIT_H
#define PLAN_PLAN_KIT_H

#include <stdlib.h>
#include <string.h>

#include <base/bits.h>
#include <plan/plan.h>

#define KIT_ROWS 24

#define MB 0x100000ULL
#define KIT_HV 0x3a000000ULL	/* of kit_machine(): six MiB inside root's memory */
#define KIT_RAM 0x3a600000ULL	/* behind it, for cells */
#define KIT_COM2 0x2f8		/* a port */

#define MEM_R JAILHOUSE_MEM_READ
#define MEM_RW (JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE)
#define MEM_RWX (MEM_RW | JAILHOUSE_MEM_EXECUTE)
#define MEM_DMA JAILHOUSE_MEM_DMA
#define MEM_SHARED JAILHOUSE_MEM_ROOTSHARED
#define MEM_LOAD JAILHOUSE_MEM_LOADABLE
#define MEM_COMM JAILHOUSE_MEM_COMM_REGION

struct kit_cell {
	struct jailhouse_cell_desc desc;
	struct jailhouse_memory memory[KIT_ROWS];
	struct jailhouse_irqchip irqchips[KIT_ROWS];
	struct jailhouse_pio pio[KIT_ROWS];
	struct jailhouse_pci_device devices[KIT_ROWS];
	union jailhouse_stream_id streams[KIT_ROWS];
	u8 cpus[8];
	struct cell_view view;
};

struct kit {
	struct jailhouse_system header;
	struct system_view system;
	struct config_set set;
	struct plan_input input;
	struct kit_cell cells[CONFIG_MAX_CELLS];
};

static inline void kit_cell(struct kit *kit, unsigned slot, const char *name, u8 cpus)
{
	struct kit_cell *cell = &kit->cells[slot];

	memcpy(cell->desc.name, name, strlen(name) + 1);
	cell->desc.id = slot;
	cell->desc.cpu_set_size = sizeof(cell->cpus);
	cell->cpus[0] = cpus;
	cell->view = (struct cell_view){
		.desc = &cell->desc, .cpus = cell->cpus, .memory = cell->memory,
		.irqchips = cell->irqchips, .pio = cell->pio, .devices = cell->devices,
		.stream_ids = cell->streams,
	};
	if (slot)
		kit->set.cells[slot] = &cell->view;
	else
		kit->system.root = cell->view;
}

/* A machine of four CPUs with nothing but a root cell that has nothing. */
static inline void kit_start(struct kit *kit)
{
	memset(kit, 0, sizeof(*kit));
	kit->header.architecture = JAILHOUSE_X86;
	kit->system.header = &kit->header;
	kit->system.arch = &config_x86;
	kit->input.arch = &plan_x86;
	kit->set.system = &kit->system;
	kit->input.set = &kit->set;
	kit_cell(kit, 0, "root", 0xf);
}

/* Make it an Arm machine with a GIC of this version; both kinds of frames have their places. */
static inline void kit_arm64(struct kit *kit, u8 version)
{
	kit->header.architecture = JAILHOUSE_ARM64;
	kit->system.arch = &config_arm64;
	kit->input.arch = &plan_arm64;
	kit->header.platform_info.arm.gic_version = version;
	kit->header.platform_info.arm.gicd_base = 0x8000000;
	kit->header.platform_info.arm.gicc_base = 0x8010000;
	kit->header.platform_info.arm.gich_base = 0x8030000;
	kit->header.platform_info.arm.gicv_base = 0x8040000;
	kit->header.platform_info.arm.gicr_base = 0x80a0000;
}

static inline void kit_map(struct kit *kit, unsigned slot, u64 phys, u64 virt, u64 size, u64 flags)
{
	struct kit_cell *cell = &kit->cells[slot];

	cell->memory[cell->desc.num_memory_regions++] = (struct jailhouse_memory){
		.phys_start = phys, .virt_start = virt, .size = size, .flags = flags,
	};
}

/* One GiB of memory in root's hands, the hypervisor in the middle of it. */
static inline void kit_machine(struct kit *kit)
{
	kit_start(kit);
	kit->header.hypervisor_memory.phys_start = KIT_HV;
	kit->header.hypervisor_memory.size = 6 * MB;
	kit_map(kit, 0, 0, 0, 1024 * MB, MEM_RWX | MEM_DMA);
}

/* The same with a cell that has one MiB at guest address 0 and a comm region. */
static inline void kit_machine_with_cell(struct kit *kit, u64 flags)
{
	kit_machine(kit);
	kit_cell(kit, 1, "one", 0x8);
	kit_map(kit, 1, KIT_RAM, 0, MB, MEM_RWX | flags);
	kit_map(kit, 1, 0, 0x100000, 0x1000, MEM_RW | MEM_COMM);
}

static inline void kit_pio(struct kit *kit, unsigned slot, u16 base, u16 length)
{
	struct kit_cell *cell = &kit->cells[slot];

	cell->pio[cell->desc.num_pio_regions++] = (struct jailhouse_pio)PIO_RANGE(base, length);
}

static inline struct jailhouse_pci_device *kit_device(struct kit *kit, unsigned slot, u8 type, u16 bdf)
{
	struct kit_cell *cell = &kit->cells[slot];
	struct jailhouse_pci_device *device = &cell->devices[cell->desc.num_pci_devices++];

	*device = (struct jailhouse_pci_device){ .type = type, .bdf = bdf };
	return device;
}

static inline void kit_irqchip(struct kit *kit, unsigned slot, u64 address, u32 pins)
{
	struct kit_cell *cell = &kit->cells[slot];

	cell->irqchips[cell->desc.num_irqchips++] = (struct jailhouse_irqchip){
		.address = address, .pin_bitmap = { pins },
	};
}

/* An entry of the GIC whose bitmap begins at interrupt base. */
static inline void kit_spis(struct kit *kit, unsigned slot, u32 base, u32 pins)
{
	kit_irqchip(kit, slot, 0x8000000, pins);
	kit->cells[slot].irqchips[kit->cells[slot].desc.num_irqchips - 1].pin_base = base;
}

static inline void kit_stream(struct kit *kit, unsigned slot, u32 id)
{
	struct kit_cell *cell = &kit->cells[slot];

	cell->streams[cell->desc.num_stream_ids++].id = id;
}

/* The plan in memory of exactly its size, so that the sanitizer sees every byte too many. */
static inline struct plan *kit_build(struct kit *kit, enum status expected)
{
	struct refusal refusal = { 0 };
	struct plan *plan = malloc(plan_size(&kit->input));

	assert_int_equal(plan_build(plan, &kit->input, &refusal), expected);
	assert_int_equal(refusal.why, expected);
	return plan;
}

#endif
