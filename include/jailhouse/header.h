/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/*
 * Start of the hypervisor image: how driver and hypervisor meet. The first 80 bytes are the
 * Jailhouse layout; what follows is Cellblock's.
 */
#ifndef _JAILHOUSE_HEADER_H
#define _JAILHOUSE_HEADER_H

#include <jailhouse/types.h>

#define JAILHOUSE_SIGNATURE	"JAILHOUS"

/*
 * Link address of the image, in slot 509 of a top-level table. On x86-64 that is one Linux leaves free
 * with 4 and 5 levels; on arm64 EL2 has tables of its own.
 */
#define CELLBLOCK_IMAGE_BASE	0xfffffe8000000000ULL
#define CELLBLOCK_IMAGE_BASE_ARM64	0x0000fe8000000000ULL
#define CELLBLOCK_IMAGE_SLOT	509
/*
 * Pages of the area at transition_offset: a root (x86: 8 KiB aligned), the levels above the image's
 * leaf tables, and those of one more page (x86: a copy for 5 levels; arm64: the entry code, VA = PA).
 */
#define CELLBLOCK_TRANSITION_PAGES	24
#define CELLBLOCK_TRANSITION_PT_PAGES	16	/* the first 32 MiB of hypervisor memory */

struct jailhouse_header {
	char signature[8];		/* JAILHOUSE_SIGNATURE */
	__u64 core_size;		/* header to end of bss, multiple of percpu_size alignment */
	__u64 percpu_size;
	__u64 entry;			/* offset of the entry code from the image base */
	__u64 console_page;		/* offset of struct jailhouse_virt_console, page aligned */
	__u64 gcov_info_head;		/* 0 */
	__u32 max_cpus;			/* driver: highest CPU id of the root cell + 1 */
	__u32 online_cpus;		/* driver */
	__u64 debug_console_base;	/* driver: unused on x86, 0 */
	__u64 arm_linux_hyp_vectors;
	__u32 arm_linux_hyp_abi;
	__u32 pad0;

	/* Cellblock from here on (offset 80) */
	__u64 report_page;		/* offset of struct cellblock_report, page aligned */
	__u64 transition_offset;	/* offset of CELLBLOCK_TRANSITION_PAGES pages the driver fills */
	__u64 transition_root;		/* driver: physical address of the transition top-level table */
	__u32 flags;			/* driver: CELLBLOCK_FLAG_* */
	__u32 config_size;		/* driver: bytes of the system config */
	__u64 hypervisor_phys;		/* driver: physical address of the image */
	__u64 hypervisor_size;		/* driver: bytes of the whole region */
	__u64 file_size;		/* bytes of the image file, to tell a truncated one */
} __attribute__((packed));

#define CELLBLOCK_FLAG_ALLOW_UNPROTECTED	0x1
#define CELLBLOCK_FLAG_SMCCC	0x2	/* arm64: Linux calls firmware by SMC, version 1.1 or later */
#define CELLBLOCK_FLAG_MPAM	0x4	/* arm64: every CPU has MPAM, and EL2 can reach it */

/* Shared with root Linux, read-only there: the last refusal and a ring of denied accesses. */
struct cellblock_report {
	__u32 refusal_sequence;		/* odd while being written */
	__u32 denial_count;		/* total since enable */
	__u8 refusal[64];		/* struct refusal of hypervisor/base/status.h */
	char denials[3072];		/* newest text last, lines end in \n, shifted when full */
	__u32 denials_length;
} __attribute__((packed));

struct jailhouse_virt_console {
	__u32 busy;
	__u32 tail;
	char content[2048];
} __attribute__((packed));

#endif
