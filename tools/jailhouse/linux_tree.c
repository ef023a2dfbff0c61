// SPDX-License-Identifier: GPL-2.0
/* The whole tree, front to back, and the few properties of one that a user wrote. */
#include <stdio.h>
#include <string.h>

#include <libfdt.h>

#include "linux_node.h"
#include "linux_place.h"
#include "machine_node.h"
#include "report.h"

#define CPU_BYTES 256u			/* room for one CPU's node */

size_t linux_tree_room(const struct linux_tree *tree)
{
	return 65536 + strlen(tree->words) + (size_t)tree->cell->desc->cpu_set_size * 8 * CPU_BYTES;
}

static void write_chosen(struct fdt_writer *writer, const struct linux_tree *tree)
{
	const struct linux_uart *uart = &tree->uart;
	char path[64];

	writer_node(writer, "chosen");
	writer_string(writer, "bootargs", tree->words);
	if (tree->initrd_size) {
		writer_u64(writer, tree->initrd);
		writer_property(writer, "linux,initrd-start");
		writer_u64(writer, tree->initrd + tree->initrd_size);
		writer_property(writer, "linux,initrd-end");
	}
	snprintf(path, sizeof(path), "/serial@%llx", uart->address);
	if (uart->present)
		writer_string(writer, "stdout-path", path);
	writer_node_end(writer);
	if (!uart->present)
		return;
	writer_node(writer, "aliases");
	writer_string(writer, "serial0", path);
	writer_node_end(writer);
}

/* reg of all RAM; returns its first address. */
static u64 collect_ram(struct fdt_writer *writer, const struct cell_view *cell)
{
	u64 first = 0;

	for (u32 i = cell->desc->num_memory_regions; i-- > 0;)
		if (linux_is_ram(&cell->memory[i]))
			first = cell->memory[i].virt_start;
	for (u32 i = 0; i < cell->desc->num_memory_regions; i++) {
		if (!linux_is_ram(&cell->memory[i]))
			continue;
		writer_u64(writer, cell->memory[i].virt_start);
		writer_u64(writer, cell->memory[i].size);
	}
	return first;
}

static void write_memory(struct fdt_writer *writer, const struct cell_view *cell)
{
	u64 first = collect_ram(writer, cell);

	writer_node_at(writer, "memory", first);
	writer_property(writer, "reg");
	writer_string(writer, "device_type", "memory");
	writer_node_end(writer);
}

static bool has_cpu(const struct cell_view *cell, u32 cpu)
{
	return cell->cpus[cpu / 8] >> cpu % 8 & 1;
}

static bool cpus_are_known(const struct linux_tree *tree)
{
	for (u32 i = 0; i < tree->cell->desc->cpu_set_size * 8; i++)
		if (has_cpu(tree->cell, i) && i >= tree->machine->cpu_count)
			return refuse("cell \"%.31s\": it has CPU %u, the machine's device tree has %u "
				      "CPUs", tree->cell->desc->name, i, tree->machine->cpu_count),
			       false;
	return true;
}

static void write_cpu(struct fdt_writer *writer, const struct machine *machine, u32 number)
{
	const struct machine_cpu *cpu = &machine->cpu[number];
	int length;
	const void *compatible = fdt_getprop(machine->tree, cpu->node, "compatible", &length);

	writer_node_at(writer, "cpu", cpu->affinity);
	writer_string(writer, "device_type", "cpu");
	if (compatible)
		writer_bytes(writer, "compatible", compatible, length);
	writer_u64(writer, cpu->affinity);
	writer_property(writer, "reg");
	writer_string(writer, "enable-method", "psci");
	writer_node_end(writer);
}

static void write_cpus(struct fdt_writer *writer, const struct linux_tree *tree)
{
	writer_node(writer, "cpus");
	writer_cell(writer, "#address-cells", 2);
	writer_cell(writer, "#size-cells", 0);
	for (u32 i = 0; i < tree->cell->desc->cpu_set_size * 8; i++)
		if (has_cpu(tree->cell, i))
			write_cpu(writer, tree->machine, i);
	writer_node_end(writer);
	writer_node(writer, "psci");
	writer_bytes(writer, "compatible", "arm,psci-1.0\0arm,psci-0.2",
		     sizeof("arm,psci-1.0\0arm,psci-0.2"));
	writer_string(writer, "method", "smc");
	writer_node_end(writer);
}

