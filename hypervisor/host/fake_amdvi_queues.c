// SPDX-License-Identifier: GPL-2.0
/* Command ring (2.4) and event log (2.5) of an AMD-Vi unit, with the caches that commands empty. */
#include <host/fake_amdvi_parts.h>

#define ALL_PAGES 0x7ffffffffffff003ULL

/* --- events --- */

void amdvi_log_event(struct fake_amdvi *unit, u64 lo, u64 address)
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
		fake_forget_domain(&unit->caches, (u16)(lo >> 32));
		return !(lo & 0x0fff0000ffffffffULL) && hi == ALL_PAGES;
	case 8:
		fake_forget_entries(&unit->caches);
		fake_forget_pages(&unit->caches);
		return (unit->efr & 0x40) && lo == 8ULL << 60 && !hi;
	}
	return false;
}

/* Says so, and waits to be switched off and on (2.5.6). */
static void halt(struct fake_amdvi *unit)
{
	unit->halted = true;
	unit->status &= ~CMD_RUN;
	amdvi_log_event(unit, 5ULL << 60, (unit->cmdbuf & ADDRESS) + unit->cmd.head);
}

void amdvi_run_commands(struct fake_amdvi *unit)
{
	if (!(unit->status & CMD_RUN) || !fake_ring_due(&unit->cmd))
		return;
	while (unit->cmd.head != unit->cmd.tail) {
		u64 lo = amdvi_word((unit->cmdbuf & ADDRESS) + unit->cmd.head);
		u64 hi = amdvi_word((unit->cmdbuf & ADDRESS) + unit->cmd.head + 8);

		bool refused = ++unit->commands == unit->illegal;

		if (refused || !execute(unit, lo, hi)) {
			if (!refused)
				fake_violation("amdvi: command 0x%llx 0x%llx", lo, hi);
			halt(unit);
			return;
		}
		fake_ring_next(&unit->cmd);
	}
}
