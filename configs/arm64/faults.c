/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/* One CPU that tries what a cell must not do; hello2 can run beside it. */

#define CELL_NAME	"faults"
#define CELL_CPUS	1 << 3
#define CELL_PLACE	0

#include "cell-plain.inc.h"

/* A device that ends within a page, as far as the cell is concerned: memory that nobody else has. */
#undef CELL_REGIONS
#undef CELL_REGION
#define CELL_REGIONS	1
#define CELL_REGION { \
	.phys_start = 0x7f200000, \
	.virt_start = 0x200000000, \
	.size = 0x1008, \
	.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_IO | JAILHOUSE_MEM_IO_32 | \
		JAILHOUSE_MEM_IO_UNALIGNED, \
},

#include "cell.inc.h"
