// SPDX-License-Identifier: GPL-2.0
/* Placing a Linux in a cell: pure arithmetic, and a sentence for everything that does not fit. */
#include "linux_place.h"
#include "number.h"
#include "report.h"

#define PAGE 0x1000ULL
#define KERNEL_ALIGN 0x200000ULL
#define TREE_MAX 0x200000ULL		/* what the kernel maps of it */
#define LOADER_ROOM 0x10000ULL		/* its image, its stack and its tables */

#define RAM_FLAGS (JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_EXECUTE | \
		   JAILHOUSE_MEM_DMA)
#define NOT_RAM_FLAGS (JAILHOUSE_MEM_IO | JAILHOUSE_MEM_COMM_REGION | JAILHOUSE_MEM_ROOTSHARED)

static u64 round_up(u64 value, u64 unit)
{
	return (value + unit - 1) & ~(unit - 1);
}

bool linux_is_ram(const struct jailhouse_memory *region)
{
	return (region->flags & (RAM_FLAGS | NOT_RAM_FLAGS)) == RAM_FLAGS && region->size > 0;
}

static bool is_loadable(const struct jailhouse_memory *region)
{
	return (region->flags & JAILHOUSE_MEM_LOADABLE) && (region->flags & JAILHOUSE_MEM_WRITE);
}

static bool contains(const struct jailhouse_memory *region, u64 address)
{
	return address >= region->virt_start && address - region->virt_start < region->size;
}

/* The loader runs at the reset address, at any page of whatever loadable region that is. */
static bool place_loader(const struct cell_view *cell, const struct linux_sizes *sizes,
			 struct linux_place *place)
{
	u64 reset = cell->desc->cpu_reset_address, room = 0;

	for (u32 i = 0; i < cell->desc->num_memory_regions; i++) {
		const struct jailhouse_memory *region = &cell->memory[i];

		if (is_loadable(region) && contains(region, reset))
			room = region->virt_start + region->size - reset;
	}
	if (reset % PAGE)
		return refuse("cell \"%.31s\": the loader cannot run at the reset address 0x%llx; "
			      "make cpu_reset_address a multiple of 0x%llx", cell->desc->name, reset,
			      PAGE), false;
	if (!room)
		return refuse("cell \"%.31s\": no loadable, writable memory region holds the reset "
			      "address 0x%llx, where the loader runs; add one of 64 KiB",
			      cell->desc->name, reset), false;
	if (sizes->loader > LOADER_ROOM || room < LOADER_ROOM)
		return refuse("cell \"%.31s\": the loader (0x%llx bytes) and its stack need 64 KiB "
			      "at 0x%llx, its region has 0x%llx; make the region larger",
			      cell->desc->name, sizes->loader, reset, room), false;
	place->loader = reset;
	place->loader_words = reset + PAGE;
	return true;
}

/* Everything from the start of the region; the value is the first address behind it all. */
static u64 place_behind(u64 start, const struct linux_sizes *sizes, struct linux_place *place)
{
	/* The loader has the first 64 KiB when they are the same memory. */
	place->tree = round_up(start == place->loader ? start + LOADER_ROOM : start, PAGE);
	place->kernel = round_up(place->tree + sizes->tree, KERNEL_ALIGN) + sizes->kernel.offset;
	place->initrd = round_up(place->kernel + sizes->kernel.size, PAGE);
	return place->initrd + sizes->initrd;
}

static bool misses_loader(const struct linux_place *place, u64 start, u64 end)
{
	return start == place->loader || place->loader >= end ||
	       place->loader + LOADER_ROOM <= place->tree;
}

static bool place_in(const struct jailhouse_memory *region, const struct linux_sizes *sizes,
		     struct linux_place *place)
{
	u64 end = place_behind(region->virt_start, sizes, place);

	return end >= region->virt_start && end - region->virt_start <= region->size &&
	       misses_loader(place, region->virt_start, end);
}

/* The largest region was too small: name the first part of the row that is cut off. */
static bool explain(const struct cell_view *cell, const struct jailhouse_memory *region,
		    const struct linux_sizes *sizes, struct linux_place *place)
{
	u64 end = place_behind(region->virt_start, sizes, place);
	u64 limit = region->virt_start + region->size;
	u64 at = place->initrd, size = sizes->initrd;
	const char *what = "initrd";
	char room[32];

	if (place->tree + sizes->tree > limit) {
		what = "device tree";
		at = place->tree;
		size = sizes->tree;
	} else if (place->kernel + sizes->kernel.size > limit) {
		what = "kernel";
		at = place->kernel;
		size = sizes->kernel.size;
	} else if (end <= limit) {
		return refuse("cell \"%.31s\": the loader at 0x%llx lies in the middle of the RAM at "
			      "0x%llx; give it a memory region of its own", cell->desc->name,
			      place->loader, region->virt_start), false;
	}
	number_size_text(region->size, room, sizeof(room));
	return refuse("cell \"%.31s\": the %s (0x%llx bytes at 0x%llx) does not fit into the RAM at "
		      "0x%llx (%s); the region needs at least 0x%llx bytes", cell->desc->name,
		      what, size, at, region->virt_start, room,
		      round_up(end - region->virt_start, PAGE)), false;
}

static bool place_all(const struct cell_view *cell, const struct linux_sizes *sizes,
		      struct linux_place *place)
{
	const struct jailhouse_memory *largest = NULL;

	for (u32 i = 0; i < cell->desc->num_memory_regions; i++) {
		const struct jailhouse_memory *region = &cell->memory[i];

		if (!linux_is_ram(region) || !is_loadable(region))
			continue;
		if (place_in(region, sizes, place))
			return true;
		if (!largest || region->size > largest->size)
			largest = region;
	}
	if (!largest)
		return refuse("cell \"%.31s\": no memory region is RAM for Linux: that is READ, WRITE, "
			      "EXECUTE, DMA and LOADABLE, and not IO, COMM_REGION or ROOTSHARED",
			      cell->desc->name), false;
	return explain(cell, largest, sizes, place);
}

bool linux_place(const struct cell_view *cell, const struct linux_sizes *sizes,
		 struct linux_place *place)
{
	if (sizes->tree > TREE_MAX)
		return refuse("the device tree has 0x%llx bytes, Linux takes at most 0x%llx; make it "
			      "smaller", sizes->tree, TREE_MAX), false;
	return place_loader(cell, sizes, place) && place_all(cell, sizes, place);
}
