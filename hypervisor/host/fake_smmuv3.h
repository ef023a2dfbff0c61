/* SPDX-License-Identifier: GPL-2.0 */
/* An SMMUv3 for tests, stricter than hardware. Written from the manual, not from the driver. */
#ifndef HOST_FAKE_SMMUV3_H
#define HOST_FAKE_SMMUV3_H

#include <host/fake_iommu.h>

struct fake_smmuv3 {
	struct fake_window window;	/* first member */
	u32 idr0, idr1, idr5;
	u32 cr0, cr0ack, cr0_delay;
	u32 cr1, cr2;
	u32 gbpa, gbpa_delay;
	u32 irq_ctrl, irq_ack, irq_delay;
	u32 gerror, gerrorn;
	u64 strtab_base, cmdq_base, eventq_base;
	u32 strtab_cfg;
	u32 cmdq_prod, cmdq_cons, cmdq_delay;
	u32 eventq_prod, eventq_cons;
	u32 commands;	/* consumed so far */
	u32 illegal;	/* this one, counted from 1, is refused; 0: none */
	u32 reason;	/* for that; 0: it is illegal, 2: reading it was aborted */
	u64 aborted;	/* low word of a command that is to be read again */
	bool event_aborts;	/* the next event cannot be written */
	bool like_qemu;	/* a full event queue is an error of it, not an overflow */
	bool config_old, pages_old;	/* not invalidated since the unit was opened */
	bool config_open;	/* configuration invalidated, no SYNC yet */
	struct fake_caches caches;
};

/* As in a coherent unit with 16 bits of stream id; change capabilities before the driver probes. */
void fake_smmuv3_open(struct fake_smmuv3 *unit);
void fake_smmuv3_close(struct fake_smmuv3 *unit);
/* One DMA by a stream; true: it reaches *out. */
bool fake_smmuv3_dma(struct fake_smmuv3 *unit, u32 stream, u64 iova, enum fake_access access, u64 *out);
/* The same by a device that says it has translated the address (ATS). */
bool fake_smmuv3_translated_dma(struct fake_smmuv3 *unit, u32 stream, u64 address, enum fake_access access);

/* Stage 2 walk as both kinds of SMMU do it, from the control word of VTCR_EL2's layout. */
struct fake_stage2 {
	u64 root;
	u32 control;
	unsigned output;	/* address bits of the unit */
	bool snoop;
};
/* Rights of the page, 0: none; *out its address. Anything no unit would accept is a violation. */
unsigned fake_stage2_walk(const struct fake_stage2 *tables, u64 iova, u64 *out);

#endif
