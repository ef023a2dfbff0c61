/* SPDX-License-Identifier: GPL-2.0 */
/*
 * VT-d, legacy mode: registers and entries as in "Intel Virtualization Technology for Directed
 * I/O", chapters 9 (structures), 10 (registers; section numbers move between editions) and 6.5.2
 * (queue).
 *
 *   root table --bus--> context table (one per bus) --devfn--> second-stage table of a cell
 */
#ifndef DEV_IOMMU_VTD_VTD_H
#define DEV_IOMMU_VTD_VTD_H

#include <base/bits.h>
#include <dev/iommu/iommu.h>

#define VTD_VER_REG 0x00	/* 32 bits */
#define VTD_VER_MAJOR 0xf0U

#define VTD_CAP_REG 0x08	/* 64 bits */
#define VTD_CAP_ND MASK(2, 0)
#define VTD_CAP_RWBF BIT(4)
#define VTD_CAP_SAGAW_39 BIT(9)	/* 3 levels */
#define VTD_CAP_SAGAW_48 BIT(10)	/* 4 levels */
#define VTD_CAP_FRO MASK(33, 24)
#define VTD_CAP_SLLPS_2M BIT(34)
#define VTD_CAP_SLLPS_1G BIT(35)
#define VTD_CAP_NFR MASK(47, 40)
#define VTD_CAP_DRAINS MASK(55, 54)	/* reads, writes; in this order wherever they are named */

#define VTD_ECAP_REG 0x10	/* 64 bits */
#define VTD_ECAP_C BIT(0)
#define VTD_ECAP_QI BIT(1)
#define VTD_ECAP_IRO MASK(17, 8)

#define VTD_GCMD_REG 0x18	/* 32 bits, write only; status of the same bits in GSTS */
#define VTD_GSTS_REG 0x1c	/* 32 bits */
#define VTD_GCMD_TE 0x80000000U
#define VTD_GCMD_SRTP 0x40000000U
#define VTD_GCMD_WBF 0x08000000U
#define VTD_GCMD_QIE 0x04000000U
#define VTD_GCMD_IRE 0x02000000U
/* Commands that stay on; a write to GCMD repeats their status so as to keep them (10.4.4). */
#define VTD_GCMD_LASTING 0x96800000U

#define VTD_RTADDR_REG 0x20	/* 64 bits; bits 11:10 = 0: legacy mode */

#define VTD_CCMD_REG 0x28	/* 64 bits */
#define VTD_CCMD_ICC BIT(63)
#define VTD_CCMD_CIRG_GLOBAL BIT(61)

#define VTD_FSTS_REG 0x34	/* 32 bits */
#define VTD_FSTS_PFO 0x01U	/* written 1 to clear */
#define VTD_FSTS_PPF 0x02U
#define VTD_FSTS_IQE 0x10U	/* written 1 to clear */
#define VTD_FSTS_FRI 0xff00U

#define VTD_FECTL_REG 0x38	/* 32 bits */
#define VTD_FECTL_IM 0x80000000U

#define VTD_IQH_REG 0x80	/* 64 bits, byte offset of a descriptor, as IQT */
#define VTD_IQT_REG 0x88
#define VTD_IQA_REG 0x90	/* 64 bits; size field 0: one page of 128-bit descriptors */

#define VTD_ICS_REG 0x9c	/* 32 bits */
#define VTD_ICS_IWC 0x1U	/* written 1 to clear */
#define VTD_IECTL_REG 0xa0	/* 32 bits */
#define VTD_IECTL_IM 0x80000000U

#define VTD_IOTLB_REG 0x08	/* 64 bits, from the offset ECAP.IRO names */
#define VTD_IOTLB_IVT BIT(63)
#define VTD_IOTLB_IIRG_GLOBAL BIT(60)
#define VTD_IOTLB_DRAINS MASK(49, 48)

/* Fault recording register, 128 bits each, from the offset CAP.FRO names. */
#define VTD_FRCD_SIZE 16U
#define VTD_FRCD_LO_FI MASK(63, 12)
#define VTD_FRCD_HI_REG 0x8
#define VTD_FRCD_HI_SID MASK(15, 0)
#define VTD_FRCD_HI_FR MASK(39, 32)
#define VTD_FRCD_HI_T1 BIT(62)	/* 0: write, 1: read */
#define VTD_FRCD_HI_F BIT(63)	/* written 1 to clear */

