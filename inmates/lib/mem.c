// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/* More addresses for the inmate: identity mapping with 2 MiB pages. */
#include <inmate.h>

#define PTE_PRESENT	0x001UL
#define PTE_WRITE	0x002UL
#define PTE_UNCACHED	0x018UL	/* PWT and PCD */
#define PTE_LARGE	0x080UL
#define PTE_ADDRESS	0x000ffffffffff000UL

extern unsigned long page_map_level_4[];

/* The table an entry names, made when there is none yet. */
static unsigned long *next_table(unsigned long *entry)
{
	if (!(*entry & PTE_PRESENT))
		*entry = (unsigned long)zalloc(PAGE_SIZE, PAGE_SIZE) | PTE_PRESENT | PTE_WRITE;
	return (unsigned long *)(*entry & PTE_ADDRESS);
}

void map_range(void *start, unsigned long size, enum map_type map_type)
{
	unsigned long at = (unsigned long)start & HUGE_PAGE_MASK;
	unsigned long flags = PTE_PRESENT | PTE_WRITE | PTE_LARGE;
	unsigned long *table;

	if (map_type == MAP_UNCACHED)
		flags |= PTE_UNCACHED;
	for (; at < (unsigned long)start + size; at += HUGE_PAGE_SIZE) {
		table = next_table(&page_map_level_4[at >> 39 & 0x1ff]);
		table = next_table(&table[at >> 30 & 0x1ff]);
		table[at >> 21 & 0x1ff] = at | flags;
		asm volatile("invlpg (%0)" : : "r"(at) : "memory");
	}
}