/* Written by us, or of no meaning without nodes that a cell's tree does not have. */
static bool is_wiring(const char *name)
{
	static const char *const names[] = {
		"compatible", "interrupts", "interrupts-extended", "interrupt-parent", "always-on",
		"phandle", "linux,phandle", "clocks", "power-domains",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

/* Its frequency where the firmware leaves CNTFRQ_EL0 alone, its errata, what its interrupts are. */
static void copy_timer(struct fdt_writer *writer, const struct machine *machine)
{
	const char *name;
	int property, length;

	fdt_for_each_property_offset(property, machine->tree, machine->timer_node) {
		const void *value = fdt_getprop_by_offset(machine->tree, property, &name, &length);

		if (value && !is_wiring(name))
			writer_bytes(writer, name, value, length);
	}
}

/* Always on: a cell's CPUs know no sleep deeper than WFI. */
static void write_timer(struct fdt_writer *writer, const struct machine *machine)
{
	writer_node(writer, "timer");
	writer_string(writer, "compatible", "arm,armv8-timer");
	for (unsigned i = 0; i < MACHINE_TIMER_INTERRUPTS; i++)
		for (unsigned j = 0; j < MACHINE_INTERRUPT_CELLS; j++)
			writer_u32(writer, machine->timer[i][j]);
	writer_property(writer, "interrupts");
	writer_flag(writer, "always-on");
	copy_timer(writer, machine);
	writer_node_end(writer);
}

static void collect_gic_regions(struct fdt_writer *writer, const struct machine *machine)
{
	for (unsigned i = 0; i < machine->gic_regions; i++) {
		writer_u64(writer, machine->gic_region[i].start);
		writer_u64(writer, machine->gic_region[i].size);
	}
}

/* Without its frames for messages: a cell's devices use lines. */
static void write_gic(struct fdt_writer *writer, const struct machine *machine)
{
	int length;
	const void *stride = fdt_getprop(machine->tree, machine->gic, "redistributor-stride",
					 &length);

	writer_node_at(writer, "interrupt-controller", machine->gic_region[0].start);
	writer_string(writer, "compatible",
		      machine->gic_version == 3 ? "arm,gic-v3" : "arm,gic-400");
	writer_flag(writer, "interrupt-controller");
	writer_cell(writer, "#interrupt-cells", MACHINE_INTERRUPT_CELLS);
	writer_cell(writer, "#address-cells", 0);
	if (machine->gic_version == 3)
		writer_cell(writer, "#redistributor-regions", machine->gic_regions - 1);
	if (stride)
		writer_bytes(writer, "redistributor-stride", stride, length);
	collect_gic_regions(writer, machine);
	writer_property(writer, "reg");
	writer_cell(writer, "phandle", LINUX_GIC_PHANDLE);
	writer_node_end(writer);
}

static void write_root(struct fdt_writer *writer, const struct linux_tree *tree)
{
	char model[64];

	snprintf(model, sizeof(model), "Jailhouse cell %.31s", tree->cell->desc->name);
	writer_string(writer, "model", model);
	writer_string(writer, "compatible", "jailhouse,cell");
	writer_cell(writer, "#address-cells", 2);
	writer_cell(writer, "#size-cells", 2);
	writer_cell(writer, "interrupt-parent", LINUX_GIC_PHANDLE);
}

static size_t finish(struct fdt_writer *writer, size_t room)
{
	size_t size = writer_end(writer);

	if (!size)
		refuse("the device tree cannot be made in %zu bytes: %s", room,
		       fdt_strerror(writer->error));
	return size;
}

bool linux_tree_plan(struct linux_tree *tree)
{
	return cpus_are_known(tree) && linux_uart_plan(tree) && linux_host_plan(tree);
}

size_t linux_tree_make(const struct linux_tree *tree, void *buffer, size_t room)
{
	struct fdt_writer writer;

	writer_start(&writer, buffer, room);
	writer_node(&writer, "");
	write_root(&writer, tree);
	write_chosen(&writer, tree);
	write_memory(&writer, tree->cell);
	write_cpus(&writer, tree);
	write_timer(&writer, tree->machine);
	write_gic(&writer, tree->machine);
	linux_uart_write(&writer, tree);
	linux_host_write(&writer, tree);
	writer_node_end(&writer);
	return finish(&writer, room);
}
