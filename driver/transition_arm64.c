// SPDX-License-Identifier: GPL-2.0
/*
 * Transition tables on arm64, for stage 1 of EL2 with 48 bits and 4 KiB pages (Arm ARM, D8.3):
 *
 *   root [509] -> [0] -> level 2 -> level 3 -> hypervisor memory at its link address
 *        [...] -> ... -> ... -> the page of the entry code, where it is physically
 *
 * The hyp-stub jumps to a physical address with the MMU off. That page is mapped one to one, so
 * that the instruction that switches the MMU on has a successor.
 */
#include <linux/align.h>
#include <linux/errno.h>
#include <linux/sizes.h>

#include <jailhouse/header.h>

#include "refusal.h"
#include "transition.h"
#include "transition_tables.h"

#define DESC_TABLE	(TABLE_PRESENT | BIT_ULL(1))	/* table, and page on level 3 */
#define DESC_AP_RES1	BIT_ULL(6)			/* AP[1] where there is one privilege level */
#define DESC_SH_INNER	(3ULL << 8)
#define DESC_AF		BIT_ULL(10)
/* Attribute 0 of MAIR_EL2, which is normal write-back memory. Readable, writable, executable. */
#define DESC_PAGE	(DESC_TABLE | DESC_AP_RES1 | DESC_SH_INNER | DESC_AF)

#define ADDRESS_BITS	48

int transition_fill(const struct transition *transition, struct door *door)
{
	u64 entry = transition->image_phys + transition->entry;
	struct tables tables = tables_begin(transition, DESC_TABLE);
	u64 *root = tables_page(&tables, &door->root);
	int error;

	if ((entry >> ADDRESS_BITS) || entry >> (ADDRESS_BITS - 9) == CELLBLOCK_IMAGE_SLOT)
		return refuse(-EINVAL, "hypervisor_memory 0x%llx: it must lie below 0x%llx; mend the system config",
			      transition->image_phys, CELLBLOCK_IMAGE_BASE_ARM64);
	door->entry = entry;
	error = tables_map(&tables, root, ALIGN_DOWN(entry, SZ_4K), ALIGN_DOWN(entry, SZ_4K), SZ_4K,
			   DESC_PAGE);
	if (error)
		return error;
	return tables_map(&tables, root, CELLBLOCK_IMAGE_BASE_ARM64, transition->image_phys,
			  transition->image_size, DESC_PAGE);
}
