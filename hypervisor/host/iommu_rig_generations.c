// SPDX-License-Identifier: GPL-2.0
/*
 * Who has which device, and which memory at which address, in three generations of a plan; and the
 * answer that a unit must give for a device, read from there by brute force.
 */
#include <stddef.h>

#include <host/iommu_rig.h>

#define DEVICE(at, of, on_unit) \
	{ .bdf = (at), .cell = (of), .type = JAILHOUSE_PCI_TYPE_DEVICE, .unit = (on_unit) }

/* Cell 3 has a device and no windows; 00:03.0 is virtual, 00:04.0 is behind another unit. */
const struct generation generation_a = {
	.devices = {
		DEVICE(0x0008, 0, 0), DEVICE(0x0010, 1, 0),
		{ .bdf = 0x0018, .cell = 0, .type = JAILHOUSE_PCI_TYPE_IVSHMEM },
		DEVICE(0x0020, 1, 1), DEVICE(0x0028, 3, 0),
		{ .bdf = 0x00fb, .cell = 0, .type = JAILHOUSE_PCI_TYPE_BRIDGE },
		DEVICE(0x0300, 2, 0), DEVICE(0x03ff, 2, 0),
	},
	.maps = {
		{ { 0, 0x1fffff, 0, 3 }, { 0x200000, 0x203fff, 0x200000, 1 },
		  { 0x40000000, 0x401fffff, 0x40000000, 3 } },
		{ { 0, 0xfff, 0x80000000, 3 } },
		{ { 0x100000000, 0x1003fffff, 0x90000000, 3 }, { 0x5000, 0x5fff, 0x5000, 2 } },
	},
};

/* Root lost a page and a device, cell 1 has moved, bus 3 is gone. */
const struct generation generation_b = {
	.devices = {
		DEVICE(0x0008, 1, 0), DEVICE(0x0028, 0, 0), DEVICE(0x00fb, 0, 0),
	},
	.maps = {
		{ { 0, 0xfff, 0, 3 }, { 0x2000, 0x1fffff, 0x2000, 3 },
		  { 0x40000000, 0x401fffff, 0x40000000, 3 } },
		{ { 0, 0xfff, 0x81000000, 3 }, { 0x1000, 0x1fff, 0x1000, 3 } },
	},
};

/* The devices of a, and other memory for each cell. */
const struct generation generation_c = {
	.devices = {
		DEVICE(0x0008, 0, 0), DEVICE(0x0010, 1, 0), DEVICE(0x00fb, 0, 0), DEVICE(0x0300, 2, 0),
		DEVICE(0x03ff, 2, 0),
	},
	.maps = {
		{ { 0, 0x1fffff, 0x200000, 1 }, { 0x200000, 0x203fff, 0, 3 } },
		{ { 0, 0xfff, 0x82000000, 3 } },
		{ { 0x100000000, 0x1003fffff, 0xa0000000, 3 }, { 0x5000, 0x5fff, 0x6000, 2 } },
	},
};

const u64 probes[PROBES] = {
	0, 0xff8, 0x1000, 0x1ff8, 0x2000, 0x5000, 0x1ffff8, 0x200000, 0x203ff8, 0x204000,
	0x3ffffff8, 0x40000000, 0x401ffff8, 0x40200000, 0x100000000, 0x1003ffff8, 0x100400000,
	0x7ffffffff8, 0x8000000000, 0x7ffffffffff8,
};

u32 rig_count_devices(const struct generation *generation)
{
	u32 count = 0;

	while (count < 8 && generation->devices[count].type)
		count++;
	return count;
}

/* Slot of the requester's owner, PLAN_NONE: its DMA is blocked. */
u16 rig_owner_of(const struct generation *generation, u16 bdf)
{
	for (u32 i = 0; i < rig_count_devices(generation); i++) {
		const struct plan_device *device = &generation->devices[i];

		if (device->bdf == bdf && !device->unit &&
		    device->type != JAILHOUSE_PCI_TYPE_IVSHMEM)
			return device->cell;
	}
	return PLAN_NONE;
}

const struct map *rig_find_map(const struct generation *generation, u16 cell, u64 iova)
{
	for (unsigned i = 0; i < 4 && cell != PLAN_NONE; i++) {
		const struct map *map = &generation->maps[cell][i];

		if (map->last && iova >= map->first && iova <= map->last)
			return map;
	}
	return NULL;
}

const struct map *rig_granted(const struct generation *generation, u16 bdf, u64 iova)
{
	return rig_find_map(generation, rig_owner_of(generation, bdf), iova);
}
