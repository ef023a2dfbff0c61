/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/* The test machine with AMD's IOMMU; start Linux with amd_iommu=off. */

#define MACHINE_NAME		"qemu-q35"
#define MACHINE_UNIT							\
	{								\
		.type = JAILHOUSE_IOMMU_AMD,				\
		.base = 0xfed80000,					\
		.size = 0x4000,						\
		.amd = { .bdf = 0x01 << 3, .base_cap = 0x40, .msi_cap = 0x60, }, \
	}
#define MACHINE_FUNCTIONS	1
#define MACHINE_FUNCTION						\
	{								\
		.type = JAILHOUSE_PCI_TYPE_DEVICE,			\
		.bdf = 0x01 << 3,					\
		.caps_start = 8,					\
		.num_caps = 1,						\
	},
#define MACHINE_UNPROTECTED	JAILHOUSE_UNPROTECTED_IRQ

#include "qemu-q35.inc.h"
