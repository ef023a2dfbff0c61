/* SPDX-License-Identifier: GPL-2.0 */
/*
 * AMD-Vi: registers, device table entries, commands and events as in "AMD I/O Virtualization
 * Technology (IOMMU) Specification" (48882), 2.2.2 (device table), 2.4 (commands), 2.5 (events),
 * 3.4 (registers). All registers are used with 64-bit accesses, but to wait for the status.
 */
#ifndef DEV_IOMMU_AMDVI_AMDVI_H
#define DEV_IOMMU_AMDVI_AMDVI_H

#include <base/bits.h>
#include <dev/iommu/iommu.h>

#define AMDVI_DEVTAB_REG 0x0000
#define AMDVI_DEVTAB_BASE MASK(51, 12)
#define AMDVI_DEVTAB_SIZE MASK(8, 0)	/* pages of 4 KiB, less one */
#define AMDVI_CMDBUF_REG 0x0008	/* base as in DEVTAB; length 2^n entries of 16 bytes */
#define AMDVI_EVTLOG_REG 0x0010
#define AMDVI_RING_LENGTH MASK(59, 56)
#define AMDVI_RING_LENGTH_PAGE 8	/* 256 entries, the least there is */

#define AMDVI_CONTROL_REG 0x0018
#define AMDVI_CONTROL_IOMMU_EN BIT(0)
#define AMDVI_CONTROL_HT_TUN_EN BIT(1)
#define AMDVI_CONTROL_EVENT_LOG_EN BIT(2)
#define AMDVI_CONTROL_PASS_PW BIT(8)
#define AMDVI_CONTROL_RES_PASS_PW BIT(9)
#define AMDVI_CONTROL_COHERENT BIT(10)
#define AMDVI_CONTROL_ISOC BIT(11)
#define AMDVI_CONTROL_CMD_BUF_EN BIT(12)
/* How firmware wants transactions routed; everything else is this driver's choice. */
#define AMDVI_CONTROL_ROUTING (AMDVI_CONTROL_HT_TUN_EN | AMDVI_CONTROL_PASS_PW | \
			       AMDVI_CONTROL_RES_PASS_PW | AMDVI_CONTROL_ISOC)

#define AMDVI_EXCLUSION_REG 0x0020	/* bits 0 and 1 open a hole around the tables */
#define AMDVI_EFR_REG 0x0030
#define AMDVI_EFR_IA BIT(6)	/* INVALIDATE_IOMMU_ALL */

#define AMDVI_CMD_HEAD_REG 0x2000	/* heads and tails: byte offsets into the ring */
#define AMDVI_CMD_TAIL_REG 0x2008
#define AMDVI_EVT_HEAD_REG 0x2010
#define AMDVI_EVT_TAIL_REG 0x2018
#define AMDVI_STATUS_REG 0x2020
#define AMDVI_STATUS_EVENT_OVERFLOW BIT(0)	/* bits 0 to 2: written 1 to clear */
#define AMDVI_STATUS_EVENT_INT BIT(1)
#define AMDVI_STATUS_COM_WAIT_INT BIT(2)
#define AMDVI_STATUS_EVENT_RUN BIT(3)
#define AMDVI_STATUS_CMD_RUN BIT(4)
#define AMDVI_WINDOW 0x2028ULL	/* bytes of registers this driver touches */

/*
 * Device table entry, first and second 64 bits; the rest is 0 (interrupts pass, no guest tables).
 */
#define AMDVI_DTE0_V BIT(0)
#define AMDVI_DTE0_TV BIT(1)
#define AMDVI_DTE0_MODE MASK(11, 9)
#define AMDVI_DTE0_ROOT MASK(51, 12)
#define AMDVI_DTE0_IR BIT(61)
#define AMDVI_DTE0_IW BIT(62)
#define AMDVI_DTE1_DOMAIN MASK(15, 0)

