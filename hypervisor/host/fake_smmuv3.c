// SPDX-License-Identifier: GPL-2.0
/*
 * Registers, queues, stream table and walk of an SMMUv3 with stage 2, with numbers straight from the
 * manual so that a wrong mask in the driver does not cancel out here.
 */
#include <string.h>

#include <host/fake_smmuv3.h>

#define SMMUEN 1U
#define EVENTQEN 4U
#define CMDQEN 8U
#define ABORT 0x100000U
#define UPDATE 0x80000000U
#define LAPS 0x80000000U	/* overflow flags of the event queue */
#define ADDRESS 0xfffffffffffc0ULL

static bool snoops(const struct fake_smmuv3 *unit)
{
	return unit->idr0 & 0x10;
}

static u64 word(const struct fake_smmuv3 *unit, u64 phys)
{
	return fake_memory_read(phys, snoops(unit));
}

static u32 log2_of(u64 base)
{
	return (u32)(base & 0x1f);
}

static u32 index_mask(u64 base)
{
	return (1U << log2_of(base)) - 1;
}

/* --- events --- */

static void record(struct fake_smmuv3 *unit, const u64 *event)
{
	u32 mask = index_mask(unit->eventq_base), lap = mask + 1;
	u64 at = (unit->eventq_base & ADDRESS) + (unit->eventq_prod & mask) * 32;

	if (!(unit->cr0ack & EVENTQEN))
		return;
	if (unit->irq_ctrl)
		fake_violation("smmuv3: event interrupt on");
	if (((unit->eventq_prod ^ unit->eventq_cons) & (mask | lap)) == lap) {	/* full */
		if (unit->like_qemu)
			unit->gerror = (unit->gerror & ~4U) | (~unit->gerrorn & 4);
		else
			unit->eventq_prod = (unit->eventq_prod & ~LAPS) | (~unit->eventq_cons & LAPS);
		return;
	}
	for (unsigned i = 0; i < 4; i++)
		fake_memory_write(at + i * 8, event[i]);
	unit->eventq_prod = (unit->eventq_prod & LAPS) | ((unit->eventq_prod + 1) & (mask | lap));
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
	record(unit, event);
	return false;
}

/* --- commands --- */

static void forget_vmid(struct fake_smmuv3 *unit, u16 vmid)
{
	for (unsigned i = 0; i < FAKE_CACHE; i++)
		if (unit->caches.translations[i].domain == vmid)
			unit->caches.translations[i].valid = false;
}

/* Translations may come back as long as the old configuration is in use. */
static void check_order(struct fake_smmuv3 *unit)
{
	if ((unit->cr0ack & SMMUEN) && unit->config_open)
		fake_violation("smmuv3: TLB invalidated before the configuration is");
}

/* False: not a command of the manual, or one this driver has no business with. */
static bool execute(struct fake_smmuv3 *unit, u64 lo, u64 hi)
{
	switch (lo & 0xff) {
	case 0x04:
		fake_forget_entries(&unit->caches);
		unit->config_open = true;
		unit->config_old = false;
		return lo == 4 && hi == 31;
	case 0x28:
		check_order(unit);
		forget_vmid(unit, (u16)(lo >> 32));
		return !(lo & 0xffff0000ffffff00ULL) && !hi && (lo >> 32 & 0xff00) == 0;
	case 0x30:
		check_order(unit);
		fake_forget_pages(&unit->caches);
		unit->pages_old = false;
		return lo == 0x30 && !hi;
	case 0x46:
		unit->config_open = false;
		return lo == 0x46 && !hi;
	}
	return false;
}

static void stop_commands(struct fake_smmuv3 *unit, u32 reason)
{
	unit->gerror ^= 1;
	unit->cmdq_cons |= reason << 24;
}

/* A command that could not be read is still to be done (7.1). */
static void check_aborted(struct fake_smmuv3 *unit, u64 lo)
{
	if (unit->aborted && unit->aborted != lo)
		fake_violation("smmuv3: aborted command 0x%llx became 0x%llx", unit->aborted, lo);
	unit->aborted = 0;
}

