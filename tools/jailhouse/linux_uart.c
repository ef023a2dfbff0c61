// SPDX-License-Identifier: GPL-2.0
/*
 * The console of a cell as a UART node. The configuration has its address and grants its
 * interrupt; model, clock and which interrupt it is come from the machine's tree.
 */
#include "linux_node.h"
#include "machine_node.h"
#include "report.h"

#define BAUD 115200u
#define UART_BITS 16u		/* clock ticks of a bit, 8250 and PL011 alike */

/* The cell's irqchips grant this interrupt (its number at the GIC, so SPI n is 32 + n). */
static bool has_interrupt(const struct cell_view *cell, u32 number)
{
	for (u32 i = 0; i < cell->desc->num_irqchips; i++) {
		const struct jailhouse_irqchip *chip = &cell->irqchips[i];
		u32 pin = number - chip->pin_base;

		if (number >= chip->pin_base && pin < 128 &&
		    chip->pin_bitmap[pin / 32] >> pin % 32 & 1)
			return true;
	}
	return false;
}

/* The memory region through which the cell reaches this address, NULL: it does not. */
static const struct jailhouse_memory *region_of(const struct cell_view *cell, u64 address)
{
	for (u32 i = 0; i < cell->desc->num_memory_regions; i++) {
		const struct jailhouse_memory *region = &cell->memory[i];

		if (address >= region->virt_start && address - region->virt_start < region->size)
			return region;
	}
	return NULL;
}

static bool wiring_is_granted(const struct linux_tree *tree, const struct linux_uart *uart)
{
	const struct jailhouse_cell_desc *desc = tree->cell->desc;
	u32 number = uart->wiring.interrupt[1] + GIC_FIRST_SPI;

	if (uart->wiring.interrupt[0] != GIC_SPI || !has_interrupt(tree->cell, number))
		return refuse("cell \"%.31s\": its console at 0x%llx raises interrupt %u, which its "
			      "irqchips do not grant; set that bit in a pin_bitmap", desc->name,
			      desc->console.address, number), false;
	if (!uart->wiring.clock_rate)
		return refuse("cell \"%.31s\": nobody knows the clock of its console at 0x%llx; set "
			      "the console's divider (clock / 16 / 115200), or use --dtb",
			      desc->name, desc->console.address), false;
	return true;
}

/*
 * A console that is none of the cell's own (virtual, shared with root, absent from the machine's
 * tree) gets no node: Linux would drive a device that somebody else drives, too.
 */
bool linux_uart_find(const struct linux_tree *tree, struct linux_uart *uart)
{
	const struct jailhouse_console *console = &tree->cell->desc->console;
	const struct jailhouse_memory *region = region_of(tree->cell, console->address);

	*uart = (struct linux_uart) { .address = console->address,
				      .size = console->size ? console->size : 0x1000 };
	if (console->type <= JAILHOUSE_CON_TYPE_EFIFB || !CON_IS_MMIO(console->flags) || !region ||
	    region->flags & JAILHOUSE_MEM_ROOTSHARED)
		return true;
	if (!machine_find_uart(tree->machine,
			       region->phys_start + (console->address - region->virt_start),
			       &uart->wiring))
		return refuse("cell \"%.31s\": its console at 0x%llx is not in the machine's device "
			      "tree, or has no interrupt there; use --dtb with a tree of your own",
			      tree->cell->desc->name, console->address), false;
	if (!uart->wiring.clock_rate)
		uart->wiring.clock_rate = console->divider * UART_BITS * BAUD;
	uart->present = true;
	return wiring_is_granted(tree, uart);
}

/* Every input is fed by the one clock whose rate is known. */
static void write_clocks(struct fdt_writer *writer, const struct machine_uart *wiring)
{
	writer_cell(writer, "clock-frequency", wiring->clock_rate);
	for (unsigned i = 0; i < wiring->clocks; i++)
		writer_u32(writer, LINUX_CLOCK_PHANDLE);
	if (wiring->clocks)
		writer_property(writer, "clocks");
	if (wiring->clock_names)
		writer_bytes(writer, "clock-names", wiring->clock_names,
			     wiring->clock_names_length);
}

/* Properties of the register layout that Linux's UART drivers ask for. */
static void copy_layout(struct fdt_writer *writer, const struct linux_tree *tree, int node)
{
	static const char *const names[] = { "reg-shift", "reg-io-width", "reg-offset",
					     "fifo-size" };
	const u32 absent = ~0u;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		u32 value = node_cell(tree->machine->tree, node, names[i], absent);

		if (value != absent)
			writer_cell(writer, names[i], value);
	}
}

static void write_clock(struct fdt_writer *writer, u32 rate)
{
	writer_node(writer, "uart-clock");
	writer_string(writer, "compatible", "fixed-clock");
	writer_cell(writer, "#clock-cells", 0);
	writer_cell(writer, "clock-frequency", rate);
	writer_cell(writer, "phandle", LINUX_CLOCK_PHANDLE);
	writer_node_end(writer);
}

void linux_uart_write(struct fdt_writer *writer, const struct linux_tree *tree,
		      const struct linux_uart *uart)
{
	const struct machine_uart *wiring = &uart->wiring;

	if (!uart->present)
		return;
	write_clock(writer, wiring->clock_rate);
	writer_node_at(writer, "serial", uart->address);
	writer_bytes(writer, "compatible", wiring->compatible, wiring->compatible_length);
	writer_u64(writer, uart->address);
	writer_u64(writer, uart->size);
	writer_property(writer, "reg");
	for (unsigned i = 0; i < MACHINE_INTERRUPT_CELLS; i++)
		writer_u32(writer, wiring->interrupt[i]);
	writer_property(writer, "interrupts");
	write_clocks(writer, wiring);
	copy_layout(writer, tree, wiring->node);
	writer_node_end(writer);
}
