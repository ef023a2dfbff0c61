// SPDX-License-Identifier: GPL-2.0
/*
 * Registers, queue and table walk of a VT-d unit in legacy mode, with numbers straight from the
 * manual so that a wrong mask in the driver does not cancel out here.
 */
#include <string.h>

#include <host/fake_vtd.h>

#define TE 0x80000000U
#define SRTP 0x40000000U
#define WBF 0x08000000U
#define QIE 0x04000000U
#define LASTING (TE | QIE | 0x12800000U)
#define ICC (1ULL << 63)

static bool snoops(const struct fake_vtd *unit)
{
	return unit->ecap & 1;
}

static u64 word(const struct fake_vtd *unit, u64 phys)
{
	return fake_memory_read(phys, snoops(unit));
}

/* --- commands --- */

static void check_command(struct fake_vtd *unit, u32 command, bool on)
{
	if (command == SRTP && (unit->rtaddr & 0xfff))
		fake_violation("vtd: root table pointer 0x%llx not aligned", unit->rtaddr);
	if (command == SRTP && (unit->cap & 0x10) && !unit->flushed)
		fake_violation("vtd: SRTP without write buffer flush");
	if (command == WBF && !(unit->cap & 0x10))
		fake_violation("vtd: WBF without RWBF");
	if (command == TE && on && !(unit->gsts & SRTP))
		fake_violation("vtd: translation on without a root table");
	if (command == TE && on && (unit->contexts_old || unit->pages_old))
		fake_violation("vtd: translation on with old entries cached");
	if (command == QIE && !(unit->ecap & 2))
		fake_violation("vtd: no queue in this unit");
	if (command == QIE && on && (unit->iqt || (unit->iqa & 0xfff)))
		fake_violation("vtd: queue on, tail 0x%llx, address 0x%llx", unit->iqt, unit->iqa);
}

static void write_gcmd(struct fake_vtd *unit, u32 value)
{
	u32 changed = value ^ (unit->gsts & LASTING);

	if (unit->command && !unit->command_delay)
		fake_violation("vtd: command 0x%x during command 0x%x", changed, unit->command);
	unit->command = 0;
	if (changed == 0)
		return;	/* switches off what is off */
	if ((changed & (changed - 1)) || (changed & ~(TE | SRTP | WBF | QIE))) {
		fake_violation("vtd: 0x%x is not one command", changed);
		return;
	}
	unit->command = changed;
	unit->command_on = value & changed;
	unit->command_delay = fake_delay();
	check_command(unit, changed, unit->command_on);
	if (changed == SRTP)
		unit->gsts &= ~SRTP;
	if (changed == WBF)
		unit->gsts |= WBF;
}

static void latch_root(struct fake_vtd *unit)
{
	unit->root = unit->rtaddr;
	unit->contexts_old = unit->pages_old = true;
	unit->flushed = false;
}

static void finish_command(struct fake_vtd *unit)
{
	u32 command = unit->command;

	if (!command || !fake_due(&unit->command_delay))
		return;
	unit->command = 0;
	if (unit->command_on && command != WBF)
		unit->gsts |= command;
	else
		unit->gsts &= ~command;
	if (command == SRTP)
		latch_root(unit);
	if (command == WBF)
		unit->flushed = true;
	if (command == QIE)
		unit->iqh = 0;
}

/* --- invalidation --- */

static void drop_contexts(struct fake_vtd *unit)
{
	fake_forget_entries(&unit->caches);
	unit->contexts_old = false;
}

/* drains: bit 0 of writes, bit 1 of reads; CAP says which the unit can do (11.4.2: DWD, DRD). */
static void drop_pages(struct fake_vtd *unit, u64 drains)
{
	if ((drains & 3) != (unit->cap >> 54 & 3))
		fake_violation("vtd: IOTLB invalidated with drains %llu of %llu", drains & 3, unit->cap >> 54 & 3);
	if (unit->contexts_old)
		fake_violation("vtd: IOTLB invalidated before the context cache");
	fake_forget_pages(&unit->caches);
	unit->pages_old = false;
}

static void write_request(struct fake_vtd *unit, u64 *reg, u64 value, u64 allowed, u64 global)
{
	if (unit->gsts & QIE)
		fake_violation("vtd: invalidation register used beside the queue");
	if ((unit->ccmd | unit->iotlb) & ICC)
		fake_violation("vtd: invalidation requested during another");
	if (!(value & ICC) || (value & ~(ICC | allowed)) != global)
		fake_violation("vtd: invalidation request 0x%llx", value);
	*reg = value;
	unit->request_delay = fake_delay();
}

static void finish_request(struct fake_vtd *unit)
{
	if (!fake_due(&unit->request_delay))
		return;
	if (unit->ccmd & ICC)
		drop_contexts(unit);
	if (unit->iotlb & ICC)
		drop_pages(unit, unit->iotlb >> 48);
	unit->ccmd = unit->iotlb = 0;
}

