// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/* More addresses for the inmate: identity mapping with 2 MiB pages, in tables of four levels. */
#include <inmate.h>

#define PTE_ADDRESS	0x0000fffffffff000UL

extern unsigned long page_map_level_4[];

/* The table an entry names, made when there is none yet. */
static unsigned long *next_table(unsigned long *entry)
{
	if (!(*entry & PTE_VALID))
		*entry = (unsigned long)zalloc(PAGE_SIZE, PAGE_SIZE) | PTE_TABLE;
	return (unsigned long *)(*entry & PTE_ADDRESS);
}

/* What is in force already stays untouched: another CPU may be using it. */
static void set_entry(unsigned long *entry, unsigned long value)
{
	unsigned long at = value & PTE_ADDRESS;

	if ((*entry & ~PTE_HARDWARE) == value)
		return;
	*entry = 0;
	flush_address(at);
	*entry = value;
	flush_address(at);
}

void map_range(void *start, unsigned long size, enum map_type map_type)
{
	unsigned long flags = map_type == MAP_UNCACHED ? PTE_UNCACHED : PTE_CACHED;
	unsigned long at = (unsigned long)start & HUGE_PAGE_MASK;
	unsigned long *table;

	for (; at < (unsigned long)start + size; at += HUGE_PAGE_SIZE) {
		table = next_table(&page_map_level_4[at >> 39 & 0x1ff]);
		table = next_table(&table[at >> 30 & 0x1ff]);
		set_entry(&table[at >> 21 & 0x1ff], at | flags);
	}
}
