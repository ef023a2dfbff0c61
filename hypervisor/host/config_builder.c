// SPDX-License-Identifier: GPL-2.0
/* The standard machine, and how parts become blobs. */
#include <stdlib.h>
#include <string.h>

#include <config/config.h>
#include <host/config_builder.h>

#define RW (JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE)
#define RWX (RW | JAILHOUSE_MEM_EXECUTE)
#define SHARED JAILHOUSE_MEM_ROOTSHARED

struct blob {
	u8 *at, *end;
};

static void put(struct blob *blob, const void *data, size_t bytes)
{
	if (bytes > (size_t)(blob->end - blob->at))
		abort();
	if (bytes)
		memcpy(blob->at, data, bytes);
	blob->at += bytes;
}

/* A count that lies does not make the builder read behind its own array. */
static u32 held(u32 count, u32 room)
{
	return count < room ? count : room;
}

#define PUT(blob, array, count)									\
	put(blob, array, held(count, sizeof(array) / sizeof((array)[0])) * sizeof((array)[0]))

/* Records that are there, behind one header; without any there is no block. */
static void put_extension(struct blob *blob, const struct config_parts *parts)
{
	struct jailhouse_extension_header header = JAILHOUSE_EXTENSION_HEADER(header);
	const struct jailhouse_extension_unprotected unprotected =
		JAILHOUSE_UNPROTECTED_RECORD(parts->unprotected);

	header.size += parts->unprotected ? (u32)sizeof(unprotected) : 0;
	for (unsigned i = 0; i < 2; i++)
		header.size += parts->frames[i].record.size;
	if (header.size == sizeof(header))
		return;
	put(blob, &header, sizeof(header));
	if (parts->unprotected)
		put(blob, &unprotected, sizeof(unprotected));
	for (unsigned i = 0; i < 2; i++)
		put(blob, &parts->frames[i], parts->frames[i].record.size);
}

static void put_arrays(struct blob *blob, const struct config_parts *parts)
{
	const struct jailhouse_cell_desc *desc = &parts->desc;

	PUT(blob, parts->cpus, desc->cpu_set_size);
	PUT(blob, parts->memory, desc->num_memory_regions);
	PUT(blob, parts->caches, desc->num_cache_regions);
	PUT(blob, parts->irqchips, desc->num_irqchips);
	PUT(blob, parts->pio, desc->num_pio_regions);
	PUT(blob, parts->devices, desc->num_pci_devices);
	PUT(blob, parts->caps, desc->num_pci_caps);
	PUT(blob, parts->stream_ids, desc->num_stream_ids);
	put_extension(blob, parts);
}

u32 config_write_cell(const struct config_parts *parts, u8 *to, u32 size)
{
	struct blob blob = { to, to + size };

	put(&blob, &parts->desc, sizeof(parts->desc));
	put_arrays(&blob, parts);
	return (u32)(blob.at - to);
}

u32 config_write_system(const struct jailhouse_system *system, const struct config_parts *root,
			u8 *to, u32 size)
{
	struct jailhouse_system header = *system;
	struct blob blob = { to, to + size };

	header.root_cell = root->desc;
	put(&blob, &header, sizeof(header));
	put_arrays(&blob, root);
	return (u32)(blob.at - to);
}

static struct jailhouse_memory region(u64 phys, u64 virt, u64 size, u64 flags)
{
	return (struct jailhouse_memory){ phys, virt, size, flags };
}

/* The sections of one end of the link at 0x107000000. */
static void add_link(struct config_parts *parts, u8 id, u64 shared)
{
	const u64 start = 0x107000000, sizes[] = { 0x1000, 0x2000, 0x1000, 0x1000, 0x1000 };
	u64 at = start;

	for (unsigned i = 0; i < 5; i++) {
		parts->memory[i] = region(at, at, sizes[i], JAILHOUSE_MEM_READ | shared);
		if (i == MEM_READ_WRITE || i == MEM_OUTPUT0 + (unsigned)id)
			parts->memory[i].flags |= JAILHOUSE_MEM_WRITE;
		at += sizes[i];
	}
	parts->devices[DEV_LINK] = (struct jailhouse_pci_device){
		.type = JAILHOUSE_PCI_TYPE_IVSHMEM, .bdf = 0x0e << 3,
		.bar_mask = JAILHOUSE_IVSHMEM_BAR_MASK_MSIX, .num_msix_vectors = 2,
		.shmem_dev_id = id, .shmem_peers = 3,
	};
}