/* Invalidation descriptors (6.5.2). */
#define VTD_DESC_CONTEXT 0x1U
#define VTD_DESC_CONTEXT_GLOBAL BIT(4)
#define VTD_DESC_IOTLB 0x2U
#define VTD_DESC_IOTLB_GLOBAL BIT(4)
#define VTD_DESC_IOTLB_DRAINS MASK(7, 6)
#define VTD_DESC_WAIT 0x5U
#define VTD_DESC_WAIT_IF BIT(4)	/* completion sets ICS.IWC */

#define VTD_ROOT_PRESENT BIT(0)
#define VTD_ROOT_CONTEXT_TABLE MASK(63, 12)

#define VTD_CONTEXT_PRESENT BIT(0)	/* low half; type 00: untranslated requests */
#define VTD_CONTEXT_TABLE MASK(63, 12)
#define VTD_CONTEXT_WIDTH MASK(2, 0)	/* high half */
#define VTD_CONTEXT_DOMAIN MASK(23, 8)

/* A root or a context entry. */
struct vtd_entry {
	u64 lo, hi;
};
_Static_assert(sizeof(struct vtd_entry) == 16, "root and context entries are 128 bits");

struct vtd_descriptor {
	u64 lo, hi;
};
#define VTD_QUEUE_LENGTH (PAGE_SIZE / sizeof(struct vtd_descriptor))

/* Fault recording registers in this unit; the field holds one less. */
static inline unsigned vtd_fault_records(u64 cap)
{
	return (unsigned)field_get(VTD_CAP_NFR, cap) + 1;
}

/* Byte offset of fault recording register n; the field counts 16-byte units. */
static inline u32 vtd_fault_offset(u64 cap, unsigned n)
{
	return (u32)field_get(VTD_CAP_FRO, cap) * 16 + n * VTD_FRCD_SIZE;
}

/* Byte offset of the IOTLB invalidate register. */
static inline u32 vtd_iotlb_offset(u64 ecap)
{
	return (u32)field_get(VTD_ECAP_IRO, ecap) * 16 + VTD_IOTLB_REG;
}

/* Number of domain ids; valid ones are below it. */
static inline u32 vtd_domains(u64 cap)
{
	return 1U << (4 + 2 * field_get(VTD_CAP_ND, cap));
}

/* What unit->state[] holds. */
enum vtd_state {
	VTD_CAP, VTD_ECAP,
	VTD_QUEUE,	/* physical address of the queue, the first own page; 0: the unit has no queue */
	VTD_TAIL,	/* next free descriptor */
	VTD_OPEN,	/* 1: the end of the last batch has not been seen */
	VTD_LATE, VTD_LATE_VALUE,	/* bits of GSTS a past command still owes; 0: none */
	VTD_SAVED_RTADDR, VTD_SAVED_FECTL, VTD_SAVED_IECTL, VTD_SAVED_IQA,
};

/* vtd_tables.c: pure */
struct vtd_entry vtd_root_entry(phys_t context_table);
/* Lets one device reach its cell's memory, and nothing else. */
struct vtd_entry vtd_context_entry(phys_t root, unsigned levels, u16 domain);
/*
 * Root and context tables of the plan; a requester that is not listed, or whose cell has no DMA, has
 * no present entry.
 */
enum status vtd_build(struct iommu_build *build, u64 *table) MUST_USE;

/* vtd_invalidate.c */
/* One command of GCMD and its handshake; on is meaningful for lasting commands. */
enum status vtd_command(struct iommu_unit *unit, u32 command, bool on, enum status why);
/* A lasting command off, whatever the unit still owes; nobody is left to tell when that fails. */
void vtd_switch_off(struct iommu_unit *unit, u32 command);
/* Queue on when the unit has one; otherwise registers are used. */
enum status vtd_queue_start(struct iommu_unit *unit);
void vtd_queue_stop(struct iommu_unit *unit);
/* Wait for what an earlier exchange gave up waiting for. */
enum status vtd_settle(struct iommu_unit *unit);
/* Drop all cached context entries, then all cached translations; in that order (6.5). */
enum status vtd_invalidate_all(struct iommu_unit *unit);

/* vtd_fault.c */
bool vtd_take_fault(struct iommu_unit *unit, struct iommu_fault *fault);

#endif