struct amdvi_dte {
	u64 q[4];
};
_Static_assert(sizeof(struct amdvi_dte) == 32, "a device table entry is 256 bits");
#define AMDVI_DTES_PER_PAGE ((u32)(PAGE_SIZE / sizeof(struct amdvi_dte)))
#define AMDVI_DTES_PER_BUS 256U

struct amdvi_command {
	u64 lo, hi;
};
#define AMDVI_RING_ENTRIES ((u32)(PAGE_SIZE / sizeof(struct amdvi_command)))
#define AMDVI_CMD_OPCODE MASK(63, 60)
#define AMDVI_CMD_COMPLETION_WAIT 1
#define AMDVI_CMD_WAIT_I BIT(1)	/* sets ComWaitInt in the status register */
#define AMDVI_CMD_INVALIDATE_DEVTAB 2
#define AMDVI_CMD_DEVICE MASK(15, 0)
#define AMDVI_CMD_INVALIDATE_PAGES 3
#define AMDVI_CMD_PAGES_DOMAIN MASK(47, 32)
/* Address field all ones with S and PDE: every page of the domain and the tables above it. */
#define AMDVI_CMD_PAGES_ALL_HI 0x7ffffffffffff003ULL
#define AMDVI_CMD_INVALIDATE_ALL 8

struct amdvi_event {
	u64 lo, address;
};
#define AMDVI_EVENT_CODE MASK(63, 60)
#define AMDVI_EVENT_REASON MASK(63, 48)	/* code and flags */
#define AMDVI_EVENT_DEVICE MASK(15, 0)
#define AMDVI_EVENT_RW BIT(53)
#define AMDVI_EVENT_ILLEGAL_DTE 1
#define AMDVI_EVENT_PAGE_FAULT 2
#define AMDVI_EVENT_DEVTAB_ERROR 3
#define AMDVI_EVENT_PAGETAB_ERROR 4
#define AMDVI_EVENT_ILLEGAL_COMMAND 5
#define AMDVI_EVENT_COMMAND_ERROR 6
#define AMDVI_EVENT_INVALID_REQUEST 8

/* What unit->state[] holds. */
enum amdvi_state {
	AMDVI_EFR,
	AMDVI_CMD_TAIL,	/* next free command */
	AMDVI_CMD_OPEN,	/* commands written and not yet given to the unit */
	AMDVI_CMD_LATE,	/* 1: the end of the last batch has not been seen */
	AMDVI_CONTROL,	/* control register while running */
	AMDVI_SAVED_CONTROL,
	AMDVI_REGISTERS,	/* values for those that amdvi.c lists, to be exchanged with them */
};

/* Of unit->pages: both rings. */
#define AMDVI_EVENTS_OFFSET PAGE_SIZE

/* Device table entries the unit looks at with this value of the device table register. */
static inline u32 amdvi_devtab_entries(u64 devtab)
{
	return ((u32)field_get(AMDVI_DEVTAB_SIZE, devtab) + 1) * AMDVI_DTES_PER_PAGE;
}

/* amdvi_tables.c: pure */
/*
 * Entry of a device that may do no DMA. V must be 1 (with V=0 everything passes untranslated); mode
 * 0 walks no table and leaves IR and IW alone to decide, and both are 0.
 */
struct amdvi_dte amdvi_dte_blocked(void);
/* Lets one device reach its cell's memory through host tables of this many levels. */
struct amdvi_dte amdvi_dte_domain(phys_t root, unsigned levels, u16 domain);
/* Device table of the plan; *table gets the value of the device table register: base and size. */
enum status amdvi_build(struct iommu_build *build, u64 *table) MUST_USE;

/* amdvi_command.c */
/* Forget every device table entry among the first entries and every translation of any domain. */
enum status amdvi_invalidate_all(struct iommu_unit *unit, u32 entries);
/* Spin until the masked status bits have the value; why when patience ends. */
enum status amdvi_wait(const struct iommu_unit *unit, u32 mask, u32 value, enum status why);

/* amdvi_event.c */
bool amdvi_take_fault(struct iommu_unit *unit, struct iommu_fault *fault);

#endif
