// SPDX-License-Identifier: GPL-2.0
/*
 * Registers, command ring, event log and table walk of an AMD-Vi unit, with numbers straight from
 * the manual so that a wrong mask in the driver does not cancel out here.
 */
#include <string.h>

#include <host/fake_amdvi.h>

#define IOMMU_EN 1ULL
#define LOG_EN 4ULL
#define COHERENT 0x400ULL
#define CMD_EN 0x1000ULL
#define OVERFLOW 1ULL
#define WAIT_INT 4ULL
#define LOG_RUN 8ULL
#define CMD_RUN 16ULL
#define ADDRESS 0xffffffffff000ULL
#define ALL_PAGES 0x7ffffffffffff003ULL

static u64 word(u64 phys)
{
	return fake_memory_read(phys, true);
}

/* --- events --- */

static void log_event(struct fake_amdvi *unit, u64 lo, u64 address)
{
	u64 next = (unit->evt_tail + 16) % 4096;

	if (!(unit->status & LOG_RUN))
		return;
	if (next == unit->evt_head) {
		unit->status = (unit->status | OVERFLOW) & ~LOG_RUN;
		return;
	}
	fake_memory_write((unit->evtlog & ADDRESS) + unit->evt_tail, lo);
	fake_memory_write((unit->evtlog & ADDRESS) + unit->evt_tail + 8, address);
	unit->evt_tail = next;
}

/* --- commands --- */

static void forget_device(struct fake_amdvi *unit, u16 bdf)
{
	struct fake_entry *entry = fake_cached_entry(&unit->caches, bdf);

	if (entry)
		entry->valid = false;
}

static void forget_domain(struct fake_amdvi *unit, u16 domain)
{
	for (unsigned i = 0; i < FAKE_CACHE; i++)
		if (unit->caches.translations[i].domain == domain)
			unit->caches.translations[i].valid = false;
}

/* False: not a command of the manual, or one this unit does not know. */
static bool execute(struct fake_amdvi *unit, u64 lo, u64 hi)
{
	switch (lo >> 60) {
	case 1:
		if (lo & 2)
			unit->status |= WAIT_INT;
		return (lo & ~(1ULL << 60)) == 2 && !hi;
	case 2:
		forget_device(unit, (u16)lo);
		return !(lo & 0x0fffffffffff0000ULL) && !hi;
	case 3:
		forget_domain(unit, (u16)(lo >> 32));
		return !(lo & 0x0fff0000ffffffffULL) && hi == ALL_PAGES;
	case 8:
		fake_forget_entries(&unit->caches);
		fake_forget_pages(&unit->caches);
		return (unit->efr & 0x40) && lo == 8ULL << 60 && !hi;
	}
	return false;
}

static void run_commands(struct fake_amdvi *unit)
{
	if (!(unit->status & CMD_RUN) || unit->cmd_head == unit->cmd_tail ||
	    !fake_due(&unit->queue_delay))
		return;
	while (unit->cmd_head != unit->cmd_tail) {
		u64 lo = word((unit->cmdbuf & ADDRESS) + unit->cmd_head);
		u64 hi = word((unit->cmdbuf & ADDRESS) + unit->cmd_head + 8);

		if (!execute(unit, lo, hi)) {
			fake_violation("amdvi: command 0x%llx 0x%llx", lo, hi);
			unit->status &= ~CMD_RUN;
			log_event(unit, 5ULL << 60, unit->cmd_head);
			return;
		}
		unit->cmd_head = (unit->cmd_head + 16) % 4096;
	}
}

static void follow_control(struct fake_amdvi *unit)
{
	bool on = unit->control & IOMMU_EN;

	if (!fake_due(&unit->control_delay))
		return;
	if (on && (unit->control & CMD_EN))
		unit->status |= CMD_RUN;
	else
		unit->status &= ~CMD_RUN;
	if (on && (unit->control & LOG_EN) && !(unit->status & OVERFLOW))
		unit->status |= LOG_RUN;
	else
		unit->status &= ~LOG_RUN;
}

static void tick(struct fake_window *window)
{
	struct fake_amdvi *unit = (struct fake_amdvi *)window;

	follow_control(unit);
	run_commands(unit);
}

/* --- registers --- */

static u64 *find_register(struct fake_amdvi *unit, u32 offset)
{
	switch (offset) {
	case 0x00: return &unit->devtab;
	case 0x08: return &unit->cmdbuf;
	case 0x10: return &unit->evtlog;
	case 0x18: return &unit->control;
	case 0x20: return &unit->exclusion;
	case 0x30: return &unit->efr;
	case 0x2000: return &unit->cmd_head;
	case 0x2008: return &unit->cmd_tail;
	case 0x2010: return &unit->evt_head;
	case 0x2018: return &unit->evt_tail;
	case 0x2020: return &unit->status;
	}
	return NULL;
}

static u64 read(struct fake_window *window, u32 offset, unsigned width)
{
	u64 *reg = find_register((struct fake_amdvi *)window, offset);

	if (offset == 0x2020 && width == 4)
		return (u32)*reg;
	if (!reg || width != 8) {
		fake_violation("amdvi: %u-byte read at 0x%x", width, offset);
		return ~0ULL;
	}
	return *reg;
}

static void write_devtab(struct fake_amdvi *unit, u64 value)
{
	u64 bytes = ((value & 0x1ff) + 1) * 4096;

	if (value & 0xfff0000000000e00ULL)
		fake_violation("amdvi: device table register 0x%llx", value);
	if ((unit->control & IOMMU_EN) && !fake_memory_has(value & ADDRESS, bytes))
		fake_violation("amdvi: device table outside of memory");
	unit->devtab = value;
}

