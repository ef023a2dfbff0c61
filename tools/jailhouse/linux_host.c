// SPDX-License-Identifier: GPL-2.0
/*
 * The virtual PCI host in a cell's tree: where its config space is (the system's choice), which
 * interrupts its devices raise (vpci_irq_base grants them, no irqchip has to list them), and a window
 * for their registers (anywhere that nothing else is).
 */
#include "linux_node.h"
#include "report.h"

#define BUS_SIZE 0x100000ULL		/* config space of one bus */
#define WINDOW_SIZE 0x100000ULL		/* registers of all functions of a virtual host */
#define WINDOW_LIMIT 0x100000000ULL	/* they have 32-bit addresses */
#define PINS 4u
#define PCI_MEMORY_32 0x02000000u	/* IEEE 1275 PCI binding 2.2.1.1 */

static bool is_link(const struct jailhouse_pci_device *device)
{
	return device->type == JAILHOUSE_PCI_TYPE_IVSHMEM;
}

static bool overlap(u64 start, u64 size, u64 other, u64 other_size)
{
	return start < other + other_size && other < start + size;
}

/* First address behind what is in the way of the window, 0: nothing is. */
static u64 in_the_way(const struct linux_tree *tree, u64 window)
{
	const struct cell_view *cell = tree->cell;

	for (u32 i = 0; i < cell->desc->num_memory_regions; i++) {
		const struct jailhouse_memory *region = &cell->memory[i];

		if (overlap(window, WINDOW_SIZE, region->virt_start, region->size))
			return region->virt_start + region->size;
	}
	for (unsigned i = 0; i < tree->machine->gic_regions; i++) {
		const struct machine_range *region = &tree->machine->gic_region[i];

		if (overlap(window, WINDOW_SIZE, region->start, region->size))
			return region->start + region->size;
	}
	return 0;
}

/* The first hole behind config space, or from 256 MiB on where that is not below 4 GiB. */
static bool find_window(const struct linux_tree *tree, struct linux_host *host)
{
	u64 window = tree->pci.base + (tree->pci.end_bus + 1) * BUS_SIZE, next;

	if (window + WINDOW_SIZE > WINDOW_LIMIT)
		window = 0x10000000;
	while ((next = in_the_way(tree, window)) != 0)
		window = (next + WINDOW_SIZE - 1) & ~(WINDOW_SIZE - 1);
	host->window = window;
	return window + WINDOW_SIZE <= WINDOW_LIMIT ||
	       (refuse("cell \"%.31s\": there is no free MiB below 4 GiB for the registers of its "
		       "shared-memory devices", tree->cell->desc->name), false);
}

bool linux_host_plan(struct linux_tree *tree)
{
	const struct cell_view *cell = tree->cell;
	struct linux_host *host = &tree->host;

	*host = (struct linux_host) { 0 };
	for (u32 i = 0; i < cell->desc->num_pci_devices; i++) {
		const struct jailhouse_pci_device *device = &cell->devices[i];
		u32 bus = device->bdf >> 8;

		if (!is_link(device))
			continue;
		if (!host->present)
			host->domain = device->domain;
		host->present = true;
		host->last_bus = bus > host->last_bus ? bus : host->last_bus;
	}
	if (!host->present)
		return true;
	if (!tree->pci.base || host->last_bus > tree->pci.end_bus)
		return refuse("cell \"%.31s\": it has shared-memory devices up to bus %u, the system "
			      "has no PCI config space for them; give the configuration it was "
			      "enabled with by --system", cell->desc->name, host->last_bus), false;
	return find_window(tree, host);
}

/* Pin n of any device is interrupt base + n - 1: the hypervisor has rotated them already. */
static void write_interrupts(struct fdt_writer *writer, u32 base)
{
	writer_cell(writer, "#interrupt-cells", 1);
	for (unsigned i = 0; i < 3; i++)
		writer_u32(writer, 0);
	writer_u32(writer, 7);
	writer_property(writer, "interrupt-map-mask");
	for (u32 pin = 1; pin <= PINS; pin++) {
		for (unsigned i = 0; i < 3; i++)
			writer_u32(writer, 0);
		writer_u32(writer, pin);
		writer_u32(writer, LINUX_GIC_PHANDLE);
		writer_u32(writer, GIC_SPI);
		writer_u32(writer, base + pin - 1);
		writer_u32(writer, IRQ_EDGE_RISING);
	}
	writer_property(writer, "interrupt-map");
}

static void write_window(struct fdt_writer *writer, u64 window)
{
	writer_u32(writer, PCI_MEMORY_32);
	writer_u64(writer, window);
	writer_u64(writer, window);
	writer_u64(writer, WINDOW_SIZE);
	writer_property(writer, "ranges");
}

void linux_host_write(struct fdt_writer *writer, const struct linux_tree *tree)
{
	const struct linux_host *host = &tree->host;

	if (!host->present)
		return;
	writer_node_at(writer, "pci", tree->pci.base);
	writer_string(writer, "compatible", "pci-host-ecam-generic");
	writer_string(writer, "device_type", "pci");
	writer_u32(writer, 0);
	writer_u32(writer, host->last_bus);
	writer_property(writer, "bus-range");
	writer_cell(writer, "#address-cells", 3);
	writer_cell(writer, "#size-cells", 2);
	writer_u64(writer, tree->pci.base);
	writer_u64(writer, (host->last_bus + 1) * BUS_SIZE);
	writer_property(writer, "reg");
	writer_cell(writer, "linux,pci-domain", host->domain);
	write_interrupts(writer, tree->cell->desc->vpci_irq_base);
	write_window(writer, host->window);
	writer_node_end(writer);
}
