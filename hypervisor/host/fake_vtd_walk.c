// SPDX-License-Identifier: GPL-2.0
/* What a DMA meets in a VT-d unit: root and context entries (9.1, 9.3), second stage (9.8), faults. */
#include <host/fake_vtd_parts.h>

static bool fault(struct fake_vtd *unit, u16 bdf, u64 iova, enum fake_access access, u64 reason)
{
	u64 *record = unit->records[unit->next_record];

	if (!(unit->fectl & TE))
		fake_violation("vtd: fault event unmasked");
	if (unit->fsts & 1)
		return false;
	if (record[1] & ICC) {
		unit->fsts |= 1;
		return false;
	}
	record[0] = iova & ~0xfffULL;
	record[1] = ICC | (access == FAKE_READ ? 1ULL << 62 : 0) | reason << 32 | bdf;
	unit->next_record = (unit->next_record + 1) % FAKE_VTD_RECORDS;
	return false;
}

static bool valid_context(const struct fake_vtd *unit, u64 lo, u64 hi)
{
	u64 width = hi & 7;
	u64 domains = 1ULL << (4 + 2 * (unit->cap & 7));

	return !(lo & 0xffe) && !(hi & ~0xffff07ULL) && width >= 1 && width <= 2 &&
	       (unit->cap >> 8 & 1ULL << width) && (hi >> 8) < domains;
}

/* Root and context entry of a requester, through the cache; 0 or the fault's reason. */
static u64 find_context(struct fake_vtd *unit, u16 bdf, struct fake_entry *entry)
{
	struct fake_entry *cached = fake_cached_entry(&unit->caches, bdf);
	u64 root, lo, hi;

	if (cached) {
		*entry = *cached;
		return 0;
	}
	root = vtd_word(unit, unit->root + (bdf >> 8) * 16);
	if ((root & 1) && ((root & 0xffe) || vtd_word(unit, unit->root + (bdf >> 8) * 16 + 8)))
		fake_violation("vtd: root entry 0x%llx", root);
	if (!(root & 1))
		return 1;
	lo = vtd_word(unit, (root & ~0xfffULL) + (bdf & 0xff) * 16);
	hi = vtd_word(unit, (root & ~0xfffULL) + (bdf & 0xff) * 16 + 8);
	if (!(lo & 1))
		return 2;
	if (!valid_context(unit, lo, hi))
		fake_violation("vtd: context entry 0x%llx 0x%llx", lo, hi);
	*entry = (struct fake_entry){ .valid = true, .bdf = bdf, .word = { lo, hi } };
	fake_cache_entry(&unit->caches, entry);
	return 0;
}

/* Large pages that CAP knows (SLLPS), and no reserved bit (9.8). */
static void check_second_stage(const struct fake_vtd *unit, u64 entry, unsigned level, bool large)
{
	if (large && (level > 2 || !(unit->cap >> 34 & 1ULL << (level - 1))))
		fake_violation("vtd: page of level %u in this unit", level);
	if (entry & (large || !level ? 0x7ff0000000000f7cULL : 0x7ff0000000000ffcULL))
		fake_violation("vtd: table entry 0x%llx", entry);
}

/* Second-stage walk; the rights of the page, 0: none. */
static unsigned walk(struct fake_vtd *unit, u64 table, unsigned levels, u64 iova, u64 *out)
{
	unsigned rights = 3;
	u64 entry = table & ~0xfffULL;

	if (iova >> (12 + 9 * levels))
		return 0;
	for (unsigned level = levels; level-- > 0; ) {
		unsigned shift = 12 + 9 * level;
		bool large;

		entry = vtd_word(unit, (entry & 0xffffffffff000ULL) + (iova >> shift & 511) * 8);
		rights &= entry & 3;
		if (rights == 0)
			return 0;
		large = level > 0 && (entry & 0x80);
		check_second_stage(unit, entry, level, large);
		if (large || level == 0) {
			u64 mask = (1ULL << shift) - 1;

			*out = (entry & 0xffffffffff000ULL & ~mask) | (iova & mask);
			return rights;
		}
	}
	return 0;
}

bool fake_vtd_dma(struct fake_vtd *unit, u16 bdf, u64 iova, enum fake_access access, u64 *out)
{
	struct fake_translation page = { .page = iova >> 12 };
	struct fake_entry context;
	u64 reason;

	*out = iova;
	if (!(unit->gsts & TE))
		return true;
	reason = find_context(unit, bdf, &context);
	if (reason)
		return fault(unit, bdf, iova, access, reason);
	page.domain = (u16)(context.word[1] >> 8);
	if (!fake_recall_page(&unit->caches, &page)) {
		page.rights = walk(unit, context.word[0], (unsigned)(context.word[1] & 7) + 2, iova,
				   &page.out);
		fake_remember_page(&unit->caches, &page);
	}
	if (!(page.rights & access))
		return fault(unit, bdf, iova, access, access == FAKE_WRITE ? 5 : 6);
	*out = page.out | (iova & 0xfff);
	return true;
}
