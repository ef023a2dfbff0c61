/* SPDX-License-Identifier: GPL-2.0 */
/*
 * SMMUv2 (the MMU-500 is one), stage 2 only: registers as in "Arm System Memory Management Unit
 * Architecture Specification, version 2.0" (IHI 0062), chapters 9 (global space 0), 10 (global space
 * 1) and 16 (stage 2 context banks). No emulator has one: all that is known to work is what the tests
 * run against host/fake_smmuv2.c, which is written from the same manual.
 *
 *   stream id --stream match register--> context bank --> stage 2 tables of a cell
 *
 * Everything lives in registers; memory holds only what they should say for a generation. Stream ids
 * of a config name no unit: they are meant for every SMMU of the config. What is said of doorbells of
 * message-signalled interrupts in smmuv3.h holds here, too.
 */
#ifndef DEV_IOMMU_SMMUV2_SMMUV2_H
#define DEV_IOMMU_SMMUV2_SMMUV2_H

#include <base/bits.h>
#include <dev/iommu/smmu.h>

/* Global space 0, in the first page; registers of 32 bits but the fault address. */
#define SMMUV2_CR0_REG 0x00
#define SMMUV2_CR0_CLIENTPD 0x1U	/* 1: the unit is off, all streams pass */
#define SMMUV2_CR0_GFRE 0x2U	/* an aborted transfer is reported to the device */
#define SMMUV2_CR0_GCFGFRE 0x10U
#define SMMUV2_CR0_USFCFG 0x400U	/* a stream that no register matches is aborted */
#define SMMUV2_CR0_VMIDPNE 0x800U	/* VMIDs are our own: the CPUs' broadcasts */
#define SMMUV2_CR0_PTM 0x1000U	/* of invalidations are not for us */
#define SMMUV2_ACR_REG 0x10	/* this and ACTLR as in the MMU-500's own manual (DDI 0517) */
#define SMMUV2_ACR_CACHE_LOCK 0x4000000U	/* banks' ACTLR is read-only */
#define SMMUV2_ID0_REG 0x20
#define SMMUV2_ID0_S2TS BIT(29)
#define SMMUV2_ID0_SMS BIT(27)	/* streams are matched, not indexed */
#define SMMUV2_ID0_CTTW BIT(14)
#define SMMUV2_ID0_NUMSIDB MASK(12, 9)	/* bits of a stream id, without EXIDS */
#define SMMUV2_ID0_EXIDS BIT(8)	/* ids of 16 bits, with match registers of another layout */
#define SMMUV2_ID0_NUMSMRG MASK(7, 0)
#define SMMUV2_ID1_REG 0x24
#define SMMUV2_ID1_PAGESIZE BIT(31)	/* 64 KiB */
#define SMMUV2_ID1_NUMPAGENDXB MASK(30, 28)
#define SMMUV2_ID1_NUMCB MASK(7, 0)
#define SMMUV2_ID2_REG 0x28
#define SMMUV2_ID2_PTFSV8_4K BIT(12)
#define SMMUV2_ID2_OAS MASK(7, 4)
#define SMMUV2_ID2_IAS MASK(3, 0)
#define SMMUV2_GFAR_REG 0x40	/* 64 bits */
#define SMMUV2_GFSR_REG 0x48	/* written 1 to clear */
#define SMMUV2_FSR_MULTI 0x80000000U	/* of GFSR and of a bank's FSR */
#define SMMUV2_GFSYNR0_REG 0x50
#define SMMUV2_GFSYNR0_WNR 0x2U
#define SMMUV2_GFSYNR1_REG 0x54
#define SMMUV2_STREAM_ID MASK(15, 0)	/* of GFSYNR1 and CBFRSYNRA */
#define SMMUV2_TLBIVMID_REG 0x64
#define SMMUV2_TLBIALLNSNH_REG 0x68
#define SMMUV2_TLBIALLH_REG 0x6c
#define SMMUV2_TLBGSYNC_REG 0x70
#define SMMUV2_TLBGSTATUS_REG 0x74
#define SMMUV2_GSACTIVE 0x1U
#define SMMUV2_SMR_REG(n) (0x800 + 4 * (n))
#define SMMUV2_SMR_VALID 0x80000000U
#define SMMUV2_SMR_MASK MASK(30, 16)
#define SMMUV2_SMR_ID MASK(14, 0)
#define SMMUV2_S2CR_REG(n) (0xc00 + 4 * (n))
#define SMMUV2_S2CR_TRANSLATE 0x00000U
#define SMMUV2_S2CR_FAULT 0x20000U
#define SMMUV2_S2CR_BANK MASK(7, 0)