static void run_commands(struct fake_smmuv3 *unit)
{
	u32 mask = index_mask(unit->cmdq_base), laps = mask * 2 + 1;

	if (!(unit->cr0ack & CMDQEN) || ((unit->cmdq_prod ^ unit->cmdq_cons) & laps) == 0 ||
	    !fake_due(&unit->cmdq_delay))
		return;
	while (((unit->cmdq_prod ^ unit->cmdq_cons) & laps) && !((unit->gerror ^ unit->gerrorn) & 1)) {
		u64 at = (unit->cmdq_base & ADDRESS) + (unit->cmdq_cons & mask) * 16;

		unit->cmdq_cons &= laps;
		check_aborted(unit, word(unit, at));
		if (++unit->commands == unit->illegal) {
			stop_commands(unit, unit->reason ? unit->reason : 1);
			unit->aborted = unit->reason == 2 ? word(unit, at) : 0;
		} else if (!execute(unit, word(unit, at), word(unit, at + 8))) {
			fake_violation("smmuv3: command 0x%llx 0x%llx", word(unit, at),
				       word(unit, at + 8));
			stop_commands(unit, 1);
		} else {
			unit->cmdq_cons = (unit->cmdq_cons + 1) & laps;
		}
	}
}

/* A batch ends with a SYNC and waits for the one before it. */
static void write_cmdq_prod(struct fake_smmuv3 *unit, u32 value)
{
	u32 mask = index_mask(unit->cmdq_base), laps = mask * 2 + 1;

	if (!(unit->cr0ack & CMDQEN) || (!(unit->cr0 & CMDQEN) && unit->cr0_delay)) {
		unit->cmdq_prod = value;
		return;
	}
	if (value & ~laps)
		fake_violation("smmuv3: command index 0x%x", value);
	if ((unit->cmdq_prod ^ unit->cmdq_cons) & laps)
		fake_violation("smmuv3: batch queued behind one that has not ended");
	if (((value - unit->cmdq_cons) & laps) > mask + 1)
		fake_violation("smmuv3: command queue overflows");
	unit->cmdq_prod = value;
	unit->cmdq_delay = fake_delay();
}

/* --- on and off --- */

static bool table_is_there(const struct fake_smmuv3 *unit)
{
	u32 bits = unit->strtab_cfg & 0x3f, split = unit->strtab_cfg >> 6 & 0x1f;
	bool levels = unit->strtab_cfg >> 16 & 1;
	u64 bytes = levels ? 8ULL << (bits > split ? bits - split : 0) : 64ULL << bits;
	u64 base = unit->strtab_base & ADDRESS;

	return bits <= (unit->idr1 & 0x3f) && (!levels || (unit->idr0 >> 27 & 3)) && base % bytes == 0 &&
	       (!levels || split == 6 || split == 8 || split == 10) && fake_memory_has(base, bytes);
}

static void check_on(const struct fake_smmuv3 *unit)
{
	if (!table_is_there(unit))
		fake_violation("smmuv3: on with table 0x%llx, 0x%x", unit->strtab_base, unit->strtab_cfg);
	if (unit->config_old || unit->pages_old)
		fake_violation("smmuv3: on with old entries cached");
	if (!(unit->gbpa & ABORT) || (unit->gbpa & UPDATE))
		fake_violation("smmuv3: on, and GBPA is 0x%x", unit->gbpa);
	if (unit->irq_ctrl || unit->irq_ack)
		fake_violation("smmuv3: on with interrupts");
	if ((unit->cr2 & 7) != 6)
		fake_violation("smmuv3: on with CR2 0x%x", unit->cr2);
	if (unit->cr1 != (snoops(unit) ? 0xd75 : 0x820))
		fake_violation("smmuv3: on with CR1 0x%x", unit->cr1);
	if ((unit->cr0ack & (EVENTQEN | CMDQEN)) != (EVENTQEN | CMDQEN))
		fake_violation("smmuv3: on without queues");
}

static void write_cr0(struct fake_smmuv3 *unit, u32 value)
{
	u32 rose = value & ~unit->cr0, fell = unit->cr0 & ~value;

	if (unit->cr0 != unit->cr0ack && !unit->cr0_delay)
		fake_violation("smmuv3: CR0 written during an update");
	if (value & ~(SMMUEN | EVENTQEN | CMDQEN))
		fake_violation("smmuv3: CR0 0x%x", value);
	if (rose & SMMUEN)
		check_on(unit);
	if ((fell & SMMUEN) && !(unit->gbpa & ABORT))
		fake_violation("smmuv3: off, and GBPA is 0x%x", unit->gbpa);
	if ((fell & CMDQEN) && (unit->cr0 & SMMUEN))
		fake_violation("smmuv3: queues off before translation");
	if (fell & SMMUEN)
		unit->config_old = unit->pages_old = true;	/* caches stay (6.3.9.6) */
	unit->cr0 = value;
	unit->cr0_delay = fake_delay();
}

