/* SPDX-License-Identifier: GPL-2.0 */
/* Properties of device tree nodes that need more than their own node to be understood. */
#ifndef TOOLS_MACHINE_NODE_H
#define TOOLS_MACHINE_NODE_H

#include "machine.h"

/* False after saying on stderr that the contents of path are no flattened tree. */
bool node_tree_is_whole(const void *tree, size_t size, const char *path);
/* Entry index of "reg" as physical addresses, through all the buses above; false: there is none. */
bool node_region(const void *tree, int node, unsigned index, struct machine_range *region);
/* Interrupt index of the node, if it goes to the controller; three cells. */
bool node_interrupt(const void *tree, int node, int controller, unsigned index,
		    u32 cells[MACHINE_INTERRUPT_CELLS]);
/* A property that is one cell, or otherwise if the node has no such property. */
u32 node_cell(const void *tree, int node, const char *name, u32 otherwise);

#endif
