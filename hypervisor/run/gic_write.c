// SPDX-License-Identifier: GPL-2.0
/* What a guest's writes to distributor and redistributors become. */
#include <base/bits.h>
#include <run/gic_kinds.h>

#define IROUTER_MODE	BIT(31)		/* to any CPU: no cell may */

#define SGIR_FILTER(value)	((value) >> 24 & 3)
#define SGIR_LIST(value)	((value) >> 16 & 0xff)

/*
 * Each of these answers which bits of the value are to be written, 0: nothing is to be done.
 *
 * Group enables are remembered; the bit that counts is the one of the group the guest's ids are in.
 */
static u64 write_control(struct gic_view *view, const struct gic_write *write)
{
	bool was = view->on;

	view->control = write->value & (GICD_CTLR_GROUP0 | GICD_CTLR_GROUP1);
	view->on = view->control & gic_group(view);
	return was != view->on;
}

/* Messages name an SPI. */
static u64 write_message(const struct gic_view *view, const struct gic_write *write)
{
	return (write->offset == GICD_SETSPI_REG || write->offset == GICD_CLRSPI_REG) &&
	       view->version == 3 && gic_own_spi(view, write->value & (GIC_IDS - 1)) ? GIC_IDS - 1 : 0;
}

static u64 write_enable(struct gic_view *view, const struct gic_write *write, u32 bits, bool enable)
{
	u32 word = (write->offset & 0x7f) / 4;

	if (!word)
		return bits;
	view->enabled[word] = (view->enabled[word] & ~bits) | (enable ? bits : 0);
	return enable && !view->on ? 0 : bits;
}

/* Each byte at least the number of the highest priority of guests. */
static u32 clamp(u32 value)
{
	for (u32 byte = 0xff; byte; byte <<= 8)
		if (!(value & byte & ~((GIC_PRIORITY_GUEST - 1) * 0x01010101U)))
			value = (value & ~byte) | (GIC_PRIORITY_GUEST * 0x01010101U & byte);
	return value;
}

/*
 * GICD_SGIR becomes one with a list; behind it are bits that clear or set an SGI of the CPU itself.
 */
static u64 write_sgi(const struct gic_view *view, struct gic_write *write, u8 self)
{
	u32 value = (u32)write->value;
	/* a byte for each filter: these, all others, itself, none */
	u32 lists = SGIR_LIST(value) | (u32)(u8)~self << 8 | (u32)self << 16, list;

	if (write->offset - GICD_CPENDSGIR_REG < GICD_SPENDSGIR_REG + 0x10 - GICD_CPENDSGIR_REG)
		return gic_owned(view, write->offset & 0xf, 4, 3) & value;
	if (write->offset != GICD_SGIR_REG)
		return 0;
	if (SGIR_FILTER(value) == 0)
		write->foreign = SGIR_LIST(value) & ~(u32)view->interfaces;
	list = lists >> SGIR_FILTER(value) * 8 & view->interfaces;
	write->value = list << 16 | (value & 15);
	return list && bitmap_test(view->ids, value & 15) ? ~0U : 0;
}

/*
 * A whole route, or its low half as 32-bit guests write it: then Aff3 is 0, and the high half is
 * ignored.
 */
static u64 write_route(const struct gic_view *view, const struct gic_write *write)
{
	return !(write->offset & 4) && gic_own_spi(view, (write->offset - GICD_IROUTER_REG) / 8) &&
			       !(write->value & IROUTER_MODE) &&
			       gic_map_has(view->map, view->cell, write->value)
		       ? GIC_ROUTE_MASK
		       : 0;
}

/* Those of private ids are fixed (IHI 0048, 4.3.12). */
static u64 write_targets(const struct gic_view *view, struct gic_write *write, u64 owned)
{
	write->value &= view->interfaces * 0x01010101U;
	return write->offset < GICD_ITARGETSR_REG + GIC_FIRST_SPI ? 0 : owned;
}

static u64 write_kind(struct gic_view *view, enum gic_kind kind, struct gic_write *write, u64 owned,
		      u8 self)
{
	switch (kind) {
	case KIND_CONTROL:
		return write->offset == GICD_CTLR_REG ? write_control(view, write)
						      : write_message(view, write);
	case KIND_ENABLE: case KIND_DISABLE:
		return write_enable(view, write, (u32)(owned & write->value), kind == KIND_ENABLE);
	case KIND_BITS:
		return owned & write->value;
	case KIND_TARGETS:
		return write_targets(view, write, owned);
	case KIND_PRIORITY:
		write->value = clamp((u32)write->value);
		return owned;
	case KIND_CONFIG:
		return owned;
	case KIND_SGI:
		return write_sgi(view, write, self);
	case KIND_ROUTE:
		return write_route(view, write);
	default:
		return 0;
	}
}

/* By KIND_SHIFT: fields of two bits only go with others of their word, bytes go alone. */
static const u8 acts[4] = { GIC_WRITE, GIC_MERGE, GIC_WRITE, GIC_BYTES };

static enum gic_act act_on(enum gic_kind kind, u32 offset)
{
	return offset == GICD_CTLR_REG ? GIC_SWITCH : acts[KIND_SHIFT(kind)];
}

enum gic_act gic_write(struct gic_view *view, struct gic_write *write, unsigned width, u8 self)
{
	enum gic_kind kind;
	u64 owned;

	/* The low half of these takes a message, too (IHI 0069, 12.9). */
	if (width == 2 && (write->offset == GICD_SETSPI_REG || write->offset == GICD_CLRSPI_REG))
		width = 4;
	kind = gic_kind_of(view, write->offset, width);
	owned = gic_owned(view, write->offset, width, KIND_SHIFT(kind));
	if (width < 8)
		write->value = (u32)write->value;
	write->mask = write_kind(view, kind, write, owned, self);
	write->value &= write->mask;
	return write->mask ? act_on(kind, write->offset) : GIC_NOTHING;
}

enum gic_act gic_redist_write(struct gic_view *view, struct gic_write *write, unsigned width,
			      bool *asleep)
{
	if (gic_is_array(write->offset)) {
		write->offset -= GICR_SGI_FRAME;
		return gic_write(view, write, width, 0);
	}
	if (write->offset == GICR_WAKER_REG && width == 4)
		*asleep = write->value & GICR_WAKER_ASLEEP;
	return GIC_NOTHING;
}
