// SPDX-License-Identifier: GPL-2.0
/*
 * Registers of an SMMUv2 with stage 2, with numbers straight from the manual so that a wrong mask in
 * the driver does not cancel out here. Global space: 8 pages; context banks: 8 pages.
 */
#include <string.h>

#include <host/fake_smmuv2_parts.h>

#define BANKS_AT 0x8000U

/* --- what must hold while the unit is on --- */

static void check_stream(const struct fake_smmuv2 *unit, u32 n)
{
	u32 a = unit->smr[n], bank = unit->s2cr[n] & 0xff;

	if (!(a & VALID))
		return;
	if ((unit->s2cr[n] & TYPE) == 0x10000)
		fake_violation("smmuv2: stream register %u lets everything pass", n);
	if ((unit->s2cr[n] & TYPE) == 0 &&
	    (bank >= smmuv2_banks(unit) || !smmuv2_is_open(&unit->banks[bank])))
		fake_violation("smmuv2: stream register %u leads to bank %u", n, bank);
	else if ((unit->s2cr[n] & TYPE) == 0 && (unit->banks[bank].actlr & PREFETCH))
		fake_violation("smmuv2: bank %u prefetches", bank);
	for (u32 i = 0; i < n; i++) {
		u32 b = unit->smr[i];

		if ((b & VALID) && !((a ^ b) & 0x7fff & ~(a >> 16) & ~(b >> 16)))
			fake_violation("smmuv2: stream registers %u and %u match one stream", i, n);
	}
}

static void check_streams(const struct fake_smmuv2 *unit)
{
	for (u32 n = 0; n < smmuv2_groups(unit) && smmuv2_is_on(unit); n++)
		check_stream(unit, n);
}

static void check_on(const struct fake_smmuv2 *unit)
{
	/* Unmatched streams fault, faults are reported, interrupts are off, VMIDs are private. */
	if ((unit->cr0 & 0xfffffeffU) != 0x1c12)
		fake_violation("smmuv2: on with CR0 0x%x", unit->cr0);
	if (unit->pages_old || unit->syncing)
		fake_violation("smmuv2: on with old translations");
}

static void write_cr0(struct fake_smmuv2 *unit, u32 value)
{
	bool was_on = smmuv2_is_on(unit);

	unit->cr0 = value;
	if (smmuv2_is_on(unit) && !was_on)
		check_on(unit);
	if (!smmuv2_is_on(unit))
		unit->pages_old = true;
	check_streams(unit);
}

/* --- invalidation: in force with the synchronisation behind it --- */

static void drop(struct fake_smmuv2 *unit)
{
	for (unsigned i = 0; i < FAKE_CACHE; i++)
		if (unit->forget_all[0] || (unit->forget >> unit->caches.translations[i].domain & 1))
			unit->caches.translations[i].valid = false;
	if (unit->forget_all[0] && unit->forget_all[1])
		unit->pages_old = false;
	unit->forget = 0;
	unit->forget_all[0] = unit->forget_all[1] = false;
}

static void write_sync(struct fake_smmuv2 *unit)
{
	if (unit->syncing && !unit->sync_delay)
		fake_violation("smmuv2: synchronisation during another");
	unit->syncing = true;
	unit->sync_delay = fake_delay();
}

static void tick(struct fake_window *window)
{
	struct fake_smmuv2 *unit = (struct fake_smmuv2 *)window;

	if (!unit->syncing || !fake_due(&unit->sync_delay))
		return;
	unit->syncing = false;
	drop(unit);
}

static void write_tlbi(struct fake_smmuv2 *unit, u32 offset, u32 value)
{
	if (offset != 0x64)
		unit->forget_all[offset == 0x6c] = true;
	else if (value >= smmuv2_banks(unit))
		fake_violation("smmuv2: no VMID %u", value);
	else
		unit->forget |= 1ULL << value;
}

/* --- registers --- */

static u32 *bank_register(struct fake_smmuv2_bank *bank, u32 offset)
{
	switch (offset) {
	case 0x00: return &bank->sctlr;
	case 0x04: return &bank->actlr;
	case 0x30: return &bank->tcr;
	case 0x58: return &bank->fsr;
	case 0x68: return &bank->fsynr0;
	}
	return NULL;
}

/* Of global space 1, by number of the bank. */
static u32 *space1(struct fake_smmuv2 *unit, u32 offset)
{
	struct fake_smmuv2_bank *bank = &unit->banks[(offset & 0x3ff) / 4];

	if ((offset & 0x3ff) / 4 >= smmuv2_banks(unit))
		return NULL;
	switch (offset & 0xc00) {
	case 0x000: return &bank->cbar;
	case 0x400: return &bank->frsynra;
	case 0x800: return &bank->cba2r;
	}
	return NULL;
}

static u32 *space0(struct fake_smmuv2 *unit, u32 offset)
{
	if (offset >= 0x800 && offset < 0x800 + 4 * smmuv2_groups(unit))
		return &unit->smr[(offset - 0x800) / 4];
	if (offset >= 0xc00 && offset < 0xc00 + 4 * smmuv2_groups(unit))
		return &unit->s2cr[(offset - 0xc00) / 4];
	switch (offset) {
	case 0x00: return &unit->cr0;
	case 0x10: return &unit->acr;
	case 0x20: return &unit->id0;
	case 0x24: return &unit->id1;
	case 0x28: return &unit->id2;
	case 0x48: return &unit->gfsr;
	case 0x50: return &unit->gfsynr0;
	case 0x54: return &unit->gfsynr1;
	}
	return NULL;
}

static struct fake_smmuv2_bank *bank_at(struct fake_smmuv2 *unit, u32 offset)
{
	u32 n = (offset - BANKS_AT) / 0x1000;

