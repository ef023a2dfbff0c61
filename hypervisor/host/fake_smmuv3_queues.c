// SPDX-License-Identifier: GPL-2.0
/* The queues of an SMMUv3: commands (chapter 4) with the caches they empty, and events (chapter 7). */
#include <host/fake_smmuv3_parts.h>

#define LAPS 0x80000000U	/* overflow flags of the event queue */
#define EVENTQ_ABT 4U		/* GERROR and GERRORN: differ while an event could not be written */

static u32 index_mask(u64 base)
{
	return (1U << (base & 0x1f)) - 1;
}

/* --- events --- */

void smmuv3_record_event(struct fake_smmuv3 *unit, const u64 *event)
{
	u32 mask = index_mask(unit->eventq_base), lap = mask + 1;
	u64 at = (unit->eventq_base & ADDRESS) + (unit->eventq_prod & mask) * 32;

	/* Nothing is written as long as an error is not acknowledged (7.2.1). */
	if (!(unit->cr0ack & EVENTQEN) || ((unit->gerror ^ unit->gerrorn) & EVENTQ_ABT))
		return;
	if (unit->irq_ctrl)
		fake_violation("smmuv3: event interrupt on");
	if (((unit->eventq_prod ^ unit->eventq_cons) & (mask | lap)) == lap) {	/* full */
		if (unit->like_qemu)
			unit->gerror ^= EVENTQ_ABT;
		else
			unit->eventq_prod = (unit->eventq_prod & ~LAPS) | (~unit->eventq_cons & LAPS);
		return;
	}
	if (unit->event_aborts) {
		unit->event_aborts = false;
		unit->gerror ^= EVENTQ_ABT;
		return;
	}
	for (unsigned i = 0; i < 4; i++)
		fake_memory_write(at + i * 8, event[i]);
	unit->eventq_prod = (unit->eventq_prod & LAPS) | ((unit->eventq_prod + 1) & (mask | lap));
}

/* --- commands --- */

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
		fake_forget_domain(&unit->caches, (u16)(lo >> 32));
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

void smmuv3_run_commands(struct fake_smmuv3 *unit)
{
	u32 mask = index_mask(unit->cmdq_base), laps = mask * 2 + 1;

	if (!(unit->cr0ack & CMDQEN) || ((unit->cmdq_prod ^ unit->cmdq_cons) & laps) == 0 ||
	    !fake_due(&unit->cmdq_delay))
		return;
	while (((unit->cmdq_prod ^ unit->cmdq_cons) & laps) && !((unit->gerror ^ unit->gerrorn) & 1)) {
		u64 at = (unit->cmdq_base & ADDRESS) + (unit->cmdq_cons & mask) * 16;

		unit->cmdq_cons &= laps;
		check_aborted(unit, smmuv3_word(unit, at));
		if (++unit->commands == unit->illegal) {
			stop_commands(unit, unit->reason ? unit->reason : 1);
			unit->aborted = unit->reason == 2 ? smmuv3_word(unit, at) : 0;
		} else if (!execute(unit, smmuv3_word(unit, at), smmuv3_word(unit, at + 8))) {
			fake_violation("smmuv3: command 0x%llx 0x%llx", smmuv3_word(unit, at),
				       smmuv3_word(unit, at + 8));
			stop_commands(unit, 1);
		} else {
			unit->cmdq_cons = (unit->cmdq_cons + 1) & laps;
		}
	}
}

/* A batch ends with a SYNC and waits for the one before it. */
void smmuv3_write_cmdq_prod(struct fake_smmuv3 *unit, u32 value)
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
