// SPDX-License-Identifier: GPL-2.0
/*
 * The console of a cell as a UART node. The configuration has its address and grants its
 * interrupt; model, clock and which interrupt it is come from the machine's tree.
 */
#include <stdio.h>

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

/* What the UART of the machine lacks to be the cell's, and how to mend it; NULL: nothing. */
static const char *wiring_lacks(const struct linux_tree *tree, char *text, size_t room)
{
	const struct machine_uart *wiring = &tree->uart.wiring;
	u32 number = wiring->interrupt[1] + GIC_FIRST_SPI;

	snprintf(text, room, "raises interrupt %u, which its irqchips do not grant; set that bit in "
		 "a pin_bitmap", number);
	if (wiring->interrupt[0] != GIC_SPI || !has_interrupt(tree->cell, number))
		return text;
	return wiring->clock_rate ? NULL :
	       "cannot be driven, as nobody knows the clock it gets; set the console's divider "
	       "(clock / 16 / 115200), or use --dtb";
}

/* Finds it in the machine's tree; what keeps it from being a node likewise. */
static const char *find_wiring(struct linux_tree *tree, const struct jailhouse_memory *region,
			       char *text, size_t room)
{
	const struct jailhouse_console *console = &tree->cell->desc->console;
	struct machine_uart *wiring = &tree->uart.wiring;
	u64 offset = region ? console->address - region->virt_start : 0;

	if (!CON_IS_MMIO(console->flags))
		return "lacks JAILHOUSE_CON_ACCESS_MMIO in its flags; set it";
	if (!region)
		return "is in none of its mem_regions; add one that holds the UART's registers";
	if (!machine_find_uart(tree->machine, region->phys_start + offset, wiring))
		return "is not in the machine's device tree, or has no interrupt there; use --dtb "
		       "with a tree of your own";
	if (!wiring->clock_rate)
		wiring->clock_rate = console->divider * UART_BITS * BAUD;
	return wiring_lacks(tree, text, room);
}

/*
 * A cell that has the registers for itself wants to use them: what is missing is a mistake. A UART
 * that root keeps, or one whose registers it does not have, the cell can do without.
 */
bool linux_uart_plan(struct linux_tree *tree)
{
	const struct jailhouse_console *console = &tree->cell->desc->console;
	const struct jailhouse_memory *region = region_of(tree->cell, console->address);
	bool shared = region && region->flags & JAILHOUSE_MEM_ROOTSHARED;
	const char *name = tree->cell->desc->name, *lack;
	char text[128];

	tree->uart = (struct linux_uart) { .address = console->address,
					   .size = console->size ? console->size : 0x1000 };
	if (console->type <= JAILHOUSE_CON_TYPE_EFIFB)
		return true;
	lack = find_wiring(tree, region, text, sizeof(text));
	tree->uart.present = !lack;
	if (!lack && shared)
		note("cell \"%.31s\": its console at 0x%llx is shared with root; keep root's "
		     "driver away from it", name, console->address);
	if (!lack)
		return true;
	if (CON_IS_MMIO(console->flags) && region && !shared)
		return refuse("cell \"%.31s\": its console at 0x%llx %s", name, console->address,
			      lack), false;
	note("no console: cell \"%.31s\": its console at 0x%llx %s", name, console->address, lack);
	return true;
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
					     "fifo-size", "arm,primecell-periphid" };
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

void linux_uart_write(struct fdt_writer *writer, const struct linux_tree *tree)
{
	const struct linux_uart *uart = &tree->uart;
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
