/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the parts of the fake VT-d unit ask of each other: its registers are in fake_vtd.c,
 * invalidation by registers and by the queue (6.5) in fake_vtd_invalidation.c, and what a DMA meets,
 * tables (9) and fault recording (7), in fake_vtd_walk.c.
 */
#ifndef HOST_FAKE_VTD_PARTS_H
#define HOST_FAKE_VTD_PARTS_H

#include <host/fake_vtd.h>

/* GCMD and GSTS; the highest bit also masks an event in FECTL and IECTL. */
#define TE 0x80000000U
#define SRTP 0x40000000U
#define WBF 0x08000000U
#define QIE 0x04000000U
#define ICC (1ULL << 63)	/* of CCMD and IOTLB; F of a fault record */

static inline bool vtd_snoops(const struct fake_vtd *unit)
{
	return unit->ecap & 1;
}

static inline u64 vtd_word(const struct fake_vtd *unit, u64 phys)
{
	return fake_memory_read(phys, vtd_snoops(unit));
}

/* A write of CCMD or IOTLB: only the global kind that the mask allowed may be asked for. */
void vtd_write_request(struct fake_vtd *unit, u64 *reg, u64 value, u64 allowed, u64 global);
void vtd_write_tail(struct fake_vtd *unit, u64 value);
/* Time passes for what was asked for. */
void vtd_run_invalidation(struct fake_vtd *unit);

#endif
