// SPDX-License-Identifier: GPL-2.0
/* What a DMA meets in an SMMUv2: stream matching, a context bank and its stage 2 tables, faults. */
#include <host/fake_smmuv2_parts.h>

static unsigned address_bits(const struct fake_smmuv2 *unit)
{
	static const unsigned bits[16] = { 32, 36, 40, 42, 44, 48 };
	u32 input = unit->id2 & 15, output = unit->id2 >> 4 & 15;

	return bits[input < output ? input : output];
}

static bool global_fault(struct fake_smmuv2 *unit, u32 stream, u64 iova, enum fake_access access, u32 bit)
{
	if (unit->gfsr) {
		unit->gfsr |= MULTI;
		return false;
	}
	unit->gfsr = bit;
	unit->gfar = iova;
	unit->gfsynr0 = access == FAKE_WRITE ? 2 : 0;
	unit->gfsynr1 = stream;
	return false;
}

static bool bank_fault(struct fake_smmuv2_bank *bank, u32 stream, u64 iova, enum fake_access access, u32 bit)
{
	if (bank->sctlr & 0xc0)
		fake_violation("smmuv2: faults interrupt or stall");
	if (bank->fsr) {
		bank->fsr |= MULTI;
		return false;
	}
	bank->fsr = bit;
	bank->far = iova;
	bank->fsynr0 = access == FAKE_WRITE ? 0x10 : 0;
	bank->frsynra = stream;
	return false;
}

/* Stream register of a stream; FAKE_SMMUV2_GROUPS: none. */
static u32 match(const struct fake_smmuv2 *unit, u32 stream)
{
	u32 n = 0;

	while (n < smmuv2_groups(unit) && (stream > smmuv2_ids(unit) || !(unit->smr[n] & VALID) ||
				    ((unit->smr[n] ^ stream) & 0x7fff & ~(unit->smr[n] >> 16))))
		n++;
	return n < smmuv2_groups(unit) ? n : FAKE_SMMUV2_GROUPS;
}

/* What a context bank says beside where its tables are (CBA2R, TCR). */
static void check_bank(const struct fake_smmuv2 *unit, const struct fake_smmuv2_bank *bank, bool snoop)
{
	u32 input = unit->id2 & 15, output = unit->id2 >> 4 & 15;

	if (!(bank->cba2r & 1) || !(bank->tcr >> 31) || (bank->tcr >> 8 & 0x3f) != (snoop ? 0x35 : 0x20) ||
	    (bank->tcr >> 16 & 7) != ((output < input ? output : input) & 7))
		fake_violation("smmuv2: bank with TCR 0x%x, CBA2R 0x%x", bank->tcr, bank->cba2r);
}

/* Rights and place of the page in the bank's tables, through the cache. */
static void translate(struct fake_smmuv2 *unit, const struct fake_smmuv2_bank *bank,
		      struct fake_translation *page)
{
	const struct fake_stage2 tables = {
		.root = bank->ttbr0, .control = bank->tcr & 0x7fffffff, .output = address_bits(unit),
		.snoop = unit->id0 >> 14 & 1,
	};

	check_bank(unit, bank, tables.snoop);
	page->domain = (u16)(bank->cbar & 0xff);
	page->root = tables.root;
	if (fake_recall_page(&unit->caches, page))
		return;
	page->rights = fake_stage2_walk(&tables, page->page << 12, &page->out);
	fake_remember_page(&unit->caches, page);
}

bool fake_smmuv2_dma(struct fake_smmuv2 *unit, u32 stream, u64 iova, enum fake_access access, u64 *out)
{
	struct fake_translation page = { .page = iova >> 12 };
	struct fake_smmuv2_bank *bank;
	u32 n;

	*out = iova;
	if (!smmuv2_is_on(unit))
		return true;
	n = match(unit, stream);
	if (n == FAKE_SMMUV2_GROUPS)
		return unit->cr0 & 0x400 ? global_fault(unit, stream, iova, access, 2) : true;
	if (unit->s2cr[n] & TYPE)
		return (unit->s2cr[n] & TYPE) == 0x10000 || global_fault(unit, stream, iova, access, 1);
	bank = &unit->banks[unit->s2cr[n] & 0xff];
	if (!smmuv2_is_open(bank))
		return true;
	translate(unit, bank, &page);
	*out = page.out | (iova & 0xfff);
	return (page.rights & access) || bank_fault(bank, stream, iova, access, page.rights ? 8 : 2);
}
