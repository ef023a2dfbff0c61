// SPDX-License-Identifier: GPL-2.0
/*
 * Addresses mean what the buses above make of them, interrupts what their controller makes of them
 * (Devicetree Specification 2.3.6, 2.3.8, 2.4).
 */
#include <libfdt.h>

#include "machine_node.h"
#include "report.h"

bool node_tree_is_whole(const void *tree, size_t size, const char *path)
{
	return (size && fdt_check_full(tree, size) == 0) ||
	       (refuse("%s: %zu bytes are no flattened device tree; compile it with dtc", path,
		       size), false);
}

static u64 cells_value(const fdt32_t *cells, int count)
{
	u64 value = 0;

	while (count-- > 0)
		value = value << 32 | fdt32_to_cpu(*cells++);
	return value;
}

/* From the bus's own addresses to those of its parent; false: they do not get through. */
static bool translate_once(const void *tree, int bus, int parent, u64 *address)
{
	int length, own = fdt_address_cells(tree, bus), up = fdt_address_cells(tree, parent);
	int size = fdt_size_cells(tree, bus), entry = own + up + size;
	const fdt32_t *ranges = fdt_getprop(tree, bus, "ranges", &length);

	if (!ranges || own < 1 || own > 2 || up < 1 || up > 2 || size < 0)
		return false;
	if (length == 0)
		return true;
	for (int left = length / 4; left >= entry; left -= entry, ranges += entry) {
		u64 offset = *address - cells_value(ranges, own);

		if (offset < cells_value(ranges + own + up, size)) {
			*address = cells_value(ranges + own, up) + offset;
			return true;
		}
	}
	return false;
}

static bool translate(const void *tree, int bus, u64 *address)
{
	while (bus > 0) {
		int parent = fdt_parent_offset(tree, bus);

		if (parent < 0 || !translate_once(tree, bus, parent, address))
			return false;
		bus = parent;
	}
	return bus == 0;
}

bool node_region(const void *tree, int node, unsigned index, struct machine_range *region)
{
	int length, bus = fdt_parent_offset(tree, node);
	const fdt32_t *reg = fdt_getprop(tree, node, "reg", &length);
	int address = fdt_address_cells(tree, bus), size = fdt_size_cells(tree, bus);

	if (!reg || bus < 0 || address < 1 || address > 2 || size < 0 || size > 2 ||
	    (int)(index + 1) * (address + size) * 4 > length)
		return false;
	reg += (int)index * (address + size);
	region->start = cells_value(reg, address);
	region->size = cells_value(reg + address, size);
	return translate(tree, bus, &region->start);
}

u32 node_cell(const void *tree, int node, const char *name, u32 otherwise)
{
	int length;
	const fdt32_t *cell = fdt_getprop(tree, node, name, &length);

	return cell && length == 4 ? fdt32_to_cpu(*cell) : otherwise;
}

/* Inherited from the nearest node above that names one. */
static u32 interrupt_parent(const void *tree, int node)
{
	u32 phandle = 0;

	for (; node >= 0 && !phandle; node = fdt_parent_offset(tree, node))
		phandle = node_cell(tree, node, "interrupt-parent", 0);
	return phandle;
}

bool node_interrupt(const void *tree, int node, int controller, unsigned index,
		    u32 cells[MACHINE_INTERRUPT_CELLS])
{
	unsigned width = node_cell(tree, controller, "#interrupt-cells", 0);
	u32 phandle = fdt_get_phandle(tree, controller);
	int length;
	const fdt32_t *extended = fdt_getprop(tree, node, "interrupts-extended", &length);
	const fdt32_t *list = extended ? extended : fdt_getprop(tree, node, "interrupts", &length);
	unsigned entry = width + (extended != NULL);

	if (!list || width < MACHINE_INTERRUPT_CELLS || (unsigned)length / 4 / entry <= index)
		return false;
	list += index * entry;
	if ((extended ? fdt32_to_cpu(*list++) : interrupt_parent(tree, node)) != phandle)
		return false;
	for (unsigned i = 0; i < MACHINE_INTERRUPT_CELLS; i++)
		cells[i] = fdt32_to_cpu(list[i]);
	return true;
}
