/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the parts of the fake SMMUv3 ask of each other. Chapters are those of the manual: its registers
 * (6) are in fake_smmuv3.c, commands and events (4, 7) in fake_smmuv3_queues.c, and the stream table
 * with what a DMA meets in it (5) in fake_smmuv3_walk.c.
 */
#ifndef HOST_FAKE_SMMUV3_PARTS_H
#define HOST_FAKE_SMMUV3_PARTS_H

#include <host/fake_smmuv3.h>

/* CR0 and its acknowledgement. */
#define SMMUEN 1U
#define EVENTQEN 4U
#define CMDQEN 8U
#define ATSCHK 16U
#define ABORT 0x100000U		/* GBPA */
#define ADDRESS 0xfffffffffffc0ULL

static inline bool smmuv3_snoops(const struct fake_smmuv3 *unit)
{
	return unit->idr0 & 0x10;
}

static inline bool smmuv3_has_ats(const struct fake_smmuv3 *unit)
{
	return unit->idr0 & 0x400;
}

static inline u64 smmuv3_word(const struct fake_smmuv3 *unit, u64 phys)
{
	return fake_memory_read(phys, smmuv3_snoops(unit));
}

void smmuv3_write_cmdq_prod(struct fake_smmuv3 *unit, u32 value);
/* Time passes for the command queue. */
void smmuv3_run_commands(struct fake_smmuv3 *unit);
/* Four words for the event queue, dropped as the manual says when it is full. */
void smmuv3_record_event(struct fake_smmuv3 *unit, const u64 *event);
/* The stream table registers describe a table that the unit can use. */
bool smmuv3_table_is_there(const struct fake_smmuv3 *unit);

#endif