static void write_gbpa(struct fake_smmuv3 *unit, u32 value)
{
	if (!(value & UPDATE) || ((unit->gbpa & UPDATE) && !unit->gbpa_delay))
		fake_violation("smmuv3: GBPA 0x%x written over 0x%x", value, unit->gbpa);
	unit->gbpa = value;	/* in force at once, said so later */
	unit->gbpa_delay = fake_delay();
}

static void write_irq_ctrl(struct fake_smmuv3 *unit, u32 value)
{
	unit->irq_ctrl = value;
	unit->irq_delay = fake_delay();
}

static void tick(struct fake_window *window)
{
	struct fake_smmuv3 *unit = (struct fake_smmuv3 *)window;

	if (unit->cr0 != unit->cr0ack && fake_due(&unit->cr0_delay))
		unit->cr0ack = unit->cr0;
	if ((unit->gbpa & UPDATE) && fake_due(&unit->gbpa_delay))
		unit->gbpa &= ~UPDATE;
	if (unit->irq_ctrl != unit->irq_ack && fake_due(&unit->irq_delay))
		unit->irq_ack = unit->irq_ctrl;
	run_commands(unit);
}

/* --- registers --- */

static u64 *wide(struct fake_smmuv3 *unit, u32 offset)
{
	switch (offset) {
	case 0x80: return &unit->strtab_base;
	case 0x90: return &unit->cmdq_base;
	case 0xa0: return &unit->eventq_base;
	}
	return NULL;
}

static u32 *narrow(struct fake_smmuv3 *unit, u32 offset)
{
	switch (offset) {
	case 0x00: return &unit->idr0;
	case 0x04: return &unit->idr1;
	case 0x14: return &unit->idr5;
	case 0x20: return &unit->cr0;
	case 0x24: return &unit->cr0ack;
	case 0x28: return &unit->cr1;
	case 0x2c: return &unit->cr2;
	case 0x44: return &unit->gbpa;
	case 0x50: return &unit->irq_ctrl;
	case 0x54: return &unit->irq_ack;
	case 0x60: return &unit->gerror;
	case 0x64: return &unit->gerrorn;
	case 0x88: return &unit->strtab_cfg;
	case 0x98: return &unit->cmdq_prod;
	case 0x9c: return &unit->cmdq_cons;
	case 0x100a8: return &unit->eventq_prod;
	case 0x100ac: return &unit->eventq_cons;
	}
	return NULL;
}

static u64 read(struct fake_window *window, u32 offset, unsigned width)
{
	struct fake_smmuv3 *unit = (struct fake_smmuv3 *)window;

	if (width == 8 && wide(unit, offset))
		return *wide(unit, offset);
	if (width == 4 && narrow(unit, offset))
		return *narrow(unit, offset);
	fake_violation("smmuv3: %u-byte read at 0x%x", width, offset);
	return ~0ULL;
}

/* The enable bit that guards a register; 0: none does, ~0: it is read-only. */
static u32 guard(u32 offset)
{
	switch (offset) {
	case 0x28: return SMMUEN | EVENTQEN | CMDQEN;
	case 0x2c: case 0x80: case 0x88: return SMMUEN;
	case 0x90: case 0x9c: return CMDQEN;
	case 0xa0: case 0x100a8: return EVENTQEN;
	case 0x64: case 0x100ac: return 0;
	}
	return ~0U;
}

/* A unit that does not answer any more has been given up: its registers may be put back. */
static void check_guard(const struct fake_smmuv3 *unit, u32 offset)
{
	u32 on = unit->cr0_delay ? unit->cr0 : unit->cr0 | unit->cr0ack;

	if (guard(offset) == ~0U || (on & guard(offset)))
		fake_violation("smmuv3: register 0x%x written, CR0 is 0x%x", offset, unit->cr0);
}

