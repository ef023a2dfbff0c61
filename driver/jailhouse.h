/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/*
 * What /dev/jailhouse understands. The first six requests and their structures are Jailhouse's,
 * encodings included; the two memory requests are additions.
 */
#ifndef _JAILHOUSE_DRIVER_H
#define _JAILHOUSE_DRIVER_H

#include <linux/ioctl.h>
#include <linux/types.h>

#define JAILHOUSE_CELL_ID_NAMELEN	31
#define JAILHOUSE_CELL_ID_UNUSED	(-1)

/* config_address points to config_size bytes of a cell config. */
struct jailhouse_cell_create {
	__u64 config_address;
	__u32 config_size;
	__u32 padding;
};

/* id JAILHOUSE_CELL_ID_UNUSED: the name selects the cell. */
struct jailhouse_cell_id {
	__s32 id;
	__u32 padding;
	char name[JAILHOUSE_CELL_ID_NAMELEN + 1];
};

/* size bytes at source_address of the caller go to target_address of the cell. */
struct jailhouse_preload_image {
	__u64 source_address;
	__u64 size;
	__u64 target_address;
	__u64 padding;
};

/* Without any image this request is "shutdown". */
struct jailhouse_cell_load {
	struct jailhouse_cell_id cell_id;
	__u32 num_preload_images;
	__u32 padding;
	struct jailhouse_preload_image image[];
};

#define JAILHOUSE_MEMORY_ANYWHERE	(~0ULL)

enum jailhouse_memory_method {
	JAILHOUSE_MEMORY_REMOVED = 1,	/* Linux has no mapping of it left */
	JAILHOUSE_MEMORY_ALLOCATED = 2,	/* still in Linux's direct map, nobody else uses it */
};

/* In: size and start (or ANYWHERE). Out: what was taken (whole memory blocks when removed), how. */
struct jailhouse_memory_reserve {
	__u64 start;
	__u64 size;
	__u32 method;
	__u32 pad;
};

#define JAILHOUSE_ENABLE	_IOW(0, 0, void *)
#define JAILHOUSE_DISABLE	_IO(0, 1)
#define JAILHOUSE_CELL_CREATE	_IOW(0, 2, struct jailhouse_cell_create)
#define JAILHOUSE_CELL_LOAD	_IOW(0, 3, struct jailhouse_cell_load)
#define JAILHOUSE_CELL_START	_IOW(0, 4, struct jailhouse_cell_id)
#define JAILHOUSE_CELL_DESTROY	_IOW(0, 5, struct jailhouse_cell_id)
#define JAILHOUSE_MEMORY_RESERVE _IOWR(0, 16, struct jailhouse_memory_reserve)
/*
 * Gives back everything that was reserved. Returns 1 when some of it is memory that was in use
 * before and that this kernel leaves offline: write "online" to the state file of those blocks
 * below /sys/devices/system/memory. Read the sysfs file "memory" before, it names the ranges.
 */
#define JAILHOUSE_MEMORY_RELEASE _IO(0, 17)

#endif