static void write_ring(u64 *base, u64 value, bool runs)
{
	if (runs)
		fake_violation("amdvi: ring moved while it runs");
	if ((value & ADDRESS) && (value & ~ADDRESS) != 8ULL << 56)
		fake_violation("amdvi: ring register 0x%llx is not a page", value);
	*base = value;
}

static void write_control(struct fake_amdvi *unit, u64 value)
{
	u64 rose = value & ~unit->control, fell = unit->control & ~value;

	if (value & ~(IOMMU_EN | LOG_EN | COHERENT | CMD_EN | 0xb02))
		fake_violation("amdvi: control 0x%llx", value);
	if ((rose & IOMMU_EN) && !(value & COHERENT))
		fake_violation("amdvi: device table read without snooping");
	if ((rose & IOMMU_EN) &&
	    !fake_memory_has(unit->devtab & ADDRESS, ((unit->devtab & 0x1ff) + 1) * 4096))
		fake_violation("amdvi: on without a device table");
	if ((fell & IOMMU_EN) && (unit->status & (CMD_RUN | LOG_RUN)) && !unit->control_delay)
		fake_violation("amdvi: off while a ring runs");
	if ((rose & LOG_EN) && (unit->status & LOG_RUN))
		fake_violation("amdvi: log restarted before it stopped");
	unit->control = value;
	unit->control_delay = value & IOMMU_EN ? fake_delay() : 0;
	if (!(value & IOMMU_EN))
		follow_control(unit);
}

static void write_cmd_tail(struct fake_amdvi *unit, u64 value)
{
	if (value % 16 || value >= 4096)
		fake_violation("amdvi: command tail 0x%llx", value);
	if ((unit->status & CMD_RUN) && unit->cmd_head != unit->cmd_tail)
		fake_violation("amdvi: batch queued behind one that has not ended");
	unit->cmd_tail = value;
	if (unit->status & CMD_RUN)
		unit->queue_delay = fake_delay();
	else if (value)
		fake_violation("amdvi: command tail moved with the ring stopped");
}

static void write_stopped(u64 *reg, u64 value, bool runs)
{
	if (runs || value % 16 || value >= 4096)
		fake_violation("amdvi: pointer set to 0x%llx, ring runs: %d", value, runs);
	*reg = value;
}

static void write64(struct fake_amdvi *unit, u32 offset, u64 value)
{
	switch (offset) {
	case 0x00: write_devtab(unit, value); return;
	case 0x08:
		write_ring(&unit->cmdbuf, value, unit->status & CMD_RUN);
		unit->cmd_head = unit->cmd_tail = 0;
		return;
	case 0x10:
		write_ring(&unit->evtlog, value, unit->status & LOG_RUN);
		unit->evt_head = unit->evt_tail = 0;
		return;
	case 0x18: write_control(unit, value); return;
	case 0x20: unit->exclusion = value; return;
	case 0x2000: write_stopped(&unit->cmd_head, value, unit->status & CMD_RUN); return;
	case 0x2008: write_cmd_tail(unit, value); return;
	case 0x2010: write_stopped(&unit->evt_head, value, false); return;
	case 0x2018: write_stopped(&unit->evt_tail, value, unit->status & LOG_RUN); return;
	case 0x2020: unit->status &= ~(value & 7); return;
	}
	fake_violation("amdvi: write at 0x%x", offset);
}

static void write(struct fake_window *window, u32 offset, unsigned width, u64 value)
{
	if (width != 8)
		fake_violation("amdvi: %u-byte write at 0x%x", width, offset);
	else
		write64((struct fake_amdvi *)window, offset, value);
}

void fake_amdvi_open(struct fake_amdvi *unit)
{
	memset(unit, 0, sizeof(*unit));
	unit->window = (struct fake_window) {
		.size = 0x4000, .read = read, .write = write, .tick = tick,
	};
	unit->efr = 0x40;
	unit->control = 0x2;	/* as firmware left it */
	unit->exclusion = 0x7000003;
	fake_window_open(&unit->window);
}

void fake_amdvi_close(struct fake_amdvi *unit)
{
	fake_window_close(&unit->window);
}

/* --- DMA --- */

static bool fault(struct fake_amdvi *unit, u16 bdf, u64 iova, enum fake_access access, u64 code)
{
	log_event(unit, code << 60 | (access == FAKE_WRITE ? 1ULL << 53 : 0) | bdf, iova);
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
		entry->word[i] = word((unit->devtab & ADDRESS) + bdf * 32U + i * 8);
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

		entry = word((entry & ADDRESS) + (iova >> shift & 511) * 8);
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
	struct fake_translation page = { .valid = true, .page = iova >> 12 };
	struct fake_translation *cached;
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
	cached = fake_cached_page(&unit->caches, page.domain, iova);
	/* Blocked entries share domain 0, which never has a translation. */
	if (cached && (dte.word[0] >> 9 & 7)) {
		page = *cached;
	} else {
		page.rights = walk(dte.word[0], iova, &page.out);
		page.out &= ~0xfffULL;
		if (page.rights)
			fake_cache_page(&unit->caches, &page);
	}
	if (!(page.rights & access))
		return fault(unit, bdf, iova, access, 2);
	*out = page.out | (iova & 0xfff);
	return true;
}
