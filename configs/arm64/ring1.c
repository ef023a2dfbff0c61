/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/*
 * Peer 1 of the link between root and two cells; the others' interrupts are lines, its own are
 * messages: of one vector, as it rings at the others by number and a line is number 0.
 */

#include "qemu-virt-links.inc.h"

#undef LINK_BARS
#undef LINK_VECTORS
#define LINK_BARS		JAILHOUSE_IVSHMEM_BAR_MASK_MSIX
#define LINK_VECTORS		1

#define CELL_NAME		"ring1"
#define CELL_CPUS		1 << 3
#define CELL_PLACE		0

#define CELL_RAM_FLAGS		0
#define CELL_REGIONS		RING_REGIONS
#define CELL_REGION		RING_SECTIONS(1, JAILHOUSE_MEM_ROOTSHARED),
#define CELL_PINS		0
#define CELL_DEVICES		1
#define CELL_DEVICE		LINK_DEVICE(RING, 1, 0),
#define CELL_STREAMS		0
#define CELL_STREAM

#include "cell.inc.h"
