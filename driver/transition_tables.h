/* SPDX-License-Identifier: GPL-2.0 */
/* Building transition tables: 512 entries a table, 4 KiB pages, bit 0 of an entry is "present". */
#ifndef DRIVER_TRANSITION_TABLES_H
#define DRIVER_TRANSITION_TABLES_H

#include <linux/bits.h>
#include <linux/types.h>

#define TABLE_ENTRIES	512
#define TABLE_PRESENT	BIT_ULL(0)

struct transition;

/* Hands out the pages of the area one after the other. */
struct tables {
	void *area;
	u64 area_phys;
	unsigned int used;	/* pages */
	u64 bits;		/* of an entry that leads to the next table */
};

struct tables tables_begin(const struct transition *transition, u64 bits);
/* The next page of the area, NULL when it is used up. */
u64 *tables_page(struct tables *tables, u64 *phys);
/* A new table below entry; NULL: see above. */
u64 *tables_below(struct tables *tables, u64 *entry);
/*
 * Maps size bytes at phys to virt with leaf entries that have these bits, below top, a table of the
 * fourth level. What top had there before must be a table of this area, or nothing. 0 or a refusal.
 */
int tables_map(struct tables *tables, u64 *top, u64 virt, u64 phys, u64 size, u64 bits);

#endif
