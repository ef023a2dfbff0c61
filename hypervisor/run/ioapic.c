// SPDX-License-Identifier: GPL-2.0
/*
 * The IOAPIC filter (82093AA data sheet, chapter 3; the EOI register is that of version 0x20). Entries
 * are checked when unmasked and on every change while unmasked; a masked entry delivers nothing.
 */
#include <base/bits.h>
#include <base/string.h>
#include <run/ioapic.h>

#define ENTRY_VECTOR MASK(7, 0)
#define ENTRY_DELIVERY MASK(10, 8)
#define ENTRY_LOGICAL BIT(11)
#define ENTRY_MASKED BIT(16)
#define ENTRY_DESTINATION MASK(63, 56)
/* vector, delivery, destination mode, polarity, trigger, mask, destination */
#define ENTRY_WRITABLE (MASK(11, 0) | BIT(13) | BIT(15) | ENTRY_MASKED | ENTRY_DESTINATION)

#define FIRST_ENTRY_INDEX 0x10	/* below: identification, version, arbitration */
#define LAST_ID_INDEX 0x02

enum delivery {
	DELIVER_FIXED = 0,
	DELIVER_LOWEST = 1,
	DELIVER_NMI = 4,
	DELIVER_EXTINT = 7,
};

/* Who may unmask an entry of this delivery mode; zero is nobody. */
static const struct {
	bool cell, root;
} deliveries[8] = {
	[DELIVER_FIXED] = { .cell = true, .root = true },
	[DELIVER_LOWEST] = { .cell = true, .root = true },
	[DELIVER_NMI] = { .root = true },
	[DELIVER_EXTINT] = { .root = true },
};

void ioapic_grant(struct ioapic_view *view, const u32 pins[4], u32 changed[4])
{
	unsigned pin;

	memset(changed, 0, 4 * sizeof(changed[0]));
	for (pin = 0; pin < IOAPIC_PINS; pin++) {
		if (bitmap_test(pins, pin) == bitmap_test(view->pins, pin))
			continue;
		view->entries[pin] = ENTRY_MASKED;
		view->pins[pin / 32] ^= 1U << pin % 32;
		bitmap_set(changed, pin);
	}
}

void ioapic_adopt(struct ioapic_view *view, unsigned pin, u64 entry)
{
	if (pin < IOAPIC_PINS && bitmap_test(view->pins, pin))
		view->entries[pin] = entry & ENTRY_WRITABLE;
}

static struct ioapic_decision violation(enum status status)
{
	return (struct ioapic_decision){ .act = IOAPIC_VIOLATION, .status = status };
}

static struct ioapic_decision answer(u32 value)
{
	return (struct ioapic_decision){ .act = IOAPIC_VALUE, .value = value };
}

static bool owned(const struct ioapic_view *view, unsigned pin)
{
	return pin < IOAPIC_PINS && bitmap_test(view->pins, pin);
}

/* The register behind the data window. Status bits of owned pins live in the hardware only. */
static struct ioapic_decision read_data(const struct ioapic_view *view)
{
	unsigned index = view->select;

	if (index < FIRST_ENTRY_INDEX && index > LAST_ID_INDEX)
		return answer(0);
	if (index < FIRST_ENTRY_INDEX || owned(view, (index - FIRST_ENTRY_INDEX) / 2))
		return (struct ioapic_decision){ .act = IOAPIC_READ, .index = (u8)index };
	return answer(index & 1 ? 0 : IOAPIC_MASKED);
}

struct ioapic_decision ioapic_read(const struct ioapic_view *view, u32 offset, unsigned width)
{
	if (width != 4)
		return violation(STATUS_IOAPIC_WIDTH);
	switch (offset) {
	case IOAPIC_SELECT_REG:
		return answer(view->select);
	case IOAPIC_DATA_REG:
		return read_data(view);
	case IOAPIC_EOI_REG:
		return answer(0);
	}
	return violation(STATUS_IOAPIC_REGISTER);
}

