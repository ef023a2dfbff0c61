/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/* The test machine with Intel's IOMMU; start Linux with intel_iommu=off. */

#define MACHINE_NAME		"qemu-q35-vtd"
#define MACHINE_UNIT							\
	{ .type = JAILHOUSE_IOMMU_INTEL, .base = 0xfed90000, .size = 0x1000, }
#define MACHINE_FUNCTIONS	0
#define MACHINE_FUNCTION
#define MACHINE_UNPROTECTED	JAILHOUSE_UNPROTECTED_IRQ

#include "qemu-q35.inc.h"
