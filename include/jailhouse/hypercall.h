/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/*
 * What a running cell says to the hypervisor and reads from it: hypercall numbers, the page both
 * sides share, its states and messages, and the CPUID leaves that announce it all.
 */
#ifndef _JAILHOUSE_HYPERCALL_H
#define _JAILHOUSE_HYPERCALL_H

#include <jailhouse/console.h>

#define JAILHOUSE_HC_DISABLE			0
#define JAILHOUSE_HC_CELL_CREATE		1
#define JAILHOUSE_HC_CELL_START			2
#define JAILHOUSE_HC_CELL_SET_LOADABLE		3
#define JAILHOUSE_HC_CELL_DESTROY		4
#define JAILHOUSE_HC_HYPERVISOR_GET_INFO	5
#define JAILHOUSE_HC_CELL_GET_STATE		6
#define JAILHOUSE_HC_CPU_GET_INFO		7
#define JAILHOUSE_HC_DEBUG_CONSOLE_PUTC		8

/* Types of JAILHOUSE_HC_HYPERVISOR_GET_INFO. */
#define JAILHOUSE_INFO_MEM_POOL_SIZE		0
#define JAILHOUSE_INFO_MEM_POOL_USED		1
#define JAILHOUSE_INFO_REMAP_POOL_SIZE		2
#define JAILHOUSE_INFO_REMAP_POOL_USED		3
#define JAILHOUSE_INFO_NUM_CELLS		4

/* Types of JAILHOUSE_HC_CPU_GET_INFO: the state, or base + index of a counter. */
#define JAILHOUSE_CPU_INFO_STATE		0
#define JAILHOUSE_CPU_INFO_STAT_BASE		1000

#define JAILHOUSE_CPU_RUNNING			0
#define JAILHOUSE_CPU_FAILED			2

/* Counters of a CPU: what every architecture has, then its own. */
#define JAILHOUSE_CPU_STAT_VMEXITS_TOTAL	0
#define JAILHOUSE_CPU_STAT_VMEXITS_MMIO		1
#define JAILHOUSE_CPU_STAT_VMEXITS_MANAGEMENT	2
#define JAILHOUSE_CPU_STAT_VMEXITS_HYPERCALL	3
#define JAILHOUSE_GENERIC_CPU_STATS		4

#if defined(__x86_64__) || defined(__i386__)
#define JAILHOUSE_CPU_STAT_VMEXITS_PIO		(JAILHOUSE_GENERIC_CPU_STATS + 0)
#define JAILHOUSE_CPU_STAT_VMEXITS_XAPIC	(JAILHOUSE_GENERIC_CPU_STATS + 1)
#define JAILHOUSE_CPU_STAT_VMEXITS_CR		(JAILHOUSE_GENERIC_CPU_STATS + 2)
#define JAILHOUSE_CPU_STAT_VMEXITS_CPUID	(JAILHOUSE_GENERIC_CPU_STATS + 3)
#define JAILHOUSE_CPU_STAT_VMEXITS_XSETBV	(JAILHOUSE_GENERIC_CPU_STATS + 4)
#define JAILHOUSE_CPU_STAT_VMEXITS_EXCEPTION	(JAILHOUSE_GENERIC_CPU_STATS + 5)
#define JAILHOUSE_CPU_STAT_VMEXITS_MSR_OTHER	(JAILHOUSE_GENERIC_CPU_STATS + 6)
#define JAILHOUSE_CPU_STAT_VMEXITS_MSR_X2APIC_ICR (JAILHOUSE_GENERIC_CPU_STATS + 7)
#define JAILHOUSE_NUM_CPU_STATS			(JAILHOUSE_GENERIC_CPU_STATS + 8)
#else
#define JAILHOUSE_CPU_STAT_VMEXITS_MAINTENANCE	(JAILHOUSE_GENERIC_CPU_STATS + 0)
#define JAILHOUSE_CPU_STAT_VMEXITS_VIRQ		(JAILHOUSE_GENERIC_CPU_STATS + 1)
#define JAILHOUSE_CPU_STAT_VMEXITS_VSGI		(JAILHOUSE_GENERIC_CPU_STATS + 2)
#define JAILHOUSE_CPU_STAT_VMEXITS_PSCI		(JAILHOUSE_GENERIC_CPU_STATS + 3)
#define JAILHOUSE_CPU_STAT_VMEXITS_SMCCC	(JAILHOUSE_GENERIC_CPU_STATS + 4)
#define JAILHOUSE_NUM_CPU_STATS			(JAILHOUSE_GENERIC_CPU_STATS + 5)
#endif

/* Messages to a cell in msg_to_cell, and its answers in reply_from_cell. */
#define JAILHOUSE_MSG_NONE			0
#define JAILHOUSE_MSG_SHUTDOWN_REQUEST		1
#define JAILHOUSE_MSG_RECONFIG_COMPLETED	2

#define JAILHOUSE_MSG_UNKNOWN			1
#define JAILHOUSE_MSG_REQUEST_DENIED		2
#define JAILHOUSE_MSG_REQUEST_APPROVED		3
#define JAILHOUSE_MSG_RECEIVED			4

