/* SPDX-License-Identifier: GPL-2.0 */
/* What Linux uses as RAM, and which of it can be taken. */
#ifndef DRIVER_RAM_H
#define DRIVER_RAM_H

#include <linux/types.h>

#define RAM_RANGES 32

struct ram_range {
	u64 start, end;		/* closed */
};

struct ram_map {
	unsigned int count;
	struct ram_range ranges[RAM_RANGES];	/* by address */
};

/* The first RAM_RANGES "System RAM" entries of iomem. */
void ram_read(struct ram_map *map);
/* Bytes of RAM below an address. */
u64 ram_below(u64 address);
/* All of it lies in one of these entries. */
bool ram_contains(u64 start, u64 size);
/* Nothing in iomem hinders the clean removal of these whole blocks. */
bool ram_is_removable(u64 start, u64 size);
/* All its pages are online, of one zone, and not for ever in use. */
bool ram_is_allocatable(u64 start, u64 size);

#endif
