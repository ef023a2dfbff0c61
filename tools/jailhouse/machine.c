// SPDX-License-Identifier: GPL-2.0
/* Root Linux's device tree, read for what a cell's Linux has to know, too. */
#include <string.h>

#include <libfdt.h>

#include "machine.h"
#include "machine_node.h"
#include "report.h"

static const struct {
	const char *compatible;
	unsigned version;
} controllers[] = {
	{ "arm,gic-v3", 3 },
	{ "arm,gic-400", 2 },
	{ "arm,cortex-a15-gic", 2 },
	{ "arm,cortex-a9-gic", 2 },
	{ "arm,cortex-a7-gic", 2 },
};

static bool find_controller(struct machine *machine)
{
	for (size_t i = 0; i < sizeof(controllers) / sizeof(*controllers); i++) {
		int node = fdt_node_offset_by_compatible(machine->tree, -1,
							 controllers[i].compatible);

		if (node < 0)
			continue;
		machine->gic = node;
		machine->gic_version = controllers[i].version;
		return true;
	}
	return refuse("the machine's device tree has no GIC; was root Linux started with ACPI? Then "
		      "give the machine's tree with --machine, or the cell's with --dtb"), false;
}

/*
 * Version 3: the distributor and as many redistributor regions as it says; behind them are the
 * registers of version 2, which a cell does not have. Version 2: distributor and CPU interface;
 * behind them are the hypervisor's own registers.
 */
static bool read_controller(struct machine *machine)
{
	unsigned count = 2;

	if (machine->gic_version == 3)
		count = 1 + node_cell(machine->tree, machine->gic, "#redistributor-regions", 1);
	if (count > MACHINE_GIC_REGIONS)
		return refuse("the machine's device tree: the GIC has %u regions, at most %u are "
			      "known to this tool", count, MACHINE_GIC_REGIONS), false;
	for (unsigned i = 0; i < count; i++)
		if (!node_region(machine->tree, machine->gic, i, &machine->gic_region[i]))
			return refuse("the machine's device tree: the GIC has no address number %u",
				      i), false;
	machine->gic_regions = count;
	return true;
}

static bool read_timer(struct machine *machine)
{
	int node = fdt_node_offset_by_compatible(machine->tree, -1, "arm,armv8-timer");

	for (unsigned i = 0; i < MACHINE_TIMER_INTERRUPTS; i++)
		if (node < 0 || !node_interrupt(machine->tree, node, machine->gic, i,
						machine->timer[i]))
			return refuse("the machine's device tree: the armv8 timer has no interrupt "
				      "number %u", i), false;
	machine->timer_node = node;
	return true;
}

static bool read_cpus(struct machine *machine)
{
	const void *tree = machine->tree;
	int cpus = fdt_path_offset(tree, "/cpus"), node;
	int width = cpus < 0 ? 0 : fdt_address_cells(tree, cpus);

	fdt_for_each_subnode(node, tree, cpus) {
		int length;
		const fdt32_t *reg = fdt_getprop(tree, node, "reg", &length);
		const char *type = fdt_getprop(tree, node, "device_type", NULL);
		struct machine_cpu *cpu = &machine->cpu[machine->cpu_count];

		if (!type || strcmp(type, "cpu") != 0 || !reg || length != width * 4 || width > 2)
			continue;
		if (machine->cpu_count == MACHINE_MAX_CPUS)
			return refuse("the machine has more than %d CPUs", MACHINE_MAX_CPUS), false;
		cpu->affinity = fdt32_to_cpu(reg[width - 1]);
		if (width == 2)
			cpu->affinity |= (u64)fdt32_to_cpu(reg[0]) << 32;
		cpu->node = node;
		machine->cpu_count++;
	}
	return machine->cpu_count > 0 || (refuse("the machine's device tree has no CPUs"), false);
}

bool machine_open(struct machine *machine, const void *tree, size_t size, const char *path)
{
	*machine = (struct machine) { .tree = tree };
	return node_tree_is_whole(tree, size, path) && find_controller(machine) &&
	       read_controller(machine) && read_timer(machine) && read_cpus(machine);
}

bool machine_number_cpu(struct machine *machine, unsigned number, u64 affinity)
{
	for (unsigned i = number; i < machine->cpu_count; i++) {
		struct machine_cpu cpu = machine->cpu[i];

		if (cpu.affinity != affinity)
			continue;
		machine->cpu[i] = machine->cpu[number];
		machine->cpu[number] = cpu;
		return true;
	}
	return false;
}

/* Only clocks that run at one speed are told in the tree. */
static u32 clock_rate(const void *tree, int node)
{
	u32 rate = node_cell(tree, node, "clock-frequency", 0);
	const fdt32_t *clock = fdt_getprop(tree, node, "clocks", NULL);
	int source = clock ? fdt_node_offset_by_phandle(tree, fdt32_to_cpu(*clock)) : -1;

	return rate || source < 0 ? rate : node_cell(tree, source, "clock-frequency", 0);
}

static bool read_uart(const struct machine *machine, int node, struct machine_uart *uart)
{
	const void *tree = machine->tree;
	int names = fdt_stringlist_count(tree, node, "clock-names");

	*uart = (struct machine_uart) { .node = node, .clock_rate = clock_rate(tree, node) };
	uart->compatible = fdt_getprop(tree, node, "compatible", &uart->compatible_length);
	uart->clock_names = fdt_getprop(tree, node, "clock-names", &uart->clock_names_length);
	uart->clocks = names > 0 ? (unsigned)names : fdt_getprop(tree, node, "clocks", NULL) != NULL;
	return uart->compatible &&
	       node_interrupt(tree, node, machine->gic, 0, uart->interrupt);
}

bool machine_find_uart(const struct machine *machine, u64 address, struct machine_uart *uart)
{
	struct machine_range region;

	for (int node = 0; node >= 0; node = fdt_next_node(machine->tree, node, NULL))
		if (fdt_getprop(machine->tree, node, "reg", NULL) &&
		    fdt_getprop(machine->tree, node, "compatible", NULL) &&
		    node_region(machine->tree, node, 0, &region) && region.start == address)
			return read_uart(machine, node, uart);
	return false;
}
