/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/* The test machine's SMMUv3. A PCI device's stream id is its bus, device and function. */

#define MACHINE_UNIT							\
	{								\
		.type = JAILHOUSE_IOMMU_SMMUV3,				\
		.base = 0x09050000,					\
		.size = 0x20000,					\
	}
#define MACHINE_UNPROTECTED	0

/* Function 0 of each place on bus 0 but that of the host bridge; others abort. */
#define FOUR_STREAMS(device)						\
	{ (device) << 3 }, { ((device) + 1) << 3 }, { ((device) + 2) << 3 }, { ((device) + 3) << 3 }
#define MACHINE_STREAMS		28
#define MACHINE_STREAM							\
	FOUR_STREAMS(1), FOUR_STREAMS(5), FOUR_STREAMS(9), FOUR_STREAMS(13), FOUR_STREAMS(17),	\
	FOUR_STREAMS(21), FOUR_STREAMS(25)
