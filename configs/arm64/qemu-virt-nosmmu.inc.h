/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/* The test machine without IOMMU: its devices can reach everything, and the config says so. */

#define MACHINE_UNIT		{ 0 }
#define MACHINE_STREAMS		0
#define MACHINE_STREAM
#define MACHINE_UNPROTECTED	JAILHOUSE_UNPROTECTED_DMA
