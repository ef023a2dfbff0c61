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
#include <linux/bits.h>
#include <linux/errno.h>
#include <linux/io.h>
#include <linux/mem_encrypt.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <asm/special_insns.h>

#include <jailhouse/header.h>

#include "refusal.h"
#include "transition.h"

#define ENTRIES		512
#define ENTRY_PRESENT	BIT_ULL(0)
#define ENTRY_TABLE	(ENTRY_PRESENT | BIT_ULL(1) | BIT_ULL(5) | BIT_ULL(6))	/* P RW A D */
#define ENTRY_ADDRESS	GENMASK_ULL(51, 12)
#define TOP_SLOT_LA57	511

/* Hands out the pages of the area one after the other. */
struct area {
	u64 *next;
	u64 next_phys;
	unsigned int left;
};

static u64 *area_page(struct area *area, u64 *phys)
{
	u64 *page = area->next;

	if (!area->left)
		return NULL;
	*phys = area->next_phys;
	area->next += ENTRIES;
	area->next_phys += PAGE_SIZE;
	area->left--;
	return page;
}

/* A new table below entry, NULL when the area is used up. */
static u64 *area_table(struct area *area, u64 *entry)
{
	u64 phys, *table = area_page(area, &phys);

	if (table)
		*entry = phys | ENTRY_TABLE | sme_me_mask;
	return table;
}

static const u64 *linux_table(u64 entry)
{
	return phys_to_virt(entry & ENTRY_ADDRESS & ~sme_me_mask);
}

/* The fourth-level table of 5-level Linux that holds the slot, copied; NULL without room. */
static u64 *copy_fourth_level(struct area *area, u64 *root)
{
	const u64 *theirs = linux_table(root[TOP_SLOT_LA57]);
	u64 *ours = area_table(area, &root[TOP_SLOT_LA57]);

	if (ours)
		memcpy(ours, theirs, PAGE_SIZE);
	return ours;
}

static int map_image(struct area *area, const struct transition *transition, u64 *slot)
{
	u64 *pdpt = area_table(area, slot);
	u64 *pd = pdpt ? area_table(area, &pdpt[0]) : NULL;
	u64 *pt = NULL, offset;
	unsigned int page;

	for (offset = 0; pd && offset < transition->image_size; offset += PAGE_SIZE) {
		page = offset >> PAGE_SHIFT;
		if (page % ENTRIES == 0)
			pt = area_table(area, &pd[page / ENTRIES]);
		if (!pt)
			break;
		pt[page % ENTRIES] = (transition->image_phys + offset) | ENTRY_TABLE | sme_me_mask;
	}
	if (!pt)
		return refuse(-E2BIG, "hypervisor image: its %u transition pages cannot map %llu bytes; install the image built together with this driver",
			      CELLBLOCK_TRANSITION_PAGES, transition->image_size);
	return 0;
}

int transition_fill(const struct transition *transition, u64 *root_phys)
{
	struct area area = {
		.next = transition->area,
		.next_phys = transition->area_phys,
		.left = CELLBLOCK_TRANSITION_PAGES,
	};
	u64 *root, *top, skipped;

	if (area.next_phys & PAGE_SIZE)
		area_page(&area, &skipped);
	root = area_page(&area, root_phys);
	memcpy(root + ENTRIES / 2, phys_to_virt(read_cr3_pa() + PAGE_SIZE / 2), PAGE_SIZE / 2);
	top = root;
	if (native_read_cr4() & X86_CR4_LA57)
		top = copy_fourth_level(&area, root);
	if (top[CELLBLOCK_IMAGE_SLOT] & ENTRY_PRESENT)
		return refuse(-EBUSY, "Linux page tables: slot %u (0x%llx) is where the hypervisor image goes, but this kernel uses it (entry 0x%llx); use another kernel",
			      CELLBLOCK_IMAGE_SLOT, CELLBLOCK_IMAGE_BASE, top[CELLBLOCK_IMAGE_SLOT]);
	*root_phys |= sme_me_mask;
	return map_image(&area, transition, &top[CELLBLOCK_IMAGE_SLOT]);
}
