/* SPDX-License-Identifier: GPL-2.0 */
/*
 * SMMUv3, stage 2 only: registers (6.3), stream table (5.1, 5.2), commands (4), events (7) as in
 * "Arm System Memory Management Unit Architecture Specification, version 3" (IHI 0070).
 *
 *   first level --id / 256--> second level: entries --id % 256--> stage 2 tables of a cell
 *
 * Stream ids of a config name no unit: they are meant for every SMMU of the config. An id that no
 * cell lists has no valid entry and is aborted, with an event.
 *
 * A message-signalled interrupt is a write of the device and passes the SMMU like any other. The
 * doorbell's page is in a cell's tables only when the cell's config has it as a memory region with
 * JAILHOUSE_MEM_DMA; without it the device's messages are blocked and reported.
 */
#ifndef DEV_IOMMU_SMMUV3_SMMUV3_H
#define DEV_IOMMU_SMMUV3_SMMUV3_H

#include <base/bits.h>
#include <dev/iommu/smmu.h>

/* Registers of 32 bits, except the three bases. */
#define SMMUV3_IDR0_REG 0x00
#define SMMUV3_IDR0_S2P BIT(0)
#define SMMUV3_IDR0_TTF_AARCH64 BIT(3)
#define SMMUV3_IDR0_COHACC BIT(4)
#define SMMUV3_IDR0_ATS BIT(10)	/* devices may say that they have translated an address */
#define SMMUV3_IDR0_TTENDIAN MASK(22, 21)	/* 3: big endian only */
#define SMMUV3_IDR0_STALL_MODEL MASK(25, 24)	/* 2: faults always stall */
#define SMMUV3_IDR0_ST_LEVEL MASK(28, 27)	/* 0: linear stream tables only */
#define SMMUV3_IDR1_REG 0x04
#define SMMUV3_IDR1_SIDSIZE MASK(5, 0)
#define SMMUV3_IDR1_EVENTQS MASK(20, 16)
#define SMMUV3_IDR1_CMDQS MASK(25, 21)
#define SMMUV3_IDR1_PRESET MASK(30, 29)	/* queues or tables are at fixed addresses */
#define SMMUV3_IDR5_REG 0x14
#define SMMUV3_IDR5_OAS MASK(2, 0)
#define SMMUV3_IDR5_GRAN4K BIT(4)

#define SMMUV3_CR0_REG 0x20	/* each bit is in force when CR0ACK shows it */
#define SMMUV3_CR0ACK_REG 0x24
#define SMMUV3_CR0_SMMUEN 0x1U
#define SMMUV3_CR0_PRIQEN 0x2U
#define SMMUV3_CR0_EVENTQEN 0x4U
#define SMMUV3_CR0_CMDQEN 0x8U
#define SMMUV3_CR0_ENABLES 0xfU
#define SMMUV3_CR0_ATSCHK 0x10U	/* they are not believed; 0 without ATS */
#define SMMUV3_CR1_REG 0x28
#define SMMUV3_CR1_COHERENT 0xd75U	/* tables and queues: inner shareable, write-back */
#define SMMUV3_CR1_NOT_CACHED 0x820U	/* both outer shareable, not cacheable */
#define SMMUV3_CR2_REG 0x2c
#define SMMUV3_CR2_RECINVSID BIT(1)	/* events for ids beyond the table */
#define SMMUV3_CR2_PTM BIT(2)	/* the CPUs' broadcast invalidations are not for us */
#define SMMUV3_GBPA_REG 0x44
#define SMMUV3_GBPA_ABORT 0x100000U
#define SMMUV3_GBPA_UPDATE 0x80000000U	/* set by a write, cleared when it is in force */
#define SMMUV3_IRQ_CTRL_REG 0x50
#define SMMUV3_IRQ_CTRLACK_REG 0x54
#define SMMUV3_GERROR_REG 0x60	/* a bit that differs from GERRORN: an active error */
#define SMMUV3_GERRORN_REG 0x64
#define SMMUV3_GERROR_CMDQ 0x1U
#define SMMUV3_GERROR_EVENTQ 0x4U	/* an event could not be written */
#define SMMUV3_STRTAB_BASE_REG 0x80	/* 64 bits */
#define SMMUV3_STRTAB_RA BIT(62)
#define SMMUV3_STRTAB_CFG_REG 0x88
#define SMMUV3_STRTAB_CFG_LOG2SIZE MASK(5, 0)
#define SMMUV3_STRTAB_CFG_SPLIT MASK(10, 6)
#define SMMUV3_STRTAB_CFG_TWO_LEVELS BIT(16)
#define SMMUV3_CMDQ_BASE_REG 0x90	/* 64 bits; address and log2 of the entries */
#define SMMUV3_CMDQ_PROD_REG 0x98	/* indices have one bit more than the queue: laps */
#define SMMUV3_CMDQ_CONS_REG 0x9c
#define SMMUV3_CMDQ_CONS_ERR MASK(30, 24)
#define SMMUV3_CERROR_ABT 2	/* the command could not be read */
#define SMMUV3_EVENTQ_BASE_REG 0xa0	/* 64 bits */
#define SMMUV3_EVENTQ_PROD_REG 0x100a8
#define SMMUV3_EVENTQ_CONS_REG 0x100ac
#define SMMUV3_EVENTQ_OVERFLOW 0x80000000U	/* differs between PROD and CONS: records were lost */
#define SMMUV3_QUEUE_ALLOCATE BIT(62)
#define SMMUV3_WINDOW 0x20000ULL	/* two pages of 64 KiB */

/* First-level descriptor (5.1): the span is log2 of the entries behind it, plus 1; 0: none. */
#define SMMUV3_L1_SPAN MASK(4, 0)
#define SMMUV3_L1_TABLE MASK(51, 6)

