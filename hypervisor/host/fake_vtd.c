// SPDX-License-Identifier: GPL-2.0
/*
 * Registers and commands of a VT-d unit in legacy mode, with numbers straight from the manual so that
 * a wrong mask in the driver does not cancel out here.
 */
#include <string.h>

#include <host/fake_vtd_parts.h>

#define LASTING (TE | QIE | 0x12800000U)

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
	if (command == QIE && on && (unit->queue.tail || (unit->iqa & 0xfff)))
		fake_violation("vtd: queue on, tail 0x%llx, address 0x%llx", unit->queue.tail, unit->iqa);
}

static void write_gcmd(struct fake_vtd *unit, u32 value)
{
	u32 changed = value ^ (unit->gsts & LASTING);

	/* What is late is waited for, unless the unit has been given up and is switched off. */
	if (unit->command && (!unit->command_delay || (value & changed)))
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
		unit->queue.head = 0;
}

static void tick(struct fake_window *window)
{
	struct fake_vtd *unit = (struct fake_vtd *)window;

	finish_command(unit);
	vtd_run_invalidation(unit);
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
	case 0x80: return unit->queue.head;
	case 0x88: return unit->queue.tail;
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
	case 0x28: vtd_write_request(unit, &unit->ccmd, value, 0, 1ULL << 61); return;
	case 0x88: vtd_write_tail(unit, value); return;
	case 0x90:
		if ((unit->gsts & QIE) && !unit->command_delay)
			fake_violation("vtd: queue moved while it runs");
		unit->iqa = value;
		return;
	case FAKE_VTD_IRO + 8:
		vtd_write_request(unit, &unit->iotlb, value, 3ULL << 48, 1ULL << 60);
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
	unit->records[0][1] = ICC | 6ULL << 32 | 0x77;	/* a fault of a time long ago */
	unit->next_record = 1;
	fake_window_open(&unit->window);
}

void fake_vtd_close(struct fake_vtd *unit)
{
	fake_window_close(&unit->window);
}
