// SPDX-License-Identifier: GPL-2.0
/* What a DMA meets in an AMD-Vi unit: device table entry (2.2.2) and page tables (2.2.3). */
#include <host/fake_amdvi_parts.h>

static bool fault(struct fake_amdvi *unit, u16 bdf, u64 iova, enum fake_access access, u64 code)
{
	amdvi_log_event(unit, code << 60 | (access == FAKE_WRITE ? 1ULL << 53 : 0) | bdf, iova);
	return false;
}

static void check_dte(const struct fake_entry *entry)
{
	u64 mode = entry->word[0] >> 9 & 7;

	if (!(entry->word[0] & 1))
		fake_violation("amdvi: entry of %x is not valid: its DMA passes", entry->bdf);
	if ((entry->word[0] & 3) == 1)
		fake_violation("amdvi: entry of %x has no translation", entry->bdf);
	if ((entry->word[0] & 0x9ff00000000001fcULL) || mode == 7 || entry->word[1] >> 16 ||
	    entry->word[2] || entry->word[3])
		fake_violation("amdvi: entry of %x has reserved bits", entry->bdf);
	if (mode == 0 && entry->word[0] >> 61 & 3)
		fake_violation("amdvi: entry of %x maps everything", entry->bdf);
}

static void find_dte(struct fake_amdvi *unit, u16 bdf, struct fake_entry *entry)
{
	struct fake_entry *cached = fake_cached_entry(&unit->caches, bdf);

	if (cached) {
		*entry = *cached;
		return;
	}
	*entry = (struct fake_entry){ .valid = true, .bdf = bdf };
	for (unsigned i = 0; i < 4; i++)
		entry->word[i] = amdvi_word((unit->devtab & ADDRESS) + bdf * 32U + i * 8);
	check_dte(entry);
	fake_cache_entry(&unit->caches, entry);
}

/* Walk from an entry that names the level of its table; the rights of the page, 0: none. */
static unsigned walk(u64 entry, u64 iova, u64 *out)
{
	unsigned rights = entry >> 61 & 3;
	unsigned level = entry >> 9 & 7;

	if (level == 0 || (level < 6 && iova >> (12 + 9 * level)))
		return 0;
	while (rights) {
		unsigned next, shift = 3 + 9 * level;

		entry = amdvi_word((entry & ADDRESS) + (iova >> shift & 511) * 8);
		if (!(entry & 1))
			return 0;
		rights &= entry >> 61 & 3;
		next = entry >> 9 & 7;
		if ((entry & 0x8ff00000000001feULL) || (next && next != level - 1))
			fake_violation("amdvi: table entry 0x%llx in level %u", entry, level);
		if (next == 0 || next >= level) {
			u64 mask = (1ULL << shift) - 1;

			*out = (entry & ADDRESS & ~mask) | (iova & mask);
			return rights;
		}
		level = next;
	}
	return 0;
}

bool fake_amdvi_dma(struct fake_amdvi *unit, u16 bdf, u64 iova, enum fake_access access, u64 *out)
{
	struct fake_translation page = { .page = iova >> 12 };
	struct fake_entry dte;

	*out = iova;
	if (!(unit->control & IOMMU_EN))
		return true;
	if (unit->exclusion & 3)
		fake_violation("amdvi: exclusion range in force");
	/* A cached entry outlives a table that shrinks. */
	if (!fake_cached_entry(&unit->caches, bdf) && bdf >= ((unit->devtab & 0x1ff) + 1) * 128)
		return fault(unit, bdf, iova, access, 1);
	find_dte(unit, bdf, &dte);
	page.domain = (u16)dte.word[1];
	/* Blocked entries share domain 0, which never has a translation. */
	if (!(dte.word[0] >> 9 & 7) || !fake_recall_page(&unit->caches, &page)) {
		page.rights = walk(dte.word[0], iova, &page.out);
		fake_remember_page(&unit->caches, &page);
	}
	if (!(page.rights & access))
		return fault(unit, bdf, iova, access, 2);
	*out = page.out | (iova & 0xfff);
	return true;
}
