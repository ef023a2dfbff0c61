// SPDX-License-Identifier: GPL-2.0
/* What a guest's writes to distributor and redistributors become; see gic.c. */
#include <base/bits.h>
#include <base/string.h>
#include <run/gic_kinds.h>

#define IROUTER_MODE	BIT(31)		/* to any CPU: no cell may */

#define SGIR_FILTER(value)	((value) >> 24 & 3)
#define SGIR_LIST(value)	((value) >> 16 & 0xff)

/* Ones to these bits, if any. */
static enum gic_act write_bits(struct gic_write *write, u32 bits)
{
	write->value &= bits;
	return write->value ? GIC_WRITE : GIC_NOTHING;
}

/*
 * Group enables are remembered; the bit that counts is the one of the group the guest's ids are in.
 */
static enum gic_act write_control(struct gic_view *view, struct gic_write *write)
{
	bool was = view->on;

	if (write->offset == GICD_SETSPI_REG || write->offset == GICD_CLRSPI_REG) {
		write->value &= GIC_IDS - 1;
		return gic_own_spi(view, (u32)write->value) ? GIC_WRITE : GIC_NOTHING;
	}
	if (write->offset != GICD_CTLR_REG)
		return GIC_NOTHING;
	view->control = write->value & (GICD_CTLR_GROUP0 | GICD_CTLR_GROUP1);
	view->on = view->control & (view->version == 3 ? GICD_CTLR_GROUP1 : GICD_CTLR_GROUP0);
	return was == view->on ? GIC_NOTHING : GIC_SWITCH;
}

static enum gic_act write_enable(struct gic_view *view, struct gic_write *write, bool enable)
{
	u32 bits = (u32)write->value & gic_owned(view, write->offset, 0),
	    word = (write->offset & 0x7f) / 4;

	if (word && bits) {
		view->enabled[word] = (view->enabled[word] & ~bits) | (enable ? bits : 0);
		if (enable && !view->on)
			return GIC_NOTHING;
	}
	return write_bits(write, bits);
}

/* The owned fields of a word; those of bytes can be written one by one. */
static enum gic_act write_fields(struct gic_write *write, u32 mask, enum gic_act act)
{
	write->mask = mask;
	write->value &= mask;
	return mask ? act : GIC_NOTHING;
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
static enum gic_act write_sgi(const struct gic_view *view, struct gic_write *write, u8 self)
{
	u32 value = (u32)write->value, list = SGIR_LIST(value);

	if (view->version == 3)
		return GIC_NOTHING;
	if (write->offset != GICD_SGIR_REG)
		return write->offset >= GICD_CPENDSGIR_REG &&
				       write->offset < GICD_SPENDSGIR_REG + 0x10
			       ? write_bits(write, gic_owned(view, write->offset & 0xf, 3))
			       : GIC_NOTHING;
	if (SGIR_FILTER(value))
		list = SGIR_FILTER(value) == 1 ? (u8)~self : SGIR_FILTER(value) == 2 ? self : 0;
	list &= view->interfaces;
	write->value = list << 16 | (value & 15);
	return list && bitmap_test(view->ids, value & 15) ? GIC_WRITE : GIC_NOTHING;
}

/*
 * A whole route, or its low half as 32-bit guests write it: then Aff3 is 0, and the high half is
 * ignored.
 */
static enum gic_act write_route(const struct gic_view *view, struct gic_write *write)
{
	if (write->offset & 4 || !gic_own_spi(view, (write->offset - GICD_IROUTER_REG) / 8) ||
	    write->value & IROUTER_MODE || !gic_map_has(view->map, view->cell, write->value))
		return GIC_NOTHING;
	write->value &= GIC_ROUTE_MASK;
	return GIC_WRITE;
}

enum gic_act gic_write(struct gic_view *view, struct gic_write *write, unsigned width, u8 self)
{
	enum gic_kind kind = gic_kind_of(write->offset, width);

	if (width < 8)
		write->value = (u32)write->value;
	switch (kind) {
	case KIND_CONTROL:
		return write_control(view, write);
	case KIND_ENABLE: case KIND_DISABLE:
		return write_enable(view, write, kind == KIND_ENABLE);
	case KIND_BITS:
		return write_bits(write, gic_owned(view, write->offset, 0));
	case KIND_TARGETS:	/* those of private ids are fixed (IHI 0048, 4.3.12) */
		if (view->version == 3 || write->offset < GICD_ITARGETSR_REG + GIC_FIRST_SPI)
			return GIC_NOTHING;
		write->value &= view->interfaces * 0x01010101U;
		return write_fields(write, gic_owned_bytes(view, write->offset, width), GIC_BYTES);
	case KIND_PRIORITY:
		write->value = clamp((u32)write->value);
		return write_fields(write, gic_owned_bytes(view, write->offset, width), GIC_BYTES);
	case KIND_CONFIG:
		return write_fields(write, gic_owned(view, write->offset, 1), GIC_MERGE);
	case KIND_SGI:
		return write_sgi(view, write, self);
	case KIND_ROUTE:
		return write_route(view, write);
	default:
		return GIC_NOTHING;
	}
}

void gic_start(struct gic_view *view)
{
	memset(view->enabled, 0, sizeof(view->enabled));
	view->on = true;
	view->control = view->version == 3 ? GICD_CTLR_GROUP1 : GICD_CTLR_GROUP0;
}

void gic_grant(struct gic_view *view, const u32 ids[GIC_WORDS], u32 changed[GIC_WORDS])
{
	for (unsigned i = 0; i < GIC_WORDS; i++) {
		u32 left_out = i == 0		    ? 1U << GIC_KICK
			       : i == GIC_WORDS - 1 ? ~0U << GIC_LIMIT % GIC_WORD_BITS
						    : 0;

		changed[i] = (ids[i] & ~left_out) ^ view->ids[i];
		view->ids[i] ^= changed[i];
		view->enabled[i] &= ~changed[i];
	}
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