static void add_device(struct config_parts *parts, u32 index, u16 bdf, u64 msix)
{
	parts->devices[index] = (struct jailhouse_pci_device){
		.type = JAILHOUSE_PCI_TYPE_DEVICE, .bdf = bdf, .num_caps = 1, .num_msi_vectors = 1,
		.num_msix_vectors = msix ? 4 : 0, .msix_region_size = msix ? 0x1000 : 0,
		.msix_address = msix,
	};
	parts->caps[0] = (struct jailhouse_pci_capability){
		PCI_CAP_ID_MSI, 0x40, 14, JAILHOUSE_PCICAPS_WRITE,
	};
}

static void describe(struct config_parts *parts, const char *name)
{
	parts->desc = (struct jailhouse_cell_desc){
		.architecture = JAILHOUSE_X86, .revision = JAILHOUSE_CONFIG_REVISION,
		.cpu_set_size = sizeof(parts->cpus), .num_irqchips = 1, .num_pio_regions = 1,
		.num_pci_caps = 1,
	};
	memcpy(parts->desc.signature, JAILHOUSE_CELL_DESC_SIGNATURE, 5);
	memcpy(parts->desc.name, name, strlen(name));
	parts->irqchips[0].address = 0xfec00000;
}

static void standard_root(struct config_parts *root)
{
	describe(root, "root");
	root->cpus[0] = 0xf;
	add_link(root, 0, 0);
	root->memory[ROOT_LOW] = region(0, 0, 0x40000000, RWX | JAILHOUSE_MEM_DMA);
	root->memory[ROOT_MMIO] = region(0xc0000000, 0xc0000000, 0x10000000, RW);
	root->memory[ROOT_CELLS] =
		region(0x100600000, 0x100600000, 0x6a00000, RWX | JAILHOUSE_MEM_DMA);
	root->desc.num_memory_regions = ROOT_CELLS + 1;
	root->irqchips[0].pin_bitmap[0] = 0xffffff;
	root->pio[0] = (struct jailhouse_pio){ 0x3f8, 8 };
	add_device(root, ROOT_NVME, 3 << 3, 0xfeb02000);
	add_device(root, ROOT_OTHER, 4 << 3, 0);
	root->desc.num_pci_devices = ROOT_OTHER + 1;
}

static void standard_cell(struct config_parts *cell, unsigned n)
{
	describe(cell, n == 0 ? "one" : "two");
	cell->cpus[0] = (u8)(2 << n);
	add_link(cell, (u8)(n + 1), SHARED);
	cell->memory[CELL_RAM] = region(0x100800000 + n * 0x100000, 0, 0x100000,
					RWX | JAILHOUSE_MEM_LOADABLE | JAILHOUSE_MEM_DMA);
	cell->memory[CELL_COMM] = region(0, 0x100000, 0x1000, RW | JAILHOUSE_MEM_COMM_REGION);
	cell->memory[CELL_MMIO] = region(0xfe000100 + n * 0x100, 0xfe000100 + n * 0x100, 0x100,
					 RW | JAILHOUSE_MEM_IO_32);
	cell->desc.num_memory_regions = CELL_MMIO + 1;
	cell->irqchips[0].pin_bitmap[0] = 0x10u << n;
	cell->pio[0] = (struct jailhouse_pio){ (u16)(n == 0 ? 0x3e8 : 0x2e8), 8 };
	add_device(cell, CELL_DEVICE, (u16)((5 + n) << 3), 0xfeb10000 + n * 0x1000);
	cell->desc.num_pci_devices = CELL_DEVICE + 1;
	cell->unprotected = JAILHOUSE_UNPROTECTED_IRQ;
}

