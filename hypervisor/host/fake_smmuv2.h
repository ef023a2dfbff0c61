/* SPDX-License-Identifier: GPL-2.0 */
/* An SMMUv2 for tests, stricter than hardware. Written from the manual, not from the driver. */
#ifndef HOST_FAKE_SMMUV2_H
#define HOST_FAKE_SMMUV2_H

#include <host/fake_smmuv3.h>

#define FAKE_SMMUV2_GROUPS 16
#define FAKE_SMMUV2_BANKS 8

struct fake_smmuv2_bank {
	u32 cbar, cba2r, frsynra;
	u32 sctlr, actlr, tcr, fsr, fsynr0;
	u64 ttbr0, far;
};

struct fake_smmuv2 {
	struct fake_window window;	/* first member */
	u32 cr0, acr, id0, id1, id2;
	u32 gfsr, gfsynr0, gfsynr1;
	u64 gfar;
	u32 masks;	/* bits of masks that there are, of those of ids */
	u32 smr[FAKE_SMMUV2_GROUPS], s2cr[FAKE_SMMUV2_GROUPS];
	struct fake_smmuv2_bank banks[FAKE_SMMUV2_BANKS];
	u64 forget;	/* VMIDs whose translations the next synchronisation drops */
	bool forget_all[2];	/* non-secure non-hyp, hyp */
	bool pages_old;	/* not all invalidated since the unit was off */
	bool syncing;
	u32 sync_delay;
	struct fake_caches caches;
};

/* As in a coherent unit with 4 KiB register pages; change capabilities before the driver probes. */
void fake_smmuv2_open(struct fake_smmuv2 *unit);
void fake_smmuv2_close(struct fake_smmuv2 *unit);
/* One DMA by a stream; true: it reaches *out. */
bool fake_smmuv2_dma(struct fake_smmuv2 *unit, u32 stream, u64 iova, enum fake_access access, u64 *out);

#endif
