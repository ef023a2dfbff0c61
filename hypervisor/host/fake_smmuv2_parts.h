/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the parts of the fake SMMUv2 ask of each other: its registers are in fake_smmuv2.c, and what a
 * DMA meets, stream matching, context banks and faults, in fake_smmuv2_walk.c.
 */
#ifndef HOST_FAKE_SMMUV2_PARTS_H
#define HOST_FAKE_SMMUV2_PARTS_H

#include <host/fake_smmuv2.h>

#define CLIENTPD 1U		/* sCR0 */
#define VALID 0x80000000U	/* SMR */
#define MULTI 0x80000000U	/* sGFSR and FSR */
#define TYPE 0x30000U		/* S2CR and CBAR */
#define LOCK 0x4000000U		/* ACR of the MMU-500: ACTLR of banks is read-only */
#define PREFETCH 2U		/* ACTLR of the MMU-500 */

static inline bool smmuv2_is_on(const struct fake_smmuv2 *unit)
{
	return !(unit->cr0 & CLIENTPD);
}

static inline u32 smmuv2_groups(const struct fake_smmuv2 *unit)
{
	return unit->id0 & 0xff;
}

/* Bits of a stream id, which those of a mask are for. */
static inline u32 smmuv2_ids(const struct fake_smmuv2 *unit)
{
	return (1U << (unit->id0 >> 9 & 15)) - 1;
}

static inline u32 smmuv2_banks(const struct fake_smmuv2 *unit)
{
	return unit->id1 & 0xff;
}

static inline bool smmuv2_is_open(const struct fake_smmuv2_bank *bank)
{
	return (bank->cbar & TYPE) == 0 && (bank->sctlr & 1);
}

#endif
