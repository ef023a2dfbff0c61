/* SPDX-License-Identifier: GPL-2.0 */
/*
 * An AMD-Vi unit for tests, stricter than hardware. Written from the manual, not from the driver.
 */
#ifndef HOST_FAKE_AMDVI_H
#define HOST_FAKE_AMDVI_H

#include <host/fake_iommu.h>

struct fake_amdvi {
	struct fake_window window;	/* first member */
	u64 efr;
	u64 devtab, cmdbuf, evtlog, control, exclusion;
	struct fake_ring cmd;
	bool halted;	/* at a command, until the ring is switched off */
	u32 commands;	/* met so far */
	u32 illegal;	/* this one, counted from 1, is refused; 0: none */
	u64 evt_head, evt_tail;
	u64 status;
	u32 control_delay;
	struct fake_caches caches;
};

/* As in a unit with INVALIDATE_IOMMU_ALL; clear it in efr before the driver probes. */
void fake_amdvi_open(struct fake_amdvi *unit);
void fake_amdvi_close(struct fake_amdvi *unit);
/* One DMA by a device; true: it reaches *out. */
bool fake_amdvi_dma(struct fake_amdvi *unit, u16 bdf, u64 iova, enum fake_access access, u64 *out);

#endif
