// SPDX-License-Identifier: GPL-2.0
/*
 * The GIC filter. Registers are arrays with 1, 2, 8 or 64 bits for each interrupt id, so that what a
 * cell owns of a word is computed the same way for all of them. What is not in the table reads as zero
 * and ignores writes: secure-only and extended registers, message interrupts through an ITS (LPIs).
 *
 * A guest's interrupts are all in group 1; switching the distributor off withholds the cell's own SPIs.
 */
#include <base/bits.h>
#include <run/gic.h>

#define WORD_BITS 32U

/* Bits a cell sees of registers that are the machine's as a whole. */
#define CTLR_MASK	(GICD_CTLR_ARE | GICD_CTLR_DS | GICD_CTLR_RWP)
#define TYPER_MASK	(~(BIT(8) | BIT(17) | BIT(18) | BIT(25)) & 0x07ffffff) /* no extended SPIs, no LPIs */
#define TYPER_NO_1_OF_N	BIT(25)
#define REDIST_TYPER_MASK 0xffffffff00ffff12ULL	/* affinity, number, Last, and VLPIS for the stride */

#define REDIST_CTLR_MASK (GICR_CTLR_RWP | BIT(31))

#define IROUTER_MODE	BIT(31)		/* to any CPU: no cell may */
#define IROUTER_MASK	0xff00ffffffULL

#define SGIR_FILTER(value)	((value) >> 24 & 3)
#define SGIR_LIST(value)	((value) >> 16 & 0xff)

enum kind {
	KIND_NONE,
	KIND_CONTROL,	/* 0x00 to 0x7f */
	KIND_GROUP,
	KIND_ENABLE,
	KIND_DISABLE,
	KIND_BITS,	/* ones act on ids, zeros do nothing */
	KIND_PRIORITY,
	KIND_TARGETS,
	KIND_CONFIG,
	KIND_SGI,	/* 0xf00 to 0xf7f, GICv2 */
	KIND_IDENTIFY,	/* 0xf80 to 0xfff, GICv2 */
	KIND_ROUTE,	/* 64 bits, from 0x6000 on, GICv3 */
	KIND_IDENTIFY_V3, /* 0xffd0 to 0xffff */
};

/* By offset / 0x80. */
static const u8 kinds[32] = {
	[0] = KIND_CONTROL, [1] = KIND_GROUP, [2] = KIND_ENABLE, [3] = KIND_DISABLE,
	[4 ... 7] = KIND_BITS,
	[8 ... 15] = KIND_PRIORITY,
	[16 ... 23] = KIND_TARGETS,
	[24 ... 25] = KIND_CONFIG,
	[30] = KIND_SGI, [31] = KIND_IDENTIFY,
};

/* Owned bits of the aligned word of fields at offset, with 1 << shift bits for each id. */
static u32 owned(const struct gic_view *view, u32 offset, unsigned shift)
{
	u32 id = (offset & ((0x80U << shift) - 1)) * 8 >> shift;
	u32 bits = view->ids[id / WORD_BITS] >> id % WORD_BITS, mask = 0;
	u32 field = (1U << (1U << shift)) - 1;

	if (shift == 0)
		return bits;
	for (; field; field <<= 1U << shift, bits >>= 1)
		if (bits & 1)
			mask |= field;
	return mask;
}

/* Owned bits of a byte or word of byte-wide fields. */
static u32 owned_bytes(const struct gic_view *view, u32 offset, unsigned width)
{
	u32 mask = owned(view, offset, 3);

	return width == 1 ? (u8)mask : mask;
}

static bool is_own_spi(const struct gic_view *view, u32 id)
{
	return view->version == 3 && id - GIC_FIRST_SPI < GIC_LIMIT - GIC_FIRST_SPI && bitmap_test(view->ids, id);
}

/* What a register is for accesses of this width; NONE: it does not have them, or they are not aligned. */
static enum kind kind_of(u32 offset, unsigned width)
{
	enum kind kind = kinds[offset >> 7 & 31];

	if (offset >= 0x1000)
		kind = offset >= 0xffd0 ? KIND_IDENTIFY_V3 : offset >= GICD_IROUTER_REG ? KIND_ROUTE : KIND_NONE;
	if (width == 4)
		return offset & 3 ? KIND_NONE : kind;
	if (width == 8 ? kind == KIND_ROUTE && !(offset & 7)
		       : width == 1 && (kind == KIND_PRIORITY || kind == KIND_TARGETS))
		return kind;
	return KIND_NONE;
}