	return offset >= BANKS_AT && n < smmuv2_banks(unit) ? &unit->banks[n] : NULL;
}

static u32 *narrow(struct fake_smmuv2 *unit, u32 offset)
{
	if (bank_at(unit, offset))
		return bank_register(bank_at(unit, offset), offset & 0xfff);
	if (offset >= 0x1000 && offset < 0x2000)
		return space1(unit, offset - 0x1000);
	return space0(unit, offset);
}

static u64 *wide(struct fake_smmuv2 *unit, u32 offset)
{
	struct fake_smmuv2_bank *bank = bank_at(unit, offset);

	if (bank && (offset & 0xfff) == 0x20)
		return &bank->ttbr0;
	if (bank && (offset & 0xfff) == 0x60)
		return &bank->far;
	return offset == 0x40 ? &unit->gfar : NULL;
}

static u64 read(struct fake_window *window, u32 offset, unsigned width)
{
	struct fake_smmuv2 *unit = (struct fake_smmuv2 *)window;

	if (offset == 0x74 && width == 4)
		return unit->syncing;
	if (width == 4 && narrow(unit, offset))
		return *narrow(unit, offset);
	if (width == 8 && wide(unit, offset))
		return *wide(unit, offset);
	fake_violation("smmuv2: %u-byte read at 0x%x", width, offset);
	return ~0ULL;
}

/* A bank that streams lead to keeps its tables, but for its fault record. */
static void check_bank(struct fake_smmuv2 *unit, u32 offset, u64 value)
{
	struct fake_smmuv2_bank *bank = bank_at(unit, offset);
	u32 n;

	if (offset >= 0x1000 && offset < 0x2000)
		bank = &unit->banks[(offset & 0x3ff) / 4];
	if (!bank || !smmuv2_is_on(unit) || (bank_at(unit, offset) && (offset & 0xfff) == 0x58))
		return;
	n = (u32)(bank - unit->banks);
	for (u32 i = 0; i < smmuv2_groups(unit); i++)
		if ((unit->smr[i] & VALID) && (unit->s2cr[i] & (TYPE | 0xff)) == n)
			fake_violation("smmuv2: 0x%x of bank %u in use set to 0x%llx", offset, n, value);
}

/* Of the auxiliary registers there is one bit to change in each. */
static void write_auxiliary(const struct fake_smmuv2 *unit, u32 *reg, u32 value)
{
	u32 mine = reg == &unit->acr ? LOCK : PREFETCH;

	if ((*reg ^ value) & ~mine)
		fake_violation("smmuv2: auxiliary register 0x%x set to 0x%x", *reg, value);
	if (reg == &unit->acr || !(unit->acr & LOCK))
		*reg = value;
}

/* Bits of an id that are masked are not kept; they read as anything. */
static u32 match_register(const struct fake_smmuv2 *unit, u32 value)
{
	u32 mask = value >> 16 & smmuv2_ids(unit) & unit->masks;

	return (value & VALID) | mask << 16 | (value & smmuv2_ids(unit)) | mask;
}

static void write32(struct fake_smmuv2 *unit, u32 offset, u32 value)
{
	u32 *reg = narrow(unit, offset);

	if (offset == 0x48 || (bank_at(unit, offset) && (offset & 0xfff) == 0x58))
		*reg &= ~value;
	else if (offset == 0x10 || (bank_at(unit, offset) && (offset & 0xfff) == 0x04))
		write_auxiliary(unit, reg, value);
	else if (!reg || (offset >= 0x20 && offset < 0x800) || (offset & 0xf000) + 0x400 == offset)
		fake_violation("smmuv2: write at 0x%x", offset);
	else if (offset >= 0x800 && offset < 0xc00)
		*reg = match_register(unit, value);
	else
		*reg = value;
}

static void write(struct fake_window *window, u32 offset, unsigned width, u64 value)
{
	struct fake_smmuv2 *unit = (struct fake_smmuv2 *)window;

	check_bank(unit, offset, value);
	if (width == 8 && wide(unit, offset))
		*wide(unit, offset) = value;
	else if (width != 4)
		fake_violation("smmuv2: %u-byte write at 0x%x", width, offset);
	else if (offset == 0)
		write_cr0(unit, (u32)value);
	else if (offset == 0x70)
		write_sync(unit);
	else if (offset == 0x64 || offset == 0x68 || offset == 0x6c)
		write_tlbi(unit, offset, (u32)value);
	else
		write32(unit, offset, (u32)value);
	check_streams(unit);
}

void fake_smmuv2_open(struct fake_smmuv2 *unit)
{
	memset(unit, 0, sizeof(*unit));
	unit->window = (struct fake_window) {
		.size = 2 * BANKS_AT, .read = read, .write = write, .tick = tick,
	};
	unit->cr0 = CLIENTPD;
	unit->acr = LOCK | 0x500;	/* and bits of somebody's choice */
	for (unsigned i = 0; i < FAKE_SMMUV2_BANKS; i++)
		unit->banks[i].actlr = PREFETCH | 0x10001;
	unit->id0 = 0x38005e00 | FAKE_SMMUV2_GROUPS;
	unit->id1 = 2U << 28 | FAKE_SMMUV2_BANKS;
	unit->id2 = 0x1055;
	unit->masks = 0x7fff;
	unit->smr[1] = VALID | 0x10;	/* as firmware left it: passes */
	unit->s2cr[1] = 0x10000;
	unit->gfsr = 2;			/* a fault of a time long ago */
	unit->pages_old = true;
	fake_window_open(&unit->window);
}

void fake_smmuv2_close(struct fake_smmuv2 *unit)
{
	fake_window_close(&unit->window);
}
