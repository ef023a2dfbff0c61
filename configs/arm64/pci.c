/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/*
 * One CPU with a device of its own, the DMA engine edu at 00:04.0: its registers, its interrupt line
 * INTA and its stream id. Of config space it reads everything and writes the command register only, so
 * that it cannot move the device's addresses over those of others. Root keeps its view of that page,
 * as it looks at all devices of the bus now and then.
 */

#define CELL_NAME		"pci"
#define CELL_CPUS		1 << 3
#define CELL_PLACE		0

#define CONFIG_SPACE(offset, bytes, rights)				\
	{								\
		.phys_start = 0x4010020000 + (offset),			\
		.virt_start = 0x4010020000 + (offset),			\
		.size = bytes,						\
		.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_ROOTSHARED | JAILHOUSE_MEM_IO | \
			JAILHOUSE_MEM_IO_8 | JAILHOUSE_MEM_IO_16 | JAILHOUSE_MEM_IO_32 | (rights), \
	}

#define CELL_RAM_FLAGS		JAILHOUSE_MEM_DMA
#define CELL_REGIONS		4
#define CELL_REGION							\
	CONFIG_SPACE(0, 4, 0),						\
	CONFIG_SPACE(4, 4, JAILHOUSE_MEM_WRITE),			\
	CONFIG_SPACE(8, 0xff8, 0),					\
	/* BAR 0, where Linux puts it */ {				\
		.phys_start = 0x10000000,				\
		.virt_start = 0x10000000,				\
		.size = 0x100000,					\
		.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_IO, \
	},
#define CELL_PINS		1 << (35 - 32)
#define CELL_DEVICES		0
#define CELL_DEVICE
#define CELL_STREAMS		1
#define CELL_STREAM		{ 0x04 << 3 },

#include "cell.inc.h"