static u64 read_control(const struct gic_view *view, u32 offset, u64 *value)
{
	if (offset == GICD_CTLR_REG)
		*value = view->control;
	else if (offset == GICD_TYPER_REG && view->version == 3)
		*value = TYPER_NO_1_OF_N;
	else
		return offset <= GICD_IIDR_REG ? 0xffffffff : 0;
	return view->version == 2 ? 0 : offset ? TYPER_MASK : CTLR_MASK;
}

u64 gic_read(const struct gic_view *view, u32 offset, unsigned width, u64 *value)
{
	unsigned word = (offset & 0x7f) / 4;

	/* Enable bits and the like, without a detour. */
	if (view->on && width == 4 && offset - GICD_ISENABLER_REG < GICD_IPRIORITYR_REG - GICD_ISENABLER_REG)
		return offset & 3 ? 0 : view->ids[word];
	switch (kind_of(offset, width)) {
	case KIND_CONTROL:
		return read_control(view, offset, value);
	case KIND_ENABLE: case KIND_DISABLE:
		if (!view->on && word) {
			*value = view->enabled[word];
			return 0;
		}	/* fall through */
	case KIND_BITS:
		return owned(view, offset, 0);
	case KIND_GROUP:
		*value = view->version == 3 ? owned(view, offset, 0) : 0;
		return 0;
	case KIND_TARGETS:
		return view->version == 2 ? owned_bytes(view, offset, width) : 0;
	case KIND_PRIORITY:
		return owned_bytes(view, offset, width);
	case KIND_CONFIG:
		return owned(view, offset, 1);
	case KIND_ROUTE:
		if (!is_own_spi(view, (offset - GICD_IROUTER_REG) / 8))
			return 0;
		return width == 8 ? IROUTER_MASK : offset & 4 ? IROUTER_MASK >> 32 : (u32)IROUTER_MASK;
	case KIND_IDENTIFY:
		return view->version == 2 && offset >= 0xfd0 ? 0xffffffff : 0;
	case KIND_IDENTIFY_V3:
		return view->version == 3 ? 0xffffffff : 0;
	default:
		return 0;
	}
}

/* Ones to these bits, if any. */
static enum gic_act write_bits(struct gic_write *write, u32 bits)
{
	write->value &= bits;
	return write->value ? GIC_WRITE : GIC_NOTHING;
}

/* Group enables are remembered; the bit that counts is the one of the group the guest's ids are in. */
static enum gic_act write_control(struct gic_view *view, struct gic_write *write)
{
	bool was = view->on;

	if (write->offset == GICD_SETSPI_REG || write->offset == GICD_CLRSPI_REG) {
		write->value &= GIC_IDS - 1;
		return is_own_spi(view, (u32)write->value) ? GIC_WRITE : GIC_NOTHING;
	}
	if (write->offset != GICD_CTLR_REG)
		return GIC_NOTHING;
	view->control = write->value & (GICD_CTLR_GROUP0 | GICD_CTLR_GROUP1);
	view->on = view->control & (view->version == 3 ? GICD_CTLR_GROUP1 : GICD_CTLR_GROUP0);
	return was == view->on ? GIC_NOTHING : GIC_SWITCH;
}

static enum gic_act write_enable(struct gic_view *view, struct gic_write *write, bool enable)
{
	u32 bits = (u32)write->value & owned(view, write->offset, 0), word = (write->offset & 0x7f) / 4;

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

/* GICD_SGIR becomes one with a list; behind it are bits that clear or set an SGI of the CPU itself. */
static enum gic_act write_sgi(const struct gic_view *view, struct gic_write *write, u8 self)
{
	u32 value = (u32)write->value, list = SGIR_LIST(value);