static void execute_wait(struct fake_vtd *unit, u64 lo, u64 hi)
{
	if (lo != 0x15 || hi)
		fake_violation("vtd: wait descriptor 0x%llx 0x%llx", lo, hi);
	if (!(unit->iectl & TE))
		fake_violation("vtd: completion event unmasked");
	unit->ics |= 1;
}

static bool execute_descriptor(struct fake_vtd *unit)
{
	u64 lo = word(unit, (unit->iqa & ~0xfffULL) + unit->iqh);
	u64 hi = word(unit, (unit->iqa & ~0xfffULL) + unit->iqh + 8);

	if (lo == 0x11 && !hi)
		drop_contexts(unit);
	else if ((lo & ~0xc0ULL) == 0x12 && !hi)
		drop_pages(unit, lo >> 6);
	else if ((lo & 0xf) == 5)
		execute_wait(unit, lo, hi);
	else
		return false;
	return true;
}

static void run_queue(struct fake_vtd *unit)
{
	if (!(unit->gsts & QIE) || unit->iqh == unit->iqt || !fake_due(&unit->queue_delay))
		return;
	while (unit->iqh != unit->iqt && !(unit->fsts & 0x10)) {
		if (!execute_descriptor(unit)) {
			fake_violation("vtd: unknown descriptor at 0x%llx", unit->iqh);
			unit->fsts |= 0x10;
			return;
		}
		unit->iqh = (unit->iqh + 16) % 4096;
	}
}

static void write_tail(struct fake_vtd *unit, u64 value)
{
	if (value % 16 || value >= 4096)
		fake_violation("vtd: queue tail 0x%llx", value);
	if ((unit->gsts & QIE) && unit->iqh != unit->iqt)
		fake_violation("vtd: batch queued behind one that has not ended");
	unit->iqt = value;
	if (unit->gsts & QIE)
		unit->queue_delay = fake_delay();
	else if (value)
		fake_violation("vtd: queue tail moved with the queue off");
}

static void tick(struct fake_window *window)
{
	struct fake_vtd *unit = (struct fake_vtd *)window;

	finish_command(unit);
	finish_request(unit);
	run_queue(unit);
}

/* --- registers --- */

static u64 *record_word(struct fake_vtd *unit, u32 offset)
{
	if (offset < FAKE_VTD_FRO || offset >= FAKE_VTD_FRO + FAKE_VTD_RECORDS * 16 || offset % 8)
		return NULL;
	return &unit->records[(offset - FAKE_VTD_FRO) / 16][(offset - FAKE_VTD_FRO) / 8 % 2];
}

static u32 fault_status(const struct fake_vtd *unit)
{
	for (u32 i = 0; i < FAKE_VTD_RECORDS; i++) {
		u32 n = (unit->next_record + i) % FAKE_VTD_RECORDS;

		if (unit->records[n][1] & ICC)
			return unit->fsts | 2 | n << 8;
	}
	return unit->fsts;
}

static u64 read64(struct fake_vtd *unit, u32 offset)
{
	switch (offset) {
	case 0x08: return unit->cap;
	case 0x10: return unit->ecap;
	case 0x20: return unit->rtaddr;
	case 0x28: return unit->ccmd;
	case 0x80: return unit->iqh;
	case 0x88: return unit->iqt;
	case 0x90: return unit->iqa;
	case FAKE_VTD_IRO + 8: return unit->iotlb;
	}
	if (record_word(unit, offset))
		return *record_word(unit, offset);
	fake_violation("vtd: 64-bit read at 0x%x", offset);
	return ~0ULL;
}

static u64 read32(struct fake_vtd *unit, u32 offset)
{
	switch (offset) {
	case 0x00: return unit->version;
	case 0x1c: return unit->gsts;
	case 0x2c: return unit->ccmd >> 32;
	case 0x34: return fault_status(unit);
	case 0x38: return unit->fectl;
	case 0x9c: return unit->ics;
	case 0xa0: return unit->iectl;
	case FAKE_VTD_IRO + 12: return unit->iotlb >> 32;
	}
	fake_violation("vtd: 32-bit read at 0x%x", offset);
	return ~0U;
}

static u64 read(struct fake_window *window, u32 offset, unsigned width)
{
	struct fake_vtd *unit = (struct fake_vtd *)window;

	return width == 8 ? read64(unit, offset) : read32(unit, offset);
}

static void write_record(struct fake_vtd *unit, u32 offset, u64 value)
{
	u64 *record = record_word(unit, offset);

	if (!record || offset % 16 != 8)
		fake_violation("vtd: 64-bit write at 0x%x", offset);
	else if (value & ICC)
		*record &= ~ICC;
}

