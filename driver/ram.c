// SPDX-License-Identifier: GPL-2.0
/* What Linux uses as RAM, and which of it can be taken. */
#include <linux/ioport.h>
#include <linux/memory_hotplug.h>
#include <linux/mm.h>
#include <linux/page-flags.h>

#include "ram.h"

static int ram_note(struct resource *resource, void *data)
{
	struct ram_map *map = data;

	if (map->count == RAM_RANGES)
		return 1;
	map->ranges[map->count++] = (struct ram_range) { resource->start, resource->end };
	return 0;
}

void ram_read(struct ram_map *map)
{
	map->count = 0;
	walk_iomem_res_desc(IORES_DESC_NONE, IORESOURCE_SYSTEM_RAM | IORESOURCE_BUSY, 0, ~0ULL,
			    map, ram_note);
}

u64 ram_below(u64 address)
{
	struct ram_map map;
	unsigned int n;
	u64 sum = 0;

	ram_read(&map);
	for (n = 0; n < map.count && map.ranges[n].start < address; n++)
		sum += min(map.ranges[n].end + 1, address) - map.ranges[n].start;
	return sum;
}

/*
 * The "System RAM" entry around a range. The tree is read without its lock, which is not exported;
 * entries for RAM only change by memory hotplug.
 */
static const struct resource *ram_entry(u64 start, u64 size)
{
	const struct resource *entry = READ_ONCE(iomem_resource.child);

	for (; entry; entry = READ_ONCE(entry->sibling))
		if (entry->start <= start && start + (size - 1) <= entry->end)
			break;
	if (!entry || (entry->flags & IORESOURCE_SYSTEM_RAM) != IORESOURCE_SYSTEM_RAM)
		return NULL;
	return entry;
}

bool ram_contains(u64 start, u64 size)
{
	return ram_entry(start, size);
}

/*
 * When the entry has to be split and a child of it (the kernel's image, say) lies above the cut,
 * Linux removes the memory but cannot mend iomem, and the next mapping of that memory oopses.
 */
bool ram_is_removable(u64 start, u64 size)
{
	const struct resource *entry = ram_entry(start, size), *child;

	if (!entry)
		return false;
	for (child = READ_ONCE(entry->child); child; child = READ_ONCE(child->sibling))
		if (child->end >= start)
			return false;
	return true;
}

bool ram_is_allocatable(u64 start, u64 size)
{
	unsigned long pfn = PHYS_PFN(start), end = PHYS_PFN(start + size);
	struct page *page = pfn_to_online_page(pfn);
	struct zone *zone = page ? page_zone(page) : NULL;

	for (; pfn < end; pfn++) {
		page = pfn_to_online_page(pfn);
		if (!page || page_zone(page) != zone || PageReserved(page))
			return false;
	}
	return true;
}
