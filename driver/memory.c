// SPDX-License-Identifier: GPL-2.0
/*
 * Takes memory from the running kernel. The clean way is to remove whole memory blocks: Linux keeps
 * no mapping of them. Where that fails, pages are moved out of a range and the range is allocated.
 */
#include <linux/ioport.h>
#include <linux/memory.h>
#include <linux/memory_hotplug.h>
#include <linux/mm.h>
#include <linux/sched/signal.h>
#include <linux/sysfs.h>

#include "jailhouse.h"
#include "memory.h"
#include "ram.h"
#include "refusal.h"

#define RESERVATIONS	8	/* at a time */
#define REMOVE_TRIES	16	/* blocks; a try can take a third of a second */
#define ALLOCATE_STEP	(4ULL << 20)
#define PHYS_LIMIT	(1ULL << 52)

static struct reservation {
	u64 start, size;	/* size 0: free entry */
	u32 method;		/* JAILHOUSE_MEMORY_* */
	int node;
	bool was_online;	/* removed memory was in use before */
} reservations[RESERVATIONS];

static const char *const method_names[] = {
	[JAILHOUSE_MEMORY_REMOVED] = "removed",
	[JAILHOUSE_MEMORY_ALLOCATED] = "allocated",
};

/* Gives a removed block back to Linux. */
static int block_return(const struct reservation *reservation)
{
	return add_memory(reservation->node, reservation->start, reservation->size, MHP_NONE);
}

/*
 * Removes whole blocks. Ours in iomem afterwards: that keeps Linux from adding them again, and it
 * is the proof that Linux has really let go, without which they must not be mapped.
 */
static int blocks_remove(struct reservation *reservation)
{
	struct page *page = pfn_to_online_page(PHYS_PFN(reservation->start));
	int error;

	if (!ram_is_removable(reservation->start, reservation->size))
		return -EBUSY;
	reservation->method = JAILHOUSE_MEMORY_REMOVED;
	reservation->was_online = page;
	reservation->node = page ? page_to_nid(page) :
		memory_add_physaddr_to_nid(reservation->start);
	error = offline_and_remove_memory(reservation->start, reservation->size);
	if (error)
		return error;
	if (request_mem_region(reservation->start, reservation->size, "Jailhouse memory"))
		return 0;
	block_return(reservation);
	return -EBUSY;
}

/* The whole blocks the range lies in: a way for offline memory, of which no part can be allocated. */
static int blocks_remove_around(struct reservation *reservation)
{
	u64 block = memory_block_size_bytes();
	u64 end = ALIGN(reservation->start + reservation->size, block);

	reservation->start = ALIGN_DOWN(reservation->start, block);
	reservation->size = end - reservation->start;
	return blocks_remove(reservation);
}

/* Moves everything out of the range and keeps its pages. */
static int pages_allocate(struct reservation *reservation)
{
	unsigned long first = PHYS_PFN(reservation->start);

	if (!ram_is_allocatable(reservation->start, reservation->size))
		return -EBUSY;
	reservation->method = JAILHOUSE_MEMORY_ALLOCATED;
	return alloc_contig_range(first, first + PHYS_PFN(reservation->size), MIGRATE_MOVABLE,
				  GFP_KERNEL | __GFP_NOWARN);
}

/* Tries place after place from the top of a RAM range down, step by step. */
static int search_range(const struct ram_range *range, struct reservation *reservation, u64 step,
			int (*take)(struct reservation *), unsigned int *tries)
{
	u64 start = ALIGN_DOWN(range->end + 1, step);
	int error = -EBUSY;

	while (error && *tries && start >= reservation->size + step) {
		reservation->start = start - reservation->size;
		if (reservation->start < range->start)
			break;
		if (signal_pending(current))
			return -EINTR;
		error = take(reservation);
		*tries -= take == blocks_remove && error && error != -EINVAL;
		start -= step;
	}
	return error;
}

static int search(const struct ram_map *map, struct reservation *reservation, u64 step,
		  int (*take)(struct reservation *))
{
	unsigned int tries = REMOVE_TRIES, n;
	int error = -EBUSY;

	for (n = map->count; n > 0 && error && error != -EINTR; n--)
		error = search_range(&map->ranges[n - 1], reservation, step, take, &tries);
	return error;
}

static int reserve_anywhere(struct reservation *reservation, u64 size)
{
	u64 block = memory_block_size_bytes();
	struct ram_map map;
	int error;

	ram_read(&map);
	reservation->size = ALIGN(size, block);
	error = search(&map, reservation, block, blocks_remove);
	if (error && error != -EINTR) {
		reservation->size = size;
		error = search(&map, reservation, ALLOCATE_STEP, pages_allocate);
	}
	if (error == -EINTR)
		return refuse(error, "memory reserve: interrupted by a signal");
	if (error)
		return refuse(-ENOMEM, "memory reserve: no 0x%llx contiguous bytes can be freed; stop programs, ask for less, or set memory aside at boot",
			      size);
	return 0;
}

