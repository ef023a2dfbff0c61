/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/*
 * One CPU with a device of its own, the DMA engine edu at 00:04.0. Without interrupt remapping the
 * device can raise any interrupt, which the config has to say.
 */

#define CELL_NAME		"pci"
#define CELL_CPUS		1 << 3
#define CELL_RAM		0x100800000
#define CELL_UART		0x3e8

#define CELL_RAM_FLAGS		JAILHOUSE_MEM_DMA
#define CELL_REGIONS		1
#define CELL_REGION					\
	/* edu, BAR 0 */ {				\
		.phys_start = 0xfea00000,		\
		.virt_start = 0xfea00000,		\
		.size = 0x100000,			\
		.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE, \
	},
#define CELL_DEVICES		1
#define CELL_DEVICE					\
	{						\
		.type = JAILHOUSE_PCI_TYPE_DEVICE,	\
		.bdf = 0x04 << 3,			\
		.bar_mask = { 0xfff00000, },		\
		.num_caps = 1,				\
		.num_msi_vectors = 1,			\
		.msi_64bits = 1,			\
	},
#define CELL_CAPS		1
#define CELL_CAP					\
	{						\
		.id = PCI_CAP_ID_MSI,			\
		.start = 0x40,				\
		.len = 14,				\
		.flags = JAILHOUSE_PCICAPS_WRITE,	\
	},
#define CELL_EXTENSIONS		1
#define CELL_EXTENSION		JAILHOUSE_EXTENSION_ONLY_UNPROTECTED(JAILHOUSE_UNPROTECTED_IRQ)

#include "cell.inc.h"
