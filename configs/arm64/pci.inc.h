/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/*
 * The DMA engine edu at 00:04.0 as a device of a cell: its registers and its stream id. Of config space the
 * cell reads everything and writes what the file that includes this one says, but never a BAR, so that it
 * cannot move the device's addresses over those of others. Root keeps its view of that page, as it
 * looks at all devices of the bus now and then.
 */

#define CONFIG_SPACE(offset, bytes, rights)				\
	{								\
		.phys_start = 0x4010020000 + (offset),			\
		.virt_start = 0x4010020000 + (offset),			\
		.size = bytes,						\
		.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_ROOTSHARED | JAILHOUSE_MEM_IO | \
			JAILHOUSE_MEM_IO_8 | JAILHOUSE_MEM_IO_16 | JAILHOUSE_MEM_IO_32 | (rights), \
	}

/* Ids; command and status */
#define CONFIG_HEAD							\
	CONFIG_SPACE(0, 4, 0),						\
	CONFIG_SPACE(4, 4, JAILHOUSE_MEM_WRITE)

/* BAR 0, where Linux puts it */
#define EDU_REGISTERS							\
	{								\
		.phys_start = 0x10000000,				\
		.virt_start = 0x10000000,				\
		.size = 0x100000,					\
		.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_IO, \
	}

#define CELL_CPUS		1 << 3
#define CELL_PLACE		0
#define CELL_RAM_FLAGS		JAILHOUSE_MEM_DMA
#define CELL_DEVICES		0
#define CELL_DEVICE
#define CELL_STREAMS		1
#define CELL_STREAM		{ 0x04 << 3 },
