/* SPDX-License-Identifier: GPL-2.0 */
/* Hardware side of the IOAPIC model: one view per cell and chip, one index register for all. */
#include <arch/arch.h>
#include <arch/x86/host.h>
#include <arch/x86/ioapic.h>
#include <arch/x86/local_apic.h>
#include <base/bits.h>
#include <base/string.h>
#include <port/mmio.h>
#include <run/ioapic.h>

#define CHIPS	4

static struct {
	volatile u8 *registers;
	u64 address;
} chips[CHIPS];

static struct ioapic_slot views[IOAPIC_VIEWS];

static u32 chip_read(unsigned chip, u8 index)
{
	port_mmio_write32(chips[chip].registers + IOAPIC_SELECT_REG, index);
	return port_mmio_read32(chips[chip].registers + IOAPIC_DATA_REG);
}

static void chip_write(unsigned chip, u8 index, u32 value)
{
	port_mmio_write32(chips[chip].registers + IOAPIC_SELECT_REG, index);
	port_mmio_write32(chips[chip].registers + IOAPIC_DATA_REG, value);
}

static void chip_mask(unsigned chip, const u32 pins[4])
{
	for (unsigned pin = 0; pin < IOAPIC_PINS; pin++)
		if (bitmap_test(pins, pin)) {
			chip_write(chip, (u8)IOAPIC_ENTRY(pin), IOAPIC_MASKED);
			chip_write(chip, (u8)(IOAPIC_ENTRY(pin) + 1), 0);
		}
}

enum status ioapic_probe(struct refusal *refusal)
{
	const struct cell_view *root = &machine.system.root;

	for (u32 i = 0; i < root->desc->num_irqchips; i++) {
		*refusal = (struct refusal) { .object = OBJECT_IRQCHIP, .index = i, .a = CHIPS };
		if (i == CHIPS)
			return STATUS_IRQCHIPS_FULL;
		chips[i].address = root->irqchips[i].address;
		chips[i].registers = arch_map_device(chips[i].address, 0x1000);
		if (!chips[i].registers)
			return STATUS_NO_MEMORY;
	}
	return OK;
}

static unsigned view_of(u16 cell, u16 chip)
{
	unsigned i = 0;

	while (i < IOAPIC_VIEWS && !(views[i].used && views[i].cell == cell && views[i].chip == chip))
		i++;
	return i;
}

enum status arch_room(const struct cell_view *cell, struct refusal *refusal)
{
	return ioapic_room(views, cell, refusal);
}

/* ioapic_room() made sure that there is one. */
static unsigned new_view(u16 cell, u16 chip)
{
	unsigned i = view_of(cell, chip);

	if (i < IOAPIC_VIEWS)
		return i;
	for (i = 0; i < IOAPIC_VIEWS && views[i].used; i++)
		;
	if (i < IOAPIC_VIEWS) {
		memset(&views[i], 0, sizeof(views[i]));
		views[i].cell = cell;
		views[i].chip = chip;
		views[i].used = true;
	}
	return i;
}

enum status ioapic_take(struct refusal *refusal)
{
	const struct cell_view *root = &machine.system.root;
	u32 changed[4];

	(void)refusal;
	for (u16 chip = 0; chip < root->desc->num_irqchips; chip++) {
		struct ioapic_view *view = &views[new_view(0, chip)].view;
		u32 pins[4];

		memcpy(pins, root->irqchips[chip].pin_bitmap, sizeof(pins));
		ioapic_grant(view, pins, changed);
		for (unsigned pin = 0; pin < IOAPIC_PINS; pin++)
			if (bitmap_test(view->pins, pin))
				ioapic_adopt(view, pin, chip_read(chip, (u8)IOAPIC_ENTRY(pin)) |
					     (u64)chip_read(chip, (u8)(IOAPIC_ENTRY(pin) + 1)) << 32);
	}
	return OK;
}

/* Pins a cell has in the plan; all zeros when none. */
static void pins_in(const struct plan *plan, u16 cell, u16 chip, u32 pins[4])
{
	memset(pins, 0, 16);
	for (u32 i = 0; i < plan->pins.count; i++) {
		const struct plan_pin *row = &plan_pins(plan)[i];

		if (row->cell == cell && row->chip == chip)
			memcpy(pins, row->pins, 16);
	}
}

static void regroup_view(const struct plan *plan, u16 cell, u16 chip)
{
	u32 pins[4], changed[4];
	unsigned i;

	pins_in(plan, cell, chip, pins);
	i = pins[0] | pins[1] | pins[2] | pins[3] ? new_view(cell, chip) : view_of(cell, chip);
	if (i == IOAPIC_VIEWS)
		return;
	ioapic_grant(&views[i].view, pins, changed);
	chip_mask(chip, changed);
	ioapic_strays(&views[i].view, local_apic_cell(cell), changed);
	chip_mask(chip, changed);
	if (!plan_cells(plan)[cell].present)
		views[i].used = false;
}

void ioapic_regroup(const struct plan *plan, u16 cell)
{
	for (u16 chip = 0; chip < CHIPS && chips[chip].registers; chip++)
		regroup_view(plan, cell, chip);
}

void ioapic_mask(u16 cell)
{
	static const u32 none[4];
	u32 pins[4], changed[4];

	for (u16 chip = 0; chip < CHIPS && chips[chip].registers; chip++) {
		unsigned i = view_of(cell, chip);

		if (i == IOAPIC_VIEWS)
			continue;
		memcpy(pins, views[i].view.pins, sizeof(pins));
		ioapic_grant(&views[i].view, none, changed);
		chip_mask(chip, changed);
		ioapic_grant(&views[i].view, pins, changed);
	}
}

static enum answer perform(unsigned chip, struct ioapic_decision decision, struct access *access)
{
	switch (decision.act) {
	case IOAPIC_VALUE:
		access->value = decision.value;
		return ANSWER_DONE;
	case IOAPIC_READ:
		access->value = chip_read(chip, decision.index);
		return ANSWER_DONE;
	case IOAPIC_WRITE:
		chip_write(chip, decision.index, decision.value);
		return ANSWER_DONE;
	case IOAPIC_EOI:
		port_mmio_write32(chips[chip].registers + IOAPIC_EOI_REG, decision.value);
		return ANSWER_DONE;
	case IOAPIC_IGNORE:
		return ANSWER_DONE;
	default:
		return ANSWER_DENIED;
	}
}

static enum answer decide(struct cpu *cpu, unsigned chip, struct access *access)
{
	unsigned i = view_of(cpu->base.cell, (u16)chip);
	u32 offset = (u32)(access->address - chips[chip].address);

	if (i == IOAPIC_VIEWS)
		return ANSWER_DENIED;
	return perform(chip, access->write
		       ? ioapic_write(&views[i].view, local_apic_cell(cpu->base.cell), offset,
				      access->width, (u32)access->value)
		       : ioapic_read(&views[i].view, offset, access->width), access);
}

static enum answer decide_on_chip(struct cpu *cpu, struct access *access)
{
	for (unsigned chip = 0; chip < CHIPS && chips[chip].registers; chip++)
		if (access->address - chips[chip].address < 0x1000)
			return decide(cpu, chip, access);
	return ANSWER_DENIED;
}

enum answer ioapic_access(struct cpu *cpu, struct access *access)
{
	enum answer answer;

	cpu_lock(cpu, &machine.device_lock);
	if (arch_cpu_halted(cpu))
		answer = ANSWER_DONE;	/* the cell has lost the CPU meanwhile */
	else
		answer = decide_on_chip(cpu, access);
	cpu_unlock(&machine.device_lock);
	return answer;
}
