/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One cell's view of one IOAPIC. The cell sees the chip at its own address, owns some pins, finds the
 * others masked, and cannot send an interrupt out of its cell. The model decides and remembers; whoever
 * asks performs the register access it names. Accesses to one chip need a lock across decide and
 * perform, because all cells share the hardware's index register.
 */
#ifndef RUN_IOAPIC_H
#define RUN_IOAPIC_H

#include <base/status.h>
#include <config/config.h>
#include <run/icr.h>

#define IOAPIC_VIEWS 16		/* over all cells and chips */
#define IOAPIC_PINS 120		/* what the index register can address */
#define IOAPIC_SELECT_REG 0x00
#define IOAPIC_DATA_REG 0x10
#define IOAPIC_EOI_REG 0x40

#define IOAPIC_ENTRY(pin) (0x10 + 2 * (pin))	/* index of the low half; + 1: the high half */
#define IOAPIC_MASKED 0x10000U			/* in the low half */

struct ioapic_view {
	u32 pins[4];		/* owned pins, never one >= IOAPIC_PINS */
	u8 select;		/* the cell's index register */
	u64 entries[IOAPIC_PINS];	/* what the cell wrote to its owned pins */
};

/* One of the list of all views; pointers to it stay good while it is used. */
struct ioapic_slot {
	struct ioapic_view view;
	u16 cell;
	u16 chip;
	bool used;
};

/* Whether a cell that is to come finds a free slot for each chip it lists. */
enum status ioapic_room(const struct ioapic_slot slots[IOAPIC_VIEWS], const struct cell_view *cell,
			struct refusal *refusal) MUST_USE;

enum ioapic_act {
	IOAPIC_VALUE,		/* read: the answer is value */
	IOAPIC_READ,		/* read: the answer is hardware register index */
	IOAPIC_WRITE,		/* write value to hardware register index */
	IOAPIC_EOI,		/* write value to the hardware's EOI register */
	IOAPIC_IGNORE,		/* write: nothing happens */
	IOAPIC_VIOLATION,	/* status says why; nothing was remembered */
};

struct ioapic_decision {
	enum ioapic_act act;
	enum status status;
	u8 index;
	u32 value;
};

/*
 * Give the view this set of pins (an irqchip's pin_bitmap). A zeroed view owns none. Pins gained and lost
 * are set in changed: their hardware entries must be reset, low half to IOAPIC_MASKED and high half to 0,
 * before either side goes on; the view already holds them that way.
 */
void ioapic_grant(struct ioapic_view *view, const u32 pins[4], u32 changed[4]);

/* Adopt what the hardware holds for an owned pin, when a running cell (root) is taken over. */
void ioapic_adopt(struct ioapic_view *view, unsigned pin, u64 entry);

/* An access of width bytes at offset into the chip's page. */
struct ioapic_decision ioapic_read(const struct ioapic_view *view, u32 offset, unsigned width);
struct ioapic_decision ioapic_write(struct ioapic_view *view, const struct apic_cell *cell, u32 offset,
				    unsigned width, u32 value);

/*
 * Owned, unmasked pins that the cell, with the CPUs it has now, could not have programmed that way: to
 * be masked after CPUs went away. The view remembers them as masked.
 */
void ioapic_strays(struct ioapic_view *view, const struct apic_cell *cell, u32 mask[4]);

#endif