/* Global space 1, in the second page. */
#define SMMUV2_CBAR_REG(n) (0x000 + 4 * (n))
#define SMMUV2_CBAR_STAGE2 0x00000U	/* and the VMID in bits 7:0 */
#define SMMUV2_CBAR_FAULT 0x20000U	/* stage 1 with stage 2 fault: aborts whatever gets here */
#define SMMUV2_CBFRSYNRA_REG(n) (0x400 + 4 * (n))
#define SMMUV2_CBA2R_REG(n) (0x800 + 4 * (n))
#define SMMUV2_CBA2R_VA64 0x1U

/* A context bank: a page in the second half of the registers. */
#define SMMUV2_CB_SCTLR_REG 0x00
#define SMMUV2_CB_SCTLR_M 0x1U
#define SMMUV2_CB_SCTLR_CFRE 0x20U
#define SMMUV2_CB_SCTLR_HUPCF 0x100U	/* a fault not yet read stops no other transfer */
#define SMMUV2_CB_ACTLR_REG 0x04
#define SMMUV2_CB_ACTLR_CPRE 0x2U	/* translations of next pages are fetched in advance */
#define SMMUV2_CB_TTBR0_REG 0x20	/* 64 bits */
#define SMMUV2_CB_TCR_REG 0x30
#define SMMUV2_CB_TCR_RES1 0x80000000U
#define SMMUV2_CB_FSR_REG 0x58	/* written 1 to clear */
#define SMMUV2_CB_FAR_REG 0x60	/* 64 bits */
#define SMMUV2_CB_FSYNR0_REG 0x68
#define SMMUV2_CB_FSYNR0_WNR 0x10U

#define SMMUV2_MAX 128U	/* stream match registers, and context banks */

/* What the registers say for a generation; 0: unused. */
struct smmuv2_image {
	u64 matches[SMMUV2_MAX];	/* stream match registers */
	u64 roots[SMMUV2_MAX];	/* of banks */
	u32 controls[SMMUV2_MAX];
	u8 banks[SMMUV2_MAX];	/* where streams lead to */
};
_Static_assert(sizeof(struct smmuv2_image) <= PAGE_SIZE, "one page");

/* What unit->state[] holds. */
enum smmuv2_state {
	SMMUV2_GROUPS, SMMUV2_BANKS,
	SMMUV2_IDS,	/* bits of stream ids that it tells apart, and of their masks */
	SMMUV2_SIZE,	/* encoding of the smaller of input and output size */
	SMMUV2_SHIFT,	/* log2 of a register page */
	SMMUV2_FIRST_BANK,	/* page of the first context bank */
	SMMUV2_SAVED_CR0,
};

/* A page of registers: 1 is global space 1, context banks have one each. */
static inline u32 smmuv2_page(const struct iommu_unit *unit, u64 page)
{
	return (u32)(page << unit->state[SMMUV2_SHIFT]);
}

static inline u32 smmuv2_bank(const struct iommu_unit *unit, u32 bank)
{
	return smmuv2_page(unit, unit->state[SMMUV2_FIRST_BANK] + bank);
}

/* smmuv2_tables.c: pure */
u32 smmuv2_match(u32 id, u32 mask);
/*
 * The image of the plan. Streams and tables that stay keep the registers and banks that they have in
 * the image in force, all others get ones that are free in both.
 */
enum status smmuv2_build(struct iommu_build *build, u64 *table) MUST_USE;

/* smmuv2_fault.c */
bool smmuv2_take_fault(struct iommu_unit *unit, struct iommu_fault *fault);

#endif
