// SPDX-License-Identifier: GPL-2.0
/*
 * 64-bit Arm: its own rules and windows. There are no ports and no cache partitions; interrupts are
 * a GIC's, and devices are known to their unit by stream ids.
 */
#include <config/gic.h>
#include <config/rules.h>

static bool window(const struct system_view *system, unsigned n, struct config_window *window,
		   u64 *start, u64 *size)
{
	const unsigned version = system->header->platform_info.arm.gic_version;

	if (n >= GIC_FRAMES)
		return false;
	*window = (struct config_window){
		.kind = (u8)(WINDOW_GICD + n),
		/* Every guest finds the frames that its version of the GIC has for guests. */
		.root_guest_only = n >= GIC_HYPERVISOR || !gic_needs(n, version),
	};
	*start = gic_base(system->header, n);
	*size = *start ? gic_size(system, n) : 0;
	return true;
}

/* Devices without MSI-X share four lines: INTA for device 0, INTB for device 1, and so on. */
static u32 lines_in_use(const struct cell_view *cell)
{
	u32 lines = 0;

	for (u32 i = 0; i < cell->desc->num_pci_devices; i++)
		if (cell->devices[i].type == JAILHOUSE_PCI_TYPE_IVSHMEM &&
		    cell->devices[i].num_msix_vectors == 0)
			lines |= 1U << (cell->devices[i].bdf >> 3 & 3);
	return lines;
}

static bool virtual_pins(const struct system_view *system, const struct cell_view *cell,
			 struct jailhouse_irqchip *chip)
{
	const u32 base = cell->desc->vpci_irq_base;	/* counts from the first SPI on */
	const u64 pins = (u64)lines_in_use(cell) << base % 32;

	if (pins == 0)
		return false;
	*chip = (struct jailhouse_irqchip){
		.address = system->header->platform_info.arm.gicd_base,
		.pin_base = GIC_SPI_FIRST + (base & ~31U),
		.pin_bitmap = { (u32)pins, (u32)(pins >> 32) },
	};
	return true;
}

static const struct rule first[] = {
	{ rule_gic, RULE_SYSTEM, OBJECT_SYSTEM },
	{ rule_units_alike, RULE_SYSTEM, OBJECT_SYSTEM },
	{ rule_aarch32, RULE_CELL, OBJECT_CELL },
	{ rule_no_ports, RULE_CELL, OBJECT_CELL },
	{ rule_no_caches, RULE_CELL, OBJECT_CELL },
	{ rule_frame_shape, RULE_SYSTEM, OBJECT_EXTENSION },
	{ rule_spi_shape, RULE_CELL, OBJECT_IRQCHIP },
	{ rule_spi_virtual, RULE_CELL, OBJECT_VIRTUAL_LINES },
	{ rule_stream_shape, RULE_CELL, OBJECT_STREAM_ID },
};

static const struct rule last[] = {
	{ rule_memory_device, RULE_CELL, OBJECT_MEMORY },
	{ rule_device_host, RULE_CELL, OBJECT_PCI_DEVICE },
	{ rule_spi_one_owner, RULE_PAIR, OBJECT_CELL },
	{ rule_frame_owner, RULE_CELL, OBJECT_MEMORY },
	{ rule_stream_once, RULE_TWINS, OBJECT_STREAM_ID },
	{ rule_stream_one_owner, RULE_PAIR, OBJECT_STREAM_ID },
};

const struct config_arch config_arm64 = {
	.first = first, .num_first = RULES(first),
	.last = last, .num_last = RULES(last),
	.window = window,
	.virtual_pins = virtual_pins,
	.architecture = JAILHOUSE_ARM64,
	.phys_bits = 48,
	.reset_last = CONFIG_GUEST_LIMIT - 1,
	.iommu_types = 1U << JAILHOUSE_IOMMU_SMMUV3 | 1U << JAILHOUSE_IOMMU_ARM_MMU500,
	.unprotected = JAILHOUSE_UNPROTECTED_ALL,
	/* All but the PC's screen. */
	.console_types = ((2U << JAILHOUSE_CON_TYPE_SCIF) - 1) & ~(1U << JAILHOUSE_CON_TYPE_EFIFB),
};