void machine_standard(struct machine *machine)
{
	struct jailhouse_system *system = &machine->system;

	memset(machine, 0, sizeof(*machine));
	memcpy(system->signature, JAILHOUSE_SYSTEM_SIGNATURE, 5);
	system->revision = JAILHOUSE_CONFIG_REVISION;
	machine->arch = &config_x86;
	system->hypervisor_memory = region(0x100000000, 0, 0x600000, 0);
	system->debug_console.type = JAILHOUSE_CON_TYPE_8250;
	system->debug_console.address = 0x2f8;
	system->platform_info.pci_mmconfig_base = 0xb0000000;
	system->platform_info.pci_mmconfig_end_bus = 0xff;
	system->platform_info.iommu_units[0] = (struct jailhouse_iommu){
		.type = JAILHOUSE_IOMMU_AMD, .base = 0xfed80000, .size = 0x4000,
		.amd = { .bdf = 1 << 3, .base_cap = 0x40 },
	};
	system->platform_info.x86.pm_timer_address = 0x608;
	standard_root(&machine->root);
	standard_cell(&machine->cell[0], 0);
	standard_cell(&machine->cell[1], 1);
}

static void arm64_parts(struct config_parts *parts, u32 stream)
{
	parts->desc.architecture = JAILHOUSE_ARM64;
	parts->desc.num_pio_regions = 0;
	parts->desc.num_stream_ids = 1;
	parts->stream_ids[0].id = stream;
	parts->irqchips[0].address = 0x8000000;
	parts->irqchips[0].pin_base = 32;
}

void machine_arm64(struct machine *machine)
{
	struct jailhouse_system *system = &machine->system;

	machine_standard(machine);
	machine->arch = &config_arm64;
	arm64_parts(&machine->root, 0x18);
	machine->root.desc.num_stream_ids = 2;
	machine->root.stream_ids[1].id = 0x20;
	memset(machine->root.irqchips[0].pin_bitmap, 0xff, 16);
	machine->root.memory[ROOT_LOW] = region(0x40000000, 0x40000000, 0x40000000, RWX);
	arm64_parts(&machine->cell[0], 0x20);
	arm64_parts(&machine->cell[1], 0x28);
	system->architecture = JAILHOUSE_ARM64;
	system->debug_console = (struct jailhouse_console){
		.type = JAILHOUSE_CON_TYPE_PL011, .address = 0x9000000, .size = 0x1000,
		.flags = JAILHOUSE_CON_ACCESS_MMIO | JAILHOUSE_CON_REGDIST_4,
	};
	system->platform_info.iommu_units[0] = (struct jailhouse_iommu){
		.type = JAILHOUSE_IOMMU_SMMUV3, .base = 0x9050000, .size = 0x20000,
	};
	memset(&system->platform_info.x86, 0, sizeof(system->platform_info.x86));
	system->platform_info.arm.maintenance_irq = 25;
	system->platform_info.arm.gic_version = 3;
	system->platform_info.arm.gicd_base = 0x8000000;
	system->platform_info.arm.gicc_base = 0x8010000;
	system->platform_info.arm.gich_base = 0x8030000;
	system->platform_info.arm.gicv_base = 0x8040000;
	system->platform_info.arm.gicr_base = 0x80a0000;
}

/* An exact copy of the first size bytes, so that one byte too many is seen by the sanitizer. */
static u8 *shrink(const u8 *blob, u32 size)
{
	u8 *copy = malloc(size ? size : 1);

	memcpy(copy, blob, size);
	return copy;
}

enum status machine_check(struct machine *machine)
{
	static u8 room[CONFIG_MAX_BLOB];
	struct cell_view cells[BUILDER_CELLS];
	struct system_view system;
	struct config_set set = {.system = &system,
				 .allow_unprotected = machine->allow_unprotected,
				 .phys_bits = machine->phys_bits};
	u32 size = config_write_system(&machine->system, &machine->root, room, sizeof(room));
	u8 *blobs[1 + BUILDER_CELLS] = { shrink(room, size) };
	enum status status = system_view_open(&system, machine->arch, blobs[0], size, &machine->refusal);

	for (unsigned i = 0; i < BUILDER_CELLS && status == OK; i++) {
		if (machine->absent[i])
			continue;
		size = config_write_cell(&machine->cell[i], room, sizeof(room));
		blobs[1 + i] = shrink(room, size);
		status = cell_view_open(&cells[i], machine->arch, blobs[1 + i], size, &machine->refusal);
		set.cells[1 + i] = &cells[i];
	}
	if (status == OK)
		status = config_check(&set, &machine->refusal);
	for (unsigned i = 0; i <= BUILDER_CELLS; i++)
		free(blobs[i]);
	return status;
}
