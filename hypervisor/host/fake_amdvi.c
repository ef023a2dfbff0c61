// SPDX-License-Identifier: GPL-2.0
/*
 * Registers of an AMD-Vi unit, with numbers straight from the manual so that a wrong mask in the
 * driver does not cancel out here.
 */
#include <string.h>

#include <host/fake_amdvi_parts.h>

#define LOG_EN 4ULL
#define COHERENT 0x400ULL
#define CMD_EN 0x1000ULL

static void follow_control(struct fake_amdvi *unit)
{
	bool on = unit->control & IOMMU_EN;

	if (!fake_due(&unit->control_delay))
		return;
	if (!on || !(unit->control & CMD_EN))
		unit->halted = false;
	if (on && (unit->control & CMD_EN) && !unit->halted)
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
	amdvi_run_commands(unit);
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
	case 0x2000: return &unit->cmd.head;
	case 0x2008: return &unit->cmd.tail;
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
		unit->cmd.head = unit->cmd.tail = 0;
		return;
	case 0x10:
		write_ring(&unit->evtlog, value, unit->status & LOG_RUN);
		unit->evt_head = unit->evt_tail = 0;
		return;
	case 0x18: write_control(unit, value); return;
	case 0x20: unit->exclusion = value; return;
	case 0x2000: write_stopped(&unit->cmd.head, value, unit->status & CMD_RUN); return;
	case 0x2008: fake_ring_write_tail("amdvi", &unit->cmd, value, unit->status & CMD_RUN); return;
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
