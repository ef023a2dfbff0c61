// SPDX-License-Identifier: GPL-2.0
/*
 * Registers of an SMMUv3 with stage 2 (chapter 6), with numbers straight from the manual so that a
 * wrong mask in the driver does not cancel out here.
 */
#include <string.h>

#include <host/fake_smmuv3_parts.h>

#define UPDATE 0x80000000U	/* GBPA */

/* --- on and off --- */

static void check_on(const struct fake_smmuv3 *unit)
{
	if (!smmuv3_table_is_there(unit))
		fake_violation("smmuv3: on with table 0x%llx, 0x%x", unit->strtab_base, unit->strtab_cfg);
	if (unit->config_old || unit->pages_old)
		fake_violation("smmuv3: on with old entries cached");
	if (!(unit->gbpa & ABORT) || (unit->gbpa & UPDATE))
		fake_violation("smmuv3: on, and GBPA is 0x%x", unit->gbpa);
	if (unit->irq_ctrl || unit->irq_ack)
		fake_violation("smmuv3: on with interrupts");
	if ((unit->cr2 & 7) != 6)
		fake_violation("smmuv3: on with CR2 0x%x", unit->cr2);
	if (unit->cr1 != (smmuv3_snoops(unit) ? 0xd75 : 0x820))
		fake_violation("smmuv3: on with CR1 0x%x", unit->cr1);
	if ((unit->cr0ack & (EVENTQEN | CMDQEN)) != (EVENTQEN | CMDQEN))
		fake_violation("smmuv3: on without queues");
	if (smmuv3_has_ats(unit) && !(unit->cr0ack & ATSCHK))
		fake_violation("smmuv3: on, and devices are believed to have translated");
}

static void write_cr0(struct fake_smmuv3 *unit, u32 value)
{
	u32 rose = value & ~unit->cr0, fell = unit->cr0 & ~value;

	if (unit->cr0 != unit->cr0ack && !unit->cr0_delay)
		fake_violation("smmuv3: CR0 written during an update");
	if (value & ~(SMMUEN | EVENTQEN | CMDQEN | (smmuv3_has_ats(unit) ? ATSCHK : 0)))
		fake_violation("smmuv3: CR0 0x%x", value);
	if (rose & SMMUEN)
		check_on(unit);
	if ((fell & SMMUEN) && !(unit->gbpa & ABORT))
		fake_violation("smmuv3: off, and GBPA is 0x%x", unit->gbpa);
	if ((fell & CMDQEN) && (unit->cr0 & SMMUEN))
		fake_violation("smmuv3: queues off before translation");
	if ((fell & ATSCHK) && ((unit->cr0 | unit->cr0ack) & SMMUEN))
		fake_violation("smmuv3: devices believed before translation is off");
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

	if (unit->cr0 != unit->cr0ack && fake_due(&unit->cr0_delay)) {
		/* ATSCHK is cached with the entries (6.3.9.2). */
		unit->config_old |= ((unit->cr0 ^ unit->cr0ack) & ATSCHK) != 0;
		unit->cr0ack = unit->cr0;
	}
	if ((unit->gbpa & UPDATE) && fake_due(&unit->gbpa_delay))
		unit->gbpa &= ~UPDATE;
	if (unit->irq_ctrl != unit->irq_ack && fake_due(&unit->irq_delay))
		unit->irq_ack = unit->irq_ctrl;
	smmuv3_run_commands(unit);
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
	case 0x98: smmuv3_write_cmdq_prod(unit, value); return;
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
