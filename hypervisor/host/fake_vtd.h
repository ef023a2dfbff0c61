/* SPDX-License-Identifier: GPL-2.0 */
/* A VT-d unit for tests, stricter than hardware. Written from the manual, not from the driver. */
#ifndef HOST_FAKE_VTD_H
#define HOST_FAKE_VTD_H

#include <host/fake_iommu.h>

#define FAKE_VTD_RECORDS 4
#define FAKE_VTD_FRO 0x220
#define FAKE_VTD_IRO 0xf0

struct fake_vtd {
	struct fake_window window;	/* first member */
	u32 version;
	u64 cap, ecap;
	u32 gsts;
	u32 command;	/* being executed, 0: none */
	bool command_on;
	u32 command_delay;
	u64 rtaddr, root;	/* as written; as latched by SRTP */
	bool contexts_old, pages_old;	/* not invalidated since SRTP */
	bool flushed;	/* write buffer, since SRTP */
	u64 ccmd, iotlb;
	u32 request_delay;
	u64 iqa;
	struct fake_ring queue;
	u32 commands;	/* met so far */
	u32 illegal;	/* this one, counted from 1, is refused; 0: none */
	u32 ics, iectl, fsts, fectl;
	u64 records[FAKE_VTD_RECORDS][2];
	unsigned next_record;
	struct fake_caches caches;
};

/* As in a unit with QI, 4 levels and superpages; clear capability bits before the driver probes. */
void fake_vtd_open(struct fake_vtd *unit);
void fake_vtd_close(struct fake_vtd *unit);
/* One DMA by a device; true: it reaches *out. */
bool fake_vtd_dma(struct fake_vtd *unit, u16 bdf, u64 iova, enum fake_access access, u64 *out);

#endif
