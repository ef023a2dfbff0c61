// SPDX-License-Identifier: GPL-2.0
/*
 * Transition tables on x86-64:
 *
 *   root (8 KiB aligned)          [0..255] empty   [256..511] as in Linux
 *     4 levels: [509] -> PDPT[0] -> PD -> PTs -> hypervisor memory, 4 KiB pages, never global
 *     5 levels: [511] -> copy of Linux's fourth level, and there [509] as above
 *
 * The root is 8 KiB aligned because Linux's NMI entry takes bit 12 of CR3 for "user tables".
 */
#include <linux/errno.h>
#include <linux/io.h>
#include <linux/mem_encrypt.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <asm/special_insns.h>

#include <jailhouse/header.h>

#include "refusal.h"
#include "transition.h"
#include "transition_tables.h"

#define ENTRY_TABLE	(TABLE_PRESENT | BIT_ULL(1) | BIT_ULL(5) | BIT_ULL(6))	/* P RW A D */
#define ENTRY_ADDRESS	GENMASK_ULL(51, 12)
#define TOP_SLOT_LA57	511

static const u64 *linux_table(u64 entry)
{
	return phys_to_virt(entry & ENTRY_ADDRESS & ~sme_me_mask);
}

/* The fourth-level table of 5-level Linux that holds the slot, copied. The area has room for it. */
static u64 *copy_fourth_level(struct tables *tables, u64 *root)
{
	const u64 *theirs = linux_table(root[TOP_SLOT_LA57]);
	u64 *ours = tables_below(tables, &root[TOP_SLOT_LA57]);

	memcpy(ours, theirs, PAGE_SIZE);
	return ours;
}

int transition_fill(const struct transition *transition, struct door *door)
{
	const u64 bits = ENTRY_TABLE | sme_me_mask;
	struct tables tables = tables_begin(transition, bits);
	u64 *root, *top, phys;

	if (transition->area_phys & PAGE_SIZE)
		tables_page(&tables, &phys);
	root = tables_page(&tables, &phys);
	memcpy(root + TABLE_ENTRIES / 2, phys_to_virt(read_cr3_pa() + PAGE_SIZE / 2), PAGE_SIZE / 2);
	top = root;
	if (native_read_cr4() & X86_CR4_LA57)
		top = copy_fourth_level(&tables, root);
	if (top[CELLBLOCK_IMAGE_SLOT] & TABLE_PRESENT)
		return refuse(-EBUSY, "Linux page tables: slot %u (0x%llx) is where the hypervisor image goes, but this kernel uses it (entry 0x%llx); use another kernel",
			      CELLBLOCK_IMAGE_SLOT, CELLBLOCK_IMAGE_BASE, top[CELLBLOCK_IMAGE_SLOT]);
	door->root = phys | sme_me_mask;
	door->entry = CELLBLOCK_IMAGE_BASE + transition->entry;
	return tables_map(&tables, top, CELLBLOCK_IMAGE_BASE, transition->image_phys,
			  transition->image_size, bits);
}
