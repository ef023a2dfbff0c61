/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the parts of the fake AMD-Vi unit ask of each other: its registers (3.4) are in fake_amdvi.c,
 * command ring and event log (2.4, 2.5) in fake_amdvi_queues.c, and what a DMA meets in device table
 * and page tables (2.2) in fake_amdvi_walk.c.
 */
#ifndef HOST_FAKE_AMDVI_PARTS_H
#define HOST_FAKE_AMDVI_PARTS_H

#include <host/fake_amdvi.h>

#define IOMMU_EN 1ULL		/* control */
#define OVERFLOW 1ULL		/* status */
#define WAIT_INT 4ULL
#define LOG_RUN 8ULL
#define CMD_RUN 16ULL
#define ADDRESS 0xffffffffff000ULL

static inline u64 amdvi_word(u64 phys)
{
	return fake_memory_read(phys, true);
}

void amdvi_log_event(struct fake_amdvi *unit, u64 lo, u64 address);
/* Time passes for the command ring. */
void amdvi_run_commands(struct fake_amdvi *unit);

#endif
