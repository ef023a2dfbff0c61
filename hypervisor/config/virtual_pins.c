// SPDX-License-Identifier: GPL-2.0
/* Which interrupts of a GIC the shared-memory devices of a cell raise. */
#include <base/bits.h>
#include <config/gic.h>

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

bool config_virtual_pins(const struct system_view *system, const struct cell_view *cell,
			 struct jailhouse_irqchip *chip)
{
	const u32 base = cell->desc->vpci_irq_base;	/* counts from the first SPI on */
	const u64 pins = (u64)lines_in_use(cell) << base % 32;

	if (system->header->architecture != JAILHOUSE_ARM64 || pins == 0)
		return false;
	*chip = (struct jailhouse_irqchip){
		.address = system->header->platform_info.arm.gicd_base,
		.pin_base = GIC_SPI_FIRST + (base & ~31U),
		.pin_bitmap = { (u32)pins, (u32)(pins >> 32) },
	};
	return true;
}