static void write32(struct fake_smmuv3 *unit, u32 offset, u32 value)
{
	switch (offset) {
	case 0x20: write_cr0(unit, value); return;
	case 0x44: write_gbpa(unit, value); return;
	case 0x50: write_irq_ctrl(unit, value); return;
	case 0x98: write_cmdq_prod(unit, value); return;
	}
	check_guard(unit, offset);
	if (offset == 0x64 && ((unit->gerrorn ^ value) & ~(unit->gerror ^ unit->gerrorn)))
		fake_violation("smmuv3: acknowledges an error there is not");
	if (narrow(unit, offset))
		*narrow(unit, offset) = value;
}

static void write(struct fake_window *window, u32 offset, unsigned width, u64 value)
{
	struct fake_smmuv3 *unit = (struct fake_smmuv3 *)window;

	if (width == 4) {
		write32(unit, offset, (u32)value);
		return;
	}
	check_guard(unit, offset);
	if (width != 8 || !wide(unit, offset))
		fake_violation("smmuv3: %u-byte write at 0x%x", width, offset);
	else
		*wide(unit, offset) = value;
}

void fake_smmuv3_open(struct fake_smmuv3 *unit)
{
	memset(unit, 0, sizeof(*unit));
	unit->window = (struct fake_window) {
		.size = 0x20000, .read = read, .write = write, .tick = tick,
	};
	/* As QEMU's unit. */
	unit->idr0 = 0x0d44101b;
	unit->idr1 = 0x02730010;
	unit->idr5 = 0x74;
	unit->gbpa = 0x1000;
	unit->gerror = 0x80;	/* an error of a time long ago */
	unit->config_old = unit->pages_old = true;
	fake_window_open(&unit->window);
}

void fake_smmuv3_close(struct fake_smmuv3 *unit)
{
	fake_window_close(&unit->window);
}

/* --- DMA --- */

static u64 entry_address(struct fake_smmuv3 *unit, u32 stream)
{
	u32 bits = unit->strtab_cfg & 0x3f, split = unit->strtab_cfg >> 6 & 0x1f;
	u64 base = unit->strtab_base & ADDRESS, level1, span;

	if (stream >> bits)
		return 0;
	if (!(unit->strtab_cfg >> 16 & 1))
		return base + stream * 64ULL;
	level1 = word(unit, base + (stream >> split) * 8ULL);
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
		rest |= word(unit, at + i * 8);
	/* V and stage 2 only; incoming shareability; AA64, R, and the control word; inside memory. */
	if (q[0] != 0xd || q[1] != 1ULL << 44 || rest || (q[3] & 0xfff000000000000fULL) ||
	    (q[2] & 0xfbf000000000ff00ULL) || !(q[2] >> 51 & 1) || !(q[2] >> 58 & 1) || !(q[2] & 0xff) ||
	    (q[2] >> 48 & 7) != (unit->idr5 & 7) ||
	    (q[2] >> 40 & 0x3f) != (snoops(unit) ? 0x35 : 0x20))
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
			entry->word[i] = word(unit, at + i * 8);
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

static unsigned oas_bits(const struct fake_smmuv3 *unit)
{
	static const unsigned bits[] = { 32, 36, 40, 42, 44, 48, 52, 0 };

	return bits[unit->idr5 & 7];
}

bool fake_smmuv3_dma(struct fake_smmuv3 *unit, u32 stream, u64 iova, enum fake_access access, u64 *out)
{
	struct fake_translation page = { .valid = true, .page = iova >> 12 };
	struct fake_translation *cached;
	struct fake_entry entry;
	u64 type;

	*out = iova;
	if (!(unit->cr0ack & SMMUEN))
		return !(unit->gbpa & ABORT);
	type = find_entry(unit, stream, &entry);
	if (type)
		return fault(unit, stream, iova, access, type);
	page.domain = (u16)entry.word[2];
	page.root = entry.word[3];
	cached = fake_cached_page(&unit->caches, page.domain, iova);
	fake_check_hit(cached, page.root);
	if (cached) {
		page = *cached;
	} else {
		const struct fake_stage2 tables = {
			.root = entry.word[3], .control = (u32)(entry.word[2] >> 32 & 0x7ffff),
			.output = oas_bits(unit), .snoop = snoops(unit),
		};

		page.rights = fake_stage2_walk(&tables, iova, &page.out);
		page.out &= ~0xfffULL;
		if (page.rights)
			fake_cache_page(&unit->caches, &page);
	}
	if (!(page.rights & access))
		return fault(unit, stream, iova, access, page.rights ? 0x13 : 0x10);
	*out = page.out | (iova & 0xfff);
	return true;
}
