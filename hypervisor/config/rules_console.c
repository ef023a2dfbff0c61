// SPDX-License-Identifier: GPL-2.0
/*
 * Consoles: the hypervisor's own, and what a cell is told to use. A console grants nothing: the
 * cell's ports or memory must be listed, too, and the hypervisor's port may be a cell's as well.
 */
#include <base/range.h>
#include <config/rules.h>

#define UART_PORTS 8
#define PORTS_LAST 0xffff
#define CONSOLE_FLAGS (JAILHOUSE_CON_ACCESS_MMIO | JAILHOUSE_CON_REGDIST_4 | \
		       JAILHOUSE_CON_FB_1920x1080 | JAILHOUSE_CON_INVERTED_GATE | \
		       JAILHOUSE_CON_MDR_QUIRK)

static const struct range pci_ports = { 0xcf8, 0xcff };

static enum status check_ports(const struct rule_context *context,
			       const struct jailhouse_console *console)
{
	const struct range ports = { console->address, console->address + UART_PORTS - 1 };

	if (console->address > PORTS_LAST + 1 - UART_PORTS || range_overlap(ports, pci_ports))
		return rule_refuse(context, STATUS_CONSOLE_PORT, console->address, pci_ports.first);
	return OK;
}

/* The size of a cell's window is known by its memory region, so only the hypervisor's must have
 * one. */
static enum status check_window(const struct rule_context *context,
				const struct jailhouse_console *console, bool own)
{
	const u64 size = console->size || own ? console->size : 1;

	if (rule_below(console->address, size, rule_phys_limit(context)))
		return !own ? OK : rule_outside_windows(
			context, rule_range(console->address, size), false);
	return rule_refuse(context, STATUS_CONSOLE_MMIO, console->address, console->size);
}

/* The driver switches the one of the hypervisor, programs of a cell theirs. */
static enum status check_gate(const struct rule_context *context,
			      const struct jailhouse_console *console, bool own)
{
	if (console->clock_reg == 0)
		return OK;
	if (console->gate_nr >= 32 || console->clock_reg % sizeof(u32) ||
	    !rule_below(console->clock_reg, sizeof(u32), rule_phys_limit(context)))
		return rule_refuse(context, STATUS_CONSOLE_GATE, console->gate_nr,
				   console->clock_reg);
	return !own ? OK : rule_outside_windows(context,
						rule_range(console->clock_reg, sizeof(u32)), false);
}

static enum status check(const struct rule_context *context,
			 const struct jailhouse_console *console, bool own)
{
	const u32 known = context->system->arch->console_types;
	enum status status = check_gate(context, console, own);

	if (status != OK)
		return status;

	if (console->type >= 16 || !(known >> console->type & 1))
		return rule_refuse(context, STATUS_CONSOLE_TYPE, console->type, known);
	if (console->flags & ~CONSOLE_FLAGS)
		return rule_refuse(context, STATUS_CONSOLE_FLAGS, console->flags & ~CONSOLE_FLAGS,
				   CONSOLE_FLAGS);
	if (console->type == JAILHOUSE_CON_TYPE_NONE)
		return OK;
	if (CON_IS_MMIO(console->flags))
		return check_window(context, console, own);
	return context->system->arch->ports ? check_ports(context, console) :
	       rule_refuse(context, STATUS_CONSOLE_ACCESS, console->address, 0);
}

enum status rule_debug_console(const struct rule_context *context)
{
	return check(context, &context->system->header->debug_console, true);
}

enum status rule_console(const struct rule_context *context)
{
	return check(context, &context->cell->desc->console, false);
}
