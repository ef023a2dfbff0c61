/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/*
 * Regions of a cell whose one device ends within a page, as far as the cell is concerned: PART_PHYS is memory that
 * nobody else has. Instead of none, which cell-plain.inc.h has said before.
 */

#undef CELL_REGIONS
#undef CELL_REGION
#define CELL_REGIONS	1
#define CELL_REGION { \
	.phys_start = PART_PHYS, \
	.virt_start = 0x200000000, \
	.size = 0x1008, \
	.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_IO | JAILHOUSE_MEM_IO_32 | \
		JAILHOUSE_MEM_IO_UNALIGNED, \
},