static int reserve_at(struct reservation *reservation)
{
	u64 start = reservation->start, size = reservation->size;
	int error = -EBUSY;

	if (memory_is_reserved(start, size))
		return refuse(-EEXIST, "memory reserve: 0x%llx-0x%llx is reserved already; see the sysfs file \"memory\"",
			      start, start + size - 1);
	if (!ram_contains(start, size))
		return refuse(-EINVAL, "memory reserve: 0x%llx-0x%llx is not all RAM that Linux uses; see /proc/iomem (memory set aside at boot needs no reservation)",
			      start, start + size - 1);
	if (IS_ALIGNED(start | size, memory_block_size_bytes()))
		error = blocks_remove(reservation);
	if (error)
		error = pages_allocate(reservation);
	if (error)
		error = blocks_remove_around(reservation);
	if (error)
		return refuse(-EBUSY, "memory reserve: 0x%llx-0x%llx holds pages Linux cannot move, or only part of it is online (error %d); choose another place or let the driver choose",
			      start, start + size - 1, error);
	return 0;
}

static int reserve_check(const struct jailhouse_memory_reserve *reserve)
{
	bool anywhere = reserve->start == JAILHOUSE_MEMORY_ANYWHERE;

	if (!reserve->size || !PAGE_ALIGNED(reserve->size) || reserve->size > PHYS_LIMIT)
		return refuse(-EINVAL, "memory reserve: size 0x%llx is not a positive multiple of 4096 bytes",
			      reserve->size);
	if (!anywhere && (!PAGE_ALIGNED(reserve->start) ||
			  reserve->start > PHYS_LIMIT - reserve->size))
		return refuse(-EINVAL, "memory reserve: start 0x%llx is not a physical address aligned to 4096 bytes",
			      reserve->start);
	return 0;
}

static struct reservation *reservation_free_entry(void)
{
	unsigned int n;

	for (n = 0; n < RESERVATIONS; n++)
		if (!reservations[n].size)
			return &reservations[n];
	return NULL;
}

int memory_reserve(struct jailhouse_memory_reserve *reserve)
{
	struct reservation *entry = reservation_free_entry(), new = {};
	int error = reserve_check(reserve);

	if (error)
		return error;
	if (!entry)
		return refuse(-ENOSPC, "memory reserve: there are %u reservations already; release them first",
			      RESERVATIONS);
	new.start = reserve->start;
	new.size = reserve->size;
	if (reserve->start == JAILHOUSE_MEMORY_ANYWHERE)
		error = reserve_anywhere(&new, reserve->size);
	else
		error = reserve_at(&new);
	if (error)
		return error;
	*entry = new;
	reserve->start = new.start;
	reserve->size = new.size;
	reserve->method = new.method;
	return 0;
}

/* 1: back, but offline although it was online; 0; or negative errno: still reserved. */
static int reservation_end(struct reservation *reservation)
{
	int error = 0, offline = 0;

	if (reservation->method == JAILHOUSE_MEMORY_ALLOCATED) {
		free_contig_range(PHYS_PFN(reservation->start), PHYS_PFN(reservation->size));
	} else {
		release_mem_region(reservation->start, reservation->size);
		error = block_return(reservation);
		offline = reservation->was_online &&
			  !pfn_to_online_page(PHYS_PFN(reservation->start));
	}
	if (error && request_mem_region(reservation->start, reservation->size, "Jailhouse memory"))
		return error;
	*reservation = (struct reservation) {};
	return error ? error : offline;
}

int memory_release(void)
{
	int offline = 0, result;
	unsigned int n;

	for (n = 0; n < RESERVATIONS; n++) {
		if (!reservations[n].size)
			continue;
		result = reservation_end(&reservations[n]);
		if (result < 0)
			return refuse(result, "memory release: Linux does not take its memory back (error %d); see the kernel log",
				      result);
		offline |= result;
	}
	return offline;
}

bool memory_is_reserved(u64 start, u64 size)
{
	const struct reservation *entry;

	for (entry = reservations; entry < reservations + RESERVATIONS; entry++)
		if (start >= entry->start && size <= entry->size &&
		    start - entry->start <= entry->size - size)
			return true;
	return false;
}

int memory_show(char *text)
{
	const struct reservation *entry;
	int length = 0;

	for (entry = reservations; entry < reservations + RESERVATIONS; entry++)
		if (entry->size)
			length += sysfs_emit_at(text, length, "%llx-%llx %s\n", entry->start,
						entry->start + entry->size - 1,
						method_names[entry->method]);
	return length;
}
