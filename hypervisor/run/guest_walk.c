// SPDX-License-Identifier: GPL-2.0
/* Guest-virtual to guest-physical by the guest's own tables (AMD64 manual volume 2, chapter 5). */
#include <base/addr.h>
#include <base/bits.h>
#include <run/guest_walk.h>

#define CR0_PG BIT(31)
#define CR4_PSE BIT(4)
#define CR4_PAE BIT(5)
#define CR4_LA57 BIT(12)
#define EFER_LMA BIT(10)

#define ENTRY_PRESENT BIT(0)
#define ENTRY_LARGE BIT(7)
#define ENTRY_ADDRESS MASK(51, 12)
#define ENTRY32_ADDRESS MASK(31, 12)
#define ENTRY32_LARGE_ADDRESS MASK(31, 22)
#define ENTRY32_LARGE_HIGH MASK(20, 13)	/* address bits 39..32 of a 4 MiB page */
#define CR3_PAE_ADDRESS MASK(31, 5)

struct guest_paging guest_paging(u64 cr0, u64 cr3, u64 cr4, u64 efer)
{
	struct guest_paging paging = { .cr3 = cr3, .levels = 2, .pse = cr4 & CR4_PSE };

	if (!(cr0 & CR0_PG))
		paging.levels = 0;
	else if (efer & EFER_LMA)
		paging.levels = cr4 & CR4_LA57 ? 5 : 4;
	else if (cr4 & CR4_PAE)
		paging.levels = 3;
	return paging;
}

static bool canonical(u64 gva, unsigned levels)
{
	u64 upper = gva >> (PAGE_SHIFT + 9 * levels - 1);

	return upper == 0 || upper == ~0ULL >> (PAGE_SHIFT + 9 * levels - 1);
}

/* A large leaf can end the walk here; level 0 is the leaf, top levels never hold one. */
static bool may_be_large(const struct guest_paging *paging, unsigned level)
{
	if (paging->levels == 2)
		return level == 1 && paging->pse;
	return level == 1 || (level == 2 && paging->levels >= 4);
}

/* Entries of 4 bytes: always read the aligned 8 bytes around one and pick a half. */
static enum status walk_32(const struct guest_paging *paging, u64 gva, guest_read_t read,
			   void *context, u64 *gpa)
{
	u64 table = paging->cr3 & ENTRY32_ADDRESS, at, entry;
	unsigned level = 2;

	while (level-- > 0) {
		at = table + (gva >> (PAGE_SHIFT + 10 * level) & 0x3ff) * 4;
		if (!read(context, at & ~7ULL, &entry))
			return STATUS_GUEST_TABLE;
		entry = at & 4 ? entry >> 32 : entry & MASK(31, 0);
		if (!(entry & ENTRY_PRESENT))
			return STATUS_GUEST_NOT_PRESENT;
		if (entry & ENTRY_LARGE && may_be_large(paging, level)) {
			*gpa = (entry & ENTRY32_LARGE_ADDRESS) | (gva & MASK(21, 0)) |
			       field_get(ENTRY32_LARGE_HIGH, entry) << 32;
			return OK;
		}
		table = entry & ENTRY32_ADDRESS;
	}
	*gpa = table | (gva & PAGE_MASK);
	return OK;
}

static enum status walk_64(const struct guest_paging *paging, u64 gva, guest_read_t read,
			   void *context, u64 *gpa)
{
	u64 table = paging->cr3 & (paging->levels == 3 ? CR3_PAE_ADDRESS : ENTRY_ADDRESS), entry;
	unsigned shift = PAGE_SHIFT + 9U * paging->levels;
	u64 offset;

	do {
		shift -= 9;
		if (!read(context, table + (gva >> shift & 0x1ff) * 8, &entry))
			return STATUS_GUEST_TABLE;
		if (!(entry & ENTRY_PRESENT))
			return STATUS_GUEST_NOT_PRESENT;
		if (entry & ENTRY_LARGE && shift > PAGE_SHIFT) {
			if (!may_be_large(paging, (shift - PAGE_SHIFT) / 9))
				return STATUS_GUEST_NOT_PRESENT;
			offset = BIT(shift) - 1;
			*gpa = (entry & ENTRY_ADDRESS & ~offset) | (gva & offset);
			return OK;
		}
		table = entry & ENTRY_ADDRESS;
	} while (shift > PAGE_SHIFT);
	*gpa = table | (gva & PAGE_MASK);
	return OK;
}

enum status guest_walk(const struct guest_paging *paging, u64 gva, guest_read_t read, void *context,
		       u64 *gpa)
{
	if (paging->levels >= 4) {
		if (!canonical(gva, paging->levels))
			return STATUS_GUEST_NOT_PRESENT;
		return walk_64(paging, gva, read, context, gpa);
	}
	gva &= MASK(31, 0);
	if (paging->levels == 3)
		return walk_64(paging, gva, read, context, gpa);
	if (paging->levels == 2)
		return walk_32(paging, gva, read, context, gpa);
	*gpa = gva;
	return OK;
}
