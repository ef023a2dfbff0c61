// SPDX-License-Identifier: GPL-2.0
/* The stream table of an SMMUv3 (chapter 5), and a DMA's way through it, the caches and stage 2. */
#include <host/fake_smmuv3_parts.h>

bool smmuv3_table_is_there(const struct fake_smmuv3 *unit)
{
	u32 bits = unit->strtab_cfg & 0x3f, split = unit->strtab_cfg >> 6 & 0x1f;
	bool levels = unit->strtab_cfg >> 16 & 1;
	u64 bytes = levels ? 8ULL << (bits > split ? bits - split : 0) : 64ULL << bits;
	u64 base = unit->strtab_base & ADDRESS;

	return bits <= (unit->idr1 & 0x3f) && (!levels || (unit->idr0 >> 27 & 3)) && base % bytes == 0 &&
	       (!levels || split == 6 || split == 8 || split == 10) && fake_memory_has(base, bytes);
}

static u64 entry_address(struct fake_smmuv3 *unit, u32 stream)
{
	u32 bits = unit->strtab_cfg & 0x3f, split = unit->strtab_cfg >> 6 & 0x1f;
	u64 base = unit->strtab_base & ADDRESS, level1, span;

	if (stream >> bits)
		return 0;
	if (!(unit->strtab_cfg >> 16 & 1))
		return base + stream * 64ULL;
	level1 = smmuv3_word(unit, base + (stream >> split) * 8ULL);
	span = level1 & 0x1f;
	stream &= (1U << split) - 1;
	if (span == 0)
		return 0;
	if (span > split + 1 || (level1 & 0xfff0000000000020ULL) ||
	    (level1 & ADDRESS) % (64ULL << (span - 1)))
		fake_violation("smmuv3: first-level descriptor 0x%llx", level1);
	return stream >> (span - 1) ? 0 : (level1 & ADDRESS) + stream * 64ULL;
}

static void check_entry(const struct fake_smmuv3 *unit, u64 at, const u64 *q)
{
	u64 rest = 0;

	for (unsigned i = 4; i < 8; i++)
		rest |= smmuv3_word(unit, at + i * 8);
	/* V and stage 2 only; incoming shareability; AA64, R, and the control word; inside memory. */
	if (q[0] != 0xd || q[1] != 1ULL << 44 || rest || (q[3] & 0xfff000000000000fULL) ||
	    (q[2] & 0xfbf000000000ff00ULL) || !(q[2] >> 51 & 1) || !(q[2] >> 58 & 1) || !(q[2] & 0xff) ||
	    (q[2] >> 48 & 7) != (unit->idr5 & 7) ||
	    (q[2] >> 40 & 0x3f) != (smmuv3_snoops(unit) ? 0x35 : 0x20))
		fake_violation("smmuv3: entry 0x%llx 0x%llx 0x%llx 0x%llx", q[0], q[1], q[2], q[3]);
}

/* Type of the event, 0: the entry is good. Entries are cached whether they are valid or not. */
static u64 find_entry(struct fake_smmuv3 *unit, u32 stream, struct fake_entry *entry)
{
	struct fake_entry *cached = fake_cached_entry(&unit->caches, (u16)stream);
	u64 at;

	if (!cached) {
		*entry = (struct fake_entry){ .valid = true, .bdf = (u16)stream };
		at = entry_address(unit, stream);
		for (unsigned i = 0; i < 4 && at; i++)
			entry->word[i] = smmuv3_word(unit, at + i * 8);
		if (entry->word[0] & 1)
			check_entry(unit, at, entry->word);
		else
			entry->word[1] = at;
		fake_cache_entry(&unit->caches, entry);
	} else {
		*entry = *cached;
	}
	if (entry->word[0] & 1)
		return 0;
	return entry->word[1] ? 4 : 2;
}

static bool fault(struct fake_smmuv3 *unit, u32 stream, u64 iova, enum fake_access access, u64 type)
{
	bool has_address = type != 2 && type != 4;
	u64 event[4] = { type | (u64)stream << 32 };

	if (has_address) {
		event[1] = 0x28000000000ULL | (access == FAKE_READ ? 1ULL << 35 : 0);
		event[2] = iova;
		event[3] = iova & ~0xfffULL;
	}
	smmuv3_record_event(unit, event);
	return false;
}

static unsigned oas_bits(const struct fake_smmuv3 *unit)
{
	static const unsigned bits[] = { 32, 36, 40, 42, 44, 48, 52, 0 };

	return bits[unit->idr5 & 7];
}

/* Rights and place of the page in the tables that the entry names, through the cache. */
static void translate(struct fake_smmuv3 *unit, const struct fake_entry *entry,
		      struct fake_translation *page)
{
	const struct fake_stage2 tables = {
		.root = entry->word[3], .control = (u32)(entry->word[2] >> 32 & 0x7ffff),
		.output = oas_bits(unit), .snoop = smmuv3_snoops(unit),
	};

	page->domain = (u16)entry->word[2];
	page->root = tables.root;
	if (fake_recall_page(&unit->caches, page))
		return;
	page->rights = fake_stage2_walk(&tables, page->page << 12, &page->out);
	fake_remember_page(&unit->caches, page);
}

/* 3.9.1.3, with entries none of which has EATS, and without CR2.REC_CFG_ATS. */
bool fake_smmuv3_translated_dma(struct fake_smmuv3 *unit, u32 stream, u64 address, enum fake_access access)
{
	struct fake_entry entry;

	if (!(unit->cr0ack & SMMUEN))
		return false;
	if (smmuv3_has_ats(unit) && !(unit->cr0ack & ATSCHK))
		return true;
	return !find_entry(unit, stream, &entry) && fault(unit, stream, address, access, 7);
}

bool fake_smmuv3_dma(struct fake_smmuv3 *unit, u32 stream, u64 iova, enum fake_access access, u64 *out)
{
	struct fake_translation page = { .page = iova >> 12 };
	struct fake_entry entry;
	u64 type;

	*out = iova;
	if (!(unit->cr0ack & SMMUEN))
		return !(unit->gbpa & ABORT);
	type = find_entry(unit, stream, &entry);
	if (type)
		return fault(unit, stream, iova, access, type);
	translate(unit, &entry, &page);
	if (!(page.rights & access))
		return fault(unit, stream, iova, access, page.rights ? 0x13 : 0x10);
	*out = page.out | (iova & 0xfff);
	return true;
}
