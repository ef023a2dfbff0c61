/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/* The test machine without IOMMU: its devices can reach everything, and the config says so. */

#define MACHINE_NAME		"qemu-q35-none"
#define MACHINE_UNIT		{ 0 }
#define MACHINE_FUNCTIONS	0
#define MACHINE_FUNCTION
#define MACHINE_UNPROTECTED	(JAILHOUSE_UNPROTECTED_DMA | JAILHOUSE_UNPROTECTED_IRQ)

#include "qemu-q35.inc.h"
