// SPDX-License-Identifier: GPL-2.0
/* Transition tables in the pages that the image has for them. */
#include <linux/errno.h>
#include <linux/sizes.h>

#include <jailhouse/header.h>

#include "refusal.h"
#include "transition.h"
#include "transition_tables.h"

#define PAGE_SHIFT_LEAF	12
#define LEVEL_BITS	9
#define TOP_SHIFT	(PAGE_SHIFT_LEAF + 3 * LEVEL_BITS)

struct tables tables_begin(const struct transition *transition, u64 bits)
{
	return (struct tables) {
		.area = transition->area,
		.area_phys = transition->area_phys,
		.bits = bits,
	};
}

u64 *tables_page(struct tables *tables, u64 *phys)
{
	u64 offset = tables->used * SZ_4K;

	if (tables->used == CELLBLOCK_TRANSITION_PAGES)
		return NULL;
	tables->used++;
	*phys = tables->area_phys + offset;
	return tables->area + offset;
}

u64 *tables_below(struct tables *tables, u64 *entry)
{
	u64 phys, *table = tables_page(tables, &phys);

	if (table)
		*entry = phys | tables->bits;
	return table;
}

/* The table an entry leads to, made where there is none. */
static u64 *tables_next(struct tables *tables, u64 *entry)
{
	if (*entry & TABLE_PRESENT)
		return tables->area + ((*entry & ~tables->bits) - tables->area_phys);
	return tables_below(tables, entry);
}

/* The leaf table for virt. */
static u64 *tables_leaf(struct tables *tables, u64 *table, u64 virt)
{
	unsigned int shift;

	for (shift = TOP_SHIFT; table && shift > PAGE_SHIFT_LEAF; shift -= LEVEL_BITS)
		table = tables_next(tables, &table[(virt >> shift) % TABLE_ENTRIES]);
	return table;
}

int tables_map(struct tables *tables, u64 *top, u64 virt, u64 phys, u64 size, u64 bits)
{
	u64 *leaf = NULL, offset, index;

	for (offset = 0; offset < size; offset += SZ_4K) {
		index = ((virt + offset) >> PAGE_SHIFT_LEAF) % TABLE_ENTRIES;
		if (!leaf || !index)
			leaf = tables_leaf(tables, top, virt + offset);
		if (!leaf)
			return refuse(-E2BIG, "hypervisor image: its %u transition pages cannot map %llu bytes; install the image built together with this driver",
				      CELLBLOCK_TRANSITION_PAGES, size);
		leaf[index] = (phys + offset) | bits;
	}
	return 0;
}
