/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/*
 * The same device on a GICv2, interrupting by messages: the cell has the GICv2m frame with all 64 that it
 * can raise, 80 to 143, and writes the device's message address. The device reaches the frame as it reaches
 * the cell's RAM, so that it does not matter where the cell lets it write.
 */

#define CELL_NAME		"pci-messages"

#include "pci.inc.h"

#define CELL_REGIONS		6
#define CELL_REGION							\
	CONFIG_HEAD,							\
	CONFIG_SPACE(8, 0x38, 0),					\
	CONFIG_SPACE(0x40, 0x10, JAILHOUSE_MEM_WRITE),			\
	EDU_REGISTERS,							\
	/* the frame */ {						\
		.phys_start = 0x08020000,				\
		.virt_start = 0x08020000,				\
		.size = 0x1000,						\
		.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_IO | JAILHOUSE_MEM_DMA, \
	},
#define CELL_PINS		0
#define CELL_MORE_PINS		0xffff0000, 0xffffffff, 0x0000ffff

#include "cell.inc.h"
