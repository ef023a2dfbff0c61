/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which guest-physical address does a guest-virtual one mean? Needed to fetch the bytes of a trapped
 * instruction where the hardware does not hand them out. Only presence is looked at: the guest has just
 * executed the instruction, so rights are known to be there, and accessed bits are left alone.
 */
#ifndef RUN_GUEST_WALK_H
#define RUN_GUEST_WALK_H

#include <base/status.h>

struct guest_paging {
	u64 cr3;
	u8 levels;	/* 0: paging is off; 2: 32-bit; 3: PAE; 4; 5 */
	bool pse;	/* 4 MiB pages exist (2 levels only; the others always have large pages) */
};

/* The mode the four registers select. */
struct guest_paging guest_paging(u64 cr0, u64 cr3, u64 cr4, u64 efer);

/*
 * Reads the 8 bytes at gpa, a multiple of 8, into *entry; false when the cell has no memory there.
 */
typedef bool (*guest_read_t)(void *context, u64 gpa, u64 *entry);

/*
 * Translate gva; *gpa is written only on OK. STATUS_GUEST_NOT_PRESENT: no translation, also for a
 * non-canonical address and for a large page where none can be. STATUS_GUEST_TABLE: a table lies outside
 * the cell's memory. In PAE mode the four top entries are read from memory, not from the CPU's copies.
 */
enum status guest_walk(const struct guest_paging *paging, u64 gva, guest_read_t read, void *context,
		       u64 *gpa) MUST_USE;

#endif