/* True when all CPUs a destination can name are in the cell: no broadcast, no bit without a CPU. */
static bool destination_inside(const struct apic_cell *cell, u32 destination, bool logical)
{
	u32 i, reached = 0, group = 0;

	if (!logical && destination == 0xff)
		return false;
	for (i = 0; i < cell->count; i++) {
		if (!apic_match(cell->mode, &cell->cpus[i], destination, logical))
			continue;
		if (!logical)
			return true;
		reached |= cell->cpus[i].logical;
		group = 0xf0;
	}
	if (cell->mode == APIC_CLUSTER)	/* the upper half names a cluster, and 0xf all of them */
		return group && (destination & 0xf0) != 0xf0 && !(destination & 0xf & ~reached);
	return reached && !(destination & 0xff & ~reached);
}

static enum status entry_check(const struct apic_cell *cell, u64 entry)
{
	unsigned delivery = (unsigned)field_get(ENTRY_DELIVERY, entry);

	if (entry & ENTRY_MASKED)
		return OK;
	if (!(cell->root ? deliveries[delivery].root : deliveries[delivery].cell))
		return STATUS_IOAPIC_DELIVERY;
	if (!destination_inside(cell, (u32)field_get(ENTRY_DESTINATION, entry), entry & ENTRY_LOGICAL))
		return STATUS_IOAPIC_DESTINATION;
	return OK;
}

static struct ioapic_decision write_data(struct ioapic_view *view, const struct apic_cell *cell,
					 u32 data)
{
	unsigned index = view->select, pin = (index - FIRST_ENTRY_INDEX) / 2;
	unsigned shift = index & 1 ? 32 : 0;
	enum status status;
	u64 entry;

	if (index < FIRST_ENTRY_INDEX)
		return violation(STATUS_IOAPIC_READ_ONLY);
	if (!owned(view, pin))
		return (struct ioapic_decision){ .act = IOAPIC_IGNORE };
	entry = (view->entries[pin] & ~(0xffffffffULL << shift)) | (u64)data << shift;
	entry &= ENTRY_WRITABLE;
	status = entry_check(cell, entry);
	if (status != OK)
		return violation(status);
	view->entries[pin] = entry;
	return (struct ioapic_decision){
		.act = IOAPIC_WRITE, .index = (u8)index, .value = (u32)(entry >> shift),
	};
}

/* An end of interrupt names a vector; it passes when a pin of this cell uses that vector. */
static struct ioapic_decision write_eoi(const struct ioapic_view *view, u32 data)
{
	unsigned pin;

	for (pin = 0; pin < IOAPIC_PINS; pin++)
		if (owned(view, pin) && (view->entries[pin] & ENTRY_VECTOR) == (data & 0xff))
			return (struct ioapic_decision){ .act = IOAPIC_EOI, .value = data & 0xff };
	return (struct ioapic_decision){ .act = IOAPIC_IGNORE };
}

struct ioapic_decision ioapic_write(struct ioapic_view *view, const struct apic_cell *cell, u32 offset,
				    unsigned width, u32 data)
{
	if (width != 4)
		return violation(STATUS_IOAPIC_WIDTH);
	switch (offset) {
	case IOAPIC_SELECT_REG:
		view->select = (u8)data;
		return (struct ioapic_decision){ .act = IOAPIC_IGNORE };
	case IOAPIC_DATA_REG:
		return write_data(view, cell, data);
	case IOAPIC_EOI_REG:
		return write_eoi(view, data);
	}
	return violation(STATUS_IOAPIC_REGISTER);
}

void ioapic_strays(struct ioapic_view *view, const struct apic_cell *cell, u32 mask[4])
{
	unsigned pin;

	memset(mask, 0, 4 * sizeof(mask[0]));
	for (pin = 0; pin < IOAPIC_PINS; pin++) {
		if (!owned(view, pin) || entry_check(cell, view->entries[pin]) == OK)
			continue;
		view->entries[pin] |= ENTRY_MASKED;
		bitmap_set(mask, pin);
	}
}

enum status ioapic_room(const struct ioapic_slot slots[IOAPIC_VIEWS], const struct cell_view *cell,
			struct refusal *refusal)
{
	u32 room = 0;

	for (unsigned i = 0; i < IOAPIC_VIEWS; i++)
		room += !slots[i].used;
	if (cell->desc->num_irqchips <= room)
		return OK;
	*refusal = (struct refusal) { .object = OBJECT_IRQCHIP, .index = room, .a = IOAPIC_VIEWS };
	return STATUS_IRQCHIPS_FULL;
}
