// SPDX-License-Identifier: GPL-2.0
/* A tree that a user wrote knows its devices; memory, command line and initrd are ours to say. */
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include <libfdt.h>

#include "linux_place.h"
#include "linux_tree.h"
#include "machine_node.h"
#include "report.h"

#define MAX_RAM_CELLS 256

/* The node with this name below the root, made if there is none; negative: libfdt's error. */
static int child(void *buffer, const char *name)
{
	int node = fdt_subnode_offset(buffer, 0, name);

	return node == -FDT_ERR_NOTFOUND ? fdt_add_subnode(buffer, 0, name) : node;
}

/* The next node behind this one that announces memory; negative: there is none. */
static int next_memory(const void *buffer, int node)
{
	return fdt_node_offset_by_prop_value(buffer, node, "device_type", "memory",
					     sizeof("memory"));
}

/* The one node of memory that stays, named by its first address, as trees have it. */
static int memory_node(void *buffer, const struct cell_view *cell)
{
	int node = next_memory(buffer, -1), other;
	char name[32] = "memory";

	while (node >= 0 && (other = next_memory(buffer, node)) >= 0)
		if ((other = fdt_del_node(buffer, other)) < 0)
			return other;
	if (node >= 0)
		return node;
	for (u32 i = cell->desc->num_memory_regions; i-- > 0;)
		if (linux_is_ram(&cell->memory[i]))
			snprintf(name, sizeof(name), "memory@%llx", cell->memory[i].virt_start);
	node = child(buffer, name);
	return node < 0 ? node : fdt_setprop(buffer, node, "device_type", "memory",
					     sizeof("memory")) ? : child(buffer, name);
}

/* A number in one or two cells; NULL when it does not fit. */
static fdt32_t *put(fdt32_t *cell, int width, u64 value)
{
	if (width == 2)
		*cell++ = cpu_to_fdt32((u32)(value >> 32));
	else if (width != 1 || value >> 32)
		return NULL;
	*cell++ = cpu_to_fdt32((u32)value);
	return cell;
}

static int fill_memory(void *buffer, const struct cell_view *cell)
{
	int address = fdt_address_cells(buffer, 0), size = fdt_size_cells(buffer, 0);
	int node = memory_node(buffer, cell);
	fdt32_t cells[MAX_RAM_CELLS], *next = cells;

	for (u32 i = 0; i < cell->desc->num_memory_regions && node >= 0; i++) {
		if (!linux_is_ram(&cell->memory[i]))
			continue;
		if (next - cells > MAX_RAM_CELLS - 4 ||
		    !(next = put(next, address, cell->memory[i].virt_start)) ||
		    !(next = put(next, size, cell->memory[i].size)))
			return -FDT_ERR_BADVALUE;
	}
	return node < 0 ? node : fdt_setprop(buffer, node, "reg", cells,
					     (int)((next - cells) * (int)sizeof(*cells)));
}

static int drop(void *buffer, int node, const char *name)
{
	int error = fdt_delprop(buffer, node, name);

	return error == -FDT_ERR_NOTFOUND ? 0 : error;
}

/* Linux would believe in those of an initrd that is not given. */
static int fill_initrd(void *buffer, int node, const struct linux_tree *tree)
{
	static const char start[] = "linux,initrd-start", end[] = "linux,initrd-end";

	if (!tree->initrd_size)
		return drop(buffer, node, start) ? : drop(buffer, node, end);
	return fdt_setprop_u64(buffer, node, start, tree->initrd) ? :
	       fdt_setprop_u64(buffer, node, end, tree->initrd + tree->initrd_size);
}

static int fill_chosen(void *buffer, const struct linux_tree *tree)
{
	int node = child(buffer, "chosen"), error = node < 0 ? node : 0;

	if (!error && *tree->words)
		error = fdt_setprop(buffer, node, "bootargs", tree->words,
				    (int)strlen(tree->words) + 1);
	return error ? error : fill_initrd(buffer, node, tree);
}

size_t linux_tree_fill(const struct linux_tree *tree, const void *written, size_t size,
		       void *buffer, size_t room, const char *path)
{
	int error;

	if (!node_tree_is_whole(written, size, path))
		return 0;
	error = fdt_open_into(written, buffer, room < INT_MAX ? (int)room : INT_MAX) ? :
		fill_memory(buffer, tree->cell) ? : fill_chosen(buffer, tree) ? : fdt_pack(buffer);
	if (error)
		return refuse("%s: filling in memory, command line and initrd: %s", path,
			      fdt_strerror(error)), 0;
	return fdt_totalsize(buffer);
}