/* Stream table entry (5.2), by word. All zero: aborts. */
struct smmuv3_ste {
	u64 q[8];
};
_Static_assert(sizeof(struct smmuv3_ste) == 64, "a stream table entry is 512 bits");
#define SMMUV3_STE0_V BIT(0)
#define SMMUV3_STE0_CONFIG MASK(3, 1)
#define SMMUV3_CONFIG_STAGE2 6
#define SMMUV3_STE1_SHCFG MASK(45, 44)
#define SMMUV3_SHCFG_INCOMING 1
#define SMMUV3_STE2_VMID MASK(15, 0)
#define SMMUV3_STE2_CONTROL MASK(50, 32)
#define SMMUV3_STE2_AA64 BIT(51)
#define SMMUV3_STE2_R BIT(58)	/* record faults; S is clear: abort, never stall */
#define SMMUV3_STE3_TTB MASK(51, 4)

struct smmuv3_command {
	u64 lo, hi;
};
#define SMMUV3_CMD_CFGI_ALL 0x04	/* hi: range of all ids */
#define SMMUV3_CFGI_RANGE_ALL 31
#define SMMUV3_CMD_TLBI_S12_VMALL 0x28
#define SMMUV3_CMD_VMID MASK(47, 32)
#define SMMUV3_CMD_TLBI_NSNH_ALL 0x30
#define SMMUV3_CMD_SYNC 0x46

struct smmuv3_event {
	u64 q[4];
};
#define SMMUV3_EVENT0_TYPE MASK(7, 0)
#define SMMUV3_EVENT0_STREAM MASK(63, 32)
#define SMMUV3_EVENT1_READ BIT(35)

/* One page holds both queues, so neither has more entries than this. */
#define SMMUV3_COMMANDS_LOG2 7
#define SMMUV3_EVENTS_LOG2 6
#define SMMUV3_EVENTS_OFFSET (PAGE_SIZE / 2)
_Static_assert((sizeof(struct smmuv3_command) << SMMUV3_COMMANDS_LOG2) == PAGE_SIZE / 2, "first half");
_Static_assert((sizeof(struct smmuv3_event) << SMMUV3_EVENTS_LOG2) == PAGE_SIZE / 2, "second half");

/*
 * Stream ids the table covers at most: 16 bits, as PCI requester ids have. A first level of 256
 * descriptors then is half a page, and a second level grows up to the highest listed id only.
 */
#define SMMUV3_MAX_BITS 16U
#define SMMUV3_SPLIT 8U
#define SMMUV3_LINEAR_BITS 6U	/* one page; units with more ids have two levels (3.3.1.2) */

/*
 * What build makes for a generation. The unit never reads this page: commit copies what differs
 * into the table that the unit does read.
 */
struct smmuv3_image {
	u64 level1[1U << (SMMUV3_MAX_BITS - SMMUV3_SPLIT)];
	struct {
		u64 root;	/* 0: no DMA */
		u64 vmid;
	} cells[CONFIG_MAX_CELLS];
} __attribute__((aligned(PAGE_SIZE)));
_Static_assert(sizeof(struct smmuv3_image) == PAGE_SIZE, "one page");

/* What unit->state[] holds. */
enum smmuv3_state {
	SMMUV3_BITS,	/* of a stream id */
	SMMUV3_OAS,	/* encoding */
	SMMUV3_COMMANDS, SMMUV3_EVENTS,	/* log2 of the entries */
	SMMUV3_PROD,	/* next free command, with its lap bit */
	SMMUV3_WHY,	/* what became of the commands since the last settle */
	SMMUV3_LOST,	/* not 0: events that the next one is to tell of */
	SMMUV3_QUEUES,	/* what is on in CR0 before and while translation is */
	SMMUV3_SAVED_CR0, SMMUV3_SAVED_GBPA,
	SMMUV3_REGISTERS,	/* values for those that smmuv3.c lists, to be exchanged with them */
};

/* Of unit->pages: the table that the unit reads, and both queues. */
#define SMMUV3_QUEUES_OFFSET PAGE_SIZE

/* A table of 64 entries is an image's second page; no first level leads to it. */
static inline bool smmuv3_linear(const struct iommu_unit *unit)
{
	return unit->state[SMMUV3_BITS] <= SMMUV3_LINEAR_BITS;
}

/* smmuv3_tables.c: pure */
u64 smmuv3_level1(u64 table, unsigned log2_entries);
/* Lets one stream reach its cell's memory, and nothing else. */
void smmuv3_ste(const struct iommu_unit *unit, const struct iommu_domain *domain, u64 vmid,
		struct smmuv3_ste *ste);
/*
 * Image and second levels for the plan's streams. A cell whose tables stay keeps the VMID that it has
 * in the image in force, one with new tables gets another, so that a VMID never means two.
 */
enum status smmuv3_build(struct iommu_build *build, u64 *table) MUST_USE;

/* smmuv3_queue.c */
/* Wait for the end of what earlier commands gave up waiting for, and forget what became of them. */
void smmuv3_settle(struct iommu_unit *unit);
/* A command, unless one has failed before; it has taken effect at the end of a SYNC behind it. */
void smmuv3_issue(struct iommu_unit *unit, u64 lo, u64 hi);

/* smmuv3_exchange.c */
/*
 * The table changes from one image to another; OK: nothing of the old one is in use any more. from 0:
 * translation is off, and all of an earlier life is forgotten.
 */
enum status smmuv3_exchange(struct iommu_unit *unit, u64 from, u64 to);

/* smmuv3_event.c */
void smmuv3_decode(const struct smmuv3_event *event, struct iommu_fault *fault);
bool smmuv3_take_fault(struct iommu_unit *unit, struct iommu_fault *fault);

#endif