static void write64(struct fake_vtd *unit, u32 offset, u64 value)
{
	switch (offset) {
	case 0x20: unit->rtaddr = value; return;
	case 0x28: write_request(unit, &unit->ccmd, value, 0, 1ULL << 61); return;
	case 0x88: write_tail(unit, value); return;
	case 0x90:
		if ((unit->gsts & QIE) && !unit->command_delay)
			fake_violation("vtd: queue moved while it runs");
		unit->iqa = value;
		return;
	case FAKE_VTD_IRO + 8:
		write_request(unit, &unit->iotlb, value, 3ULL << 48, 1ULL << 60);
		return;
	}
	write_record(unit, offset, value);
}

static void write32(struct fake_vtd *unit, u32 offset, u32 value)
{
	switch (offset) {
	case 0x18: write_gcmd(unit, value); return;
	case 0x34: unit->fsts &= ~(value & 0x71); return;
	case 0x38: unit->fectl = value; return;
	case 0x9c: unit->ics &= ~(value & 1); return;
	case 0xa0:
		if (!(unit->ecap & 2))
			fake_violation("vtd: event control of a queue that is not there");
		unit->iectl = value;
		return;
	}
	fake_violation("vtd: 32-bit write at 0x%x", offset);
}

static void write(struct fake_window *window, u32 offset, unsigned width, u64 value)
{
	struct fake_vtd *unit = (struct fake_vtd *)window;

	if (width == 8)
		write64(unit, offset, value);
	else
		write32(unit, offset, (u32)value);
}

void fake_vtd_open(struct fake_vtd *unit)
{
	memset(unit, 0, sizeof(*unit));
	unit->window = (struct fake_window) {
		.size = 0x1000, .read = read, .write = write, .tick = tick,
	};
	unit->version = 0x10;
	/* 64K domains, 39 and 48 bits, 2M and 1G, drains; records as above. */
	unit->cap = 6 | 6ULL << 8 | 47ULL << 16 | (u64)FAKE_VTD_FRO << 20 | 3ULL << 34 |
		    (u64)(FAKE_VTD_RECORDS - 1) << 40 | 3ULL << 54;
	unit->ecap = 1 | 2 | (u64)FAKE_VTD_IRO << 4;
	unit->iectl = unit->fectl = 0;
	unit->rtaddr = 0x123000;
	fake_window_open(&unit->window);
}

void fake_vtd_close(struct fake_vtd *unit)
{
	fake_window_close(&unit->window);
}

/* --- DMA --- */

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
	root = word(unit, unit->root + (bdf >> 8) * 16);
	if ((root & 1) && ((root & 0xffe) || word(unit, unit->root + (bdf >> 8) * 16 + 8)))
		fake_violation("vtd: root entry 0x%llx", root);
	if (!(root & 1))
		return 1;
	lo = word(unit, (root & ~0xfffULL) + (bdf & 0xff) * 16);
	hi = word(unit, (root & ~0xfffULL) + (bdf & 0xff) * 16 + 8);
	if (!(lo & 1))
		return 2;
	if (!valid_context(unit, lo, hi))
		fake_violation("vtd: context entry 0x%llx 0x%llx", lo, hi);
	*entry = (struct fake_entry){ .valid = true, .bdf = bdf, .word = { lo, hi } };
	fake_cache_entry(&unit->caches, entry);
	return 0;
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

		entry = word(unit, (entry & 0xffffffffff000ULL) + (iova >> shift & 511) * 8);
		rights &= entry & 3;
		if (rights == 0)
			return 0;
		large = level > 0 && (entry & 0x80);
		if (large && (level > 2 || !(unit->cap >> 34 & 1ULL << (level - 1))))
			fake_violation("vtd: page of level %u in this unit", level);
		if (entry & (large || !level ? 0x7ff0000000000f7cULL : 0x7ff0000000000ffcULL))
			fake_violation("vtd: table entry 0x%llx", entry);
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
	struct fake_translation page = { .valid = true, .page = iova >> 12 };
	struct fake_translation *cached;
	struct fake_entry context;
	u64 reason;

	*out = iova;
	if (!(unit->gsts & TE))
		return true;
	reason = find_context(unit, bdf, &context);
	if (reason)
		return fault(unit, bdf, iova, access, reason);
	page.domain = (u16)(context.word[1] >> 8);
	cached = fake_cached_page(&unit->caches, page.domain, iova);
	if (cached) {
		page = *cached;
	} else {
		page.rights = walk(unit, context.word[0], (unsigned)(context.word[1] & 7) + 2, iova,
				   &page.out);
		page.out &= ~0xfffULL;
		if (page.rights)
			fake_cache_page(&unit->caches, &page);
	}
	if (!(page.rights & access))
		return fault(unit, bdf, iova, access, access == FAKE_WRITE ? 5 : 6);
	*out = page.out | (iova & 0xfff);
	return true;
}