	if (view->version == 3)
		return GIC_NOTHING;
	if (write->offset != GICD_SGIR_REG)
		return write->offset >= GICD_CPENDSGIR_REG && write->offset < GICD_SPENDSGIR_REG + 0x10
		       ? write_bits(write, owned(view, write->offset & 0xf, 3)) : GIC_NOTHING;
	if (SGIR_FILTER(value))
		list = SGIR_FILTER(value) == 1 ? (u8)~self : SGIR_FILTER(value) == 2 ? self : 0;
	list &= view->interfaces;
	write->value = list << 16 | (value & 15);
	return list && bitmap_test(view->ids, value & 15) ? GIC_WRITE : GIC_NOTHING;
}

/* A whole route, or its low half as 32-bit guests write it: then Aff3 is 0, and the high half is ignored. */
static enum gic_act write_route(const struct gic_view *view, struct gic_write *write)
{
	if (write->offset & 4 || !is_own_spi(view, (write->offset - GICD_IROUTER_REG) / 8) ||
	    write->value & IROUTER_MODE || !gic_map_has(view->map, view->cell, write->value))
		return GIC_NOTHING;
	write->value &= IROUTER_MASK;
	return GIC_WRITE;
}

enum gic_act gic_write(struct gic_view *view, struct gic_write *write, unsigned width, u8 self)
{
	enum kind kind = kind_of(write->offset, width);

	if (width < 8)
		write->value = (u32)write->value;
	switch (kind) {
	case KIND_CONTROL:
		return write_control(view, write);
	case KIND_ENABLE: case KIND_DISABLE:
		return write_enable(view, write, kind == KIND_ENABLE);
	case KIND_BITS:
		return write_bits(write, owned(view, write->offset, 0));
	case KIND_TARGETS:	/* those of private ids are fixed (IHI 0048, 4.3.12) */
		if (view->version == 3 || write->offset < GICD_ITARGETSR_REG + GIC_FIRST_SPI)
			return GIC_NOTHING;
		write->value &= view->interfaces * 0x01010101U;
		return write_fields(write, owned_bytes(view, write->offset, width), GIC_BYTES);
	case KIND_PRIORITY:
		write->value = clamp((u32)write->value);
		return write_fields(write, owned_bytes(view, write->offset, width), GIC_BYTES);
	case KIND_CONFIG:
		return write_fields(write, owned(view, write->offset, 1), GIC_MERGE);
	case KIND_SGI:
		return write_sgi(view, write, self);
	case KIND_ROUTE:
		return write_route(view, write);
	default:
		return GIC_NOTHING;
	}
}

void gic_grant(struct gic_view *view, const u32 ids[GIC_WORDS], u32 changed[GIC_WORDS])
{
	for (unsigned i = 0; i < GIC_WORDS; i++) {
		u32 left_out = i == 0 ? 1U << GIC_KICK : i == GIC_WORDS - 1 ? ~0U << GIC_LIMIT % WORD_BITS : 0;

		changed[i] = (ids[i] & ~left_out) ^ view->ids[i];
		view->ids[i] ^= changed[i];
		view->enabled[i] &= ~changed[i];
	}
}

static bool is_array(u32 offset)
{
	return offset - (GICR_SGI_FRAME + GICD_IGROUPR_REG) < 0x1000 - GICD_IGROUPR_REG;
}

u64 gic_redist_read(const struct gic_view *view, u32 offset, unsigned width, bool own, bool asleep,
		    u64 *value)
{
	if (is_array(offset))
		return own ? gic_read(view, offset - GICR_SGI_FRAME, width, value) : 0;
	if (offset == GICR_TYPER_REG && width == 8)
		return REDIST_TYPER_MASK;
	if (width != 4 || offset & 3)
		return 0;
	switch (offset) {
	case GICR_TYPER_REG:
		return (u32)REDIST_TYPER_MASK;
	case GICR_TYPER_REG + 4: case GICR_IIDR_REG:
		return 0xffffffff;
	case GICR_CTLR_REG:
		return own ? REDIST_CTLR_MASK : 0;
	case GICR_WAKER_REG:
		*value = own && asleep ? GICR_WAKER_ASLEEP : 0;
		return 0;
	}
	return offset >= 0xffd0 && offset < GICR_SGI_FRAME ? 0xffffffff : 0;
}

enum gic_act gic_redist_write(struct gic_view *view, struct gic_write *write, unsigned width, bool *asleep)
{
	if (is_array(write->offset)) {
		write->offset -= GICR_SGI_FRAME;
		return gic_write(view, write, width, 0);
	}
	if (write->offset == GICR_WAKER_REG && width == 4)
		*asleep = write->value & GICR_WAKER_ASLEEP;
	return GIC_NOTHING;
}