/* Values of cell_state; the last three are final until the cell is started again. */
#define JAILHOUSE_CELL_RUNNING			0
#define JAILHOUSE_CELL_RUNNING_LOCKED		1
#define JAILHOUSE_CELL_SHUT_DOWN		2
#define JAILHOUSE_CELL_FAILED			3
#define JAILHOUSE_CELL_FAILED_COMM_REV		4

#define JAILHOUSE_COMM_FLAG_DBG_PUTC_PERMITTED	0x0001
#define JAILHOUSE_COMM_FLAG_DBG_PUTC_ACTIVE	0x0002

#define JAILHOUSE_COMM_HAS_DBG_PUTC_PERMITTED(flags)	\
	(!!((flags) & JAILHOUSE_COMM_FLAG_DBG_PUTC_PERMITTED))
#define JAILHOUSE_COMM_HAS_DBG_PUTC_ACTIVE(flags)	\
	(!!((flags) & JAILHOUSE_COMM_FLAG_DBG_PUTC_ACTIVE))

#define COMM_REGION_ABI_REVISION		2
#define COMM_REGION_MAGIC			"JHCOMM"	/* 6 characters, no NUL */

/* x86 leaves. The signature leaf answers "Jailhouse" padded with NUL in EBX, ECX, EDX. */
#define JAILHOUSE_CPUID_SIGNATURE		0x40000000
#define JAILHOUSE_CPUID_FEATURES		0x40000001
#define JAILHOUSE_CPUID_SIGNATURE_EBX		0x6c69614a
#define JAILHOUSE_CPUID_SIGNATURE_ECX		0x73756f68
#define JAILHOUSE_CPUID_SIGNATURE_EDX		0x00000065

/* Immediate of the HVC instruction on ARM. */
#define JAILHOUSE_HVC_CODE			0x4a48

#ifndef __ASSEMBLY__

/* First part of the page on every architecture; cell_state and the reply are the cell's to write. */
#define COMM_REGION_GENERIC_HEADER		\
	char signature[6];			\
	__u16 revision;				\
	volatile __u32 cell_state;		\
	volatile __u32 msg_to_cell;		\
	volatile __u32 reply_from_cell;		\
	volatile __u32 flags;			\
	struct jailhouse_console console;	\
	__u64 pci_mmconfig_base

struct jailhouse_comm_region_x86 {
	COMM_REGION_GENERIC_HEADER;
	__u16 pm_timer_address;	/* port */
	__u16 num_cpus;
	__u32 tsc_khz;
	__u32 apic_khz;
} __attribute__((packed, aligned(4)));

struct jailhouse_comm_region_arm {
	COMM_REGION_GENERIC_HEADER;
	__u8 gic_version;
	__u8 padding[7];
	__u64 gicd_base;
	__u64 gicc_base;
	__u64 gicr_base;
	__u32 vpci_irq_base;
} __attribute__((packed, aligned(4)));

/* Inmates know the page of their own architecture under one name. */
#if defined(__x86_64__) || defined(__i386__)
#define jailhouse_comm_region jailhouse_comm_region_x86
#else
#define jailhouse_comm_region jailhouse_comm_region_arm
#endif

#define JAILHOUSE_COMM_AT(member, offset)						\
	_Static_assert(__builtin_offsetof(struct jailhouse_comm_region_x86, member) == (offset) && \
		__builtin_offsetof(struct jailhouse_comm_region_arm, member) == (offset), "layout")
JAILHOUSE_COMM_AT(signature, 0x00);
JAILHOUSE_COMM_AT(revision, 0x06);
JAILHOUSE_COMM_AT(cell_state, 0x08);
JAILHOUSE_COMM_AT(msg_to_cell, 0x0c);
JAILHOUSE_COMM_AT(reply_from_cell, 0x10);
JAILHOUSE_COMM_AT(flags, 0x14);
JAILHOUSE_COMM_AT(console, 0x18);
JAILHOUSE_COMM_AT(pci_mmconfig_base, 0x38);
#undef JAILHOUSE_COMM_AT

#define JAILHOUSE_COMM_X86_AT(member, offset)	\
	_Static_assert(__builtin_offsetof(struct jailhouse_comm_region_x86, member) == (offset), "layout")
JAILHOUSE_COMM_X86_AT(pm_timer_address, 0x40);
JAILHOUSE_COMM_X86_AT(num_cpus, 0x42);
JAILHOUSE_COMM_X86_AT(tsc_khz, 0x44);
JAILHOUSE_COMM_X86_AT(apic_khz, 0x48);
#undef JAILHOUSE_COMM_X86_AT
_Static_assert(sizeof(struct jailhouse_comm_region_x86) == 0x4c, "layout");

#define JAILHOUSE_COMM_ARM_AT(member, offset)	\
	_Static_assert(__builtin_offsetof(struct jailhouse_comm_region_arm, member) == (offset), "layout")
JAILHOUSE_COMM_ARM_AT(gic_version, 0x40);
JAILHOUSE_COMM_ARM_AT(gicd_base, 0x48);
JAILHOUSE_COMM_ARM_AT(gicc_base, 0x50);
JAILHOUSE_COMM_ARM_AT(gicr_base, 0x58);
JAILHOUSE_COMM_ARM_AT(vpci_irq_base, 0x60);
#undef JAILHOUSE_COMM_ARM_AT
_Static_assert(sizeof(struct jailhouse_comm_region_arm) == 0x64, "layout");

#endif /* __ASSEMBLY__ */

#endif
