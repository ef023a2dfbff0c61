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
#define TYPER_MASK	(~(BIT(8) | BIT(17) | BIT(18)) & 0x07ffffff)	/* no extended SPIs, no LPIs */
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

static enum kind kind_of(u32 offset)
{
	return offset < 0x1000 ? kinds[offset >> 7] : KIND_NONE;
}

/* Owned bits of the aligned word of fields at offset, with 1 << shift bits for each id. */
static u32 owned(const struct gic_view *view, u32 offset, unsigned shift)
{
	u32 id = (offset & ((0x80U << shift) - 1)) * 8 >> shift;
	u32 bits = view->ids[id / WORD_BITS] >> id % WORD_BITS, mask = 0;
	u32 field = (1U << (1U << shift)) - 1;

	if (shift == 0)
		return bits;
	for (unsigned at = 0; at < WORD_BITS; at += 1U << shift, bits >>= 1)
		if (bits & 1)
			mask |= field << at;
	return mask;
}

/* Owned bits of a byte or word of byte-wide fields. */
static u32 owned_bytes(const struct gic_view *view, u32 offset, unsigned width)
{
	u32 mask = owned(view, offset, 3);

	return width == 1 ? mask & 0xff : mask;
}

/* SPI whose route is at offset, 0: none of this cell. */
static u32 routed(const struct gic_view *view, u32 offset)
{
	u32 id = (offset - GICD_IROUTER_REG) / 8;

	return view->version == 3 && id >= GIC_FIRST_SPI && id < GIC_LIMIT && bitmap_test(view->ids, id) ? id : 0;
}

static struct gic_answer nothing(void)
{
	return (struct gic_answer){ 0, 0 };
}

static struct gic_answer hardware(u64 mask)
{
	return (struct gic_answer){ .mask = mask };
}

static struct gic_answer read_control(const struct gic_view *view, u32 offset)
{
	switch (offset) {
	case GICD_CTLR_REG:
		return (struct gic_answer){ .mask = view->version == 3 ? CTLR_MASK : 0,
					    .value = view->control };
	case GICD_TYPER_REG:
		return view->version == 3 ? (struct gic_answer){ TYPER_MASK & ~TYPER_NO_1_OF_N, TYPER_NO_1_OF_N }
					  : hardware(0xffffffff);
	case GICD_IIDR_REG:
		return hardware(0xffffffff);
	}
	return nothing();
}

/* Beyond the arrays: routes of 64 bits, and identification at the end of the page or of 64 KiB. */
static struct gic_answer read_high(const struct gic_view *view, u32 offset, unsigned width)
{
	if (offset >= 0xffd0)
		return hardware(view->version == 3 && width == 4 ? 0xffffffff : 0);
	if (offset < GICD_IROUTER_REG || !routed(view, offset))
		return nothing();
	return hardware(width == 8 ? IROUTER_MASK : offset & 4 ? IROUTER_MASK >> 32 : (u32)IROUTER_MASK);
}

struct gic_answer gic_read(const struct gic_view *view, u32 offset, unsigned width)
{
	enum kind kind = kind_of(offset);
	u32 mask;

	if (offset & (width - 1))
		return nothing();
	if (offset >= 0x1000)
		return width >= 4 ? read_high(view, offset, width) : nothing();
	if (width != 4 && (width != 1 || (kind != KIND_PRIORITY && kind != KIND_TARGETS)))
		return nothing();
	switch (kind) {
	case KIND_CONTROL:
		return read_control(view, offset);
	case KIND_GROUP:
		return (struct gic_answer){ 0, view->version == 3 ? owned(view, offset, 0) : 0 };
	case KIND_ENABLE: case KIND_DISABLE:
		mask = owned(view, offset, 0);
		if (view->on || !(offset & 0x7f))
			return hardware(mask);
		return (struct gic_answer){ 0, view->enabled[(offset & 0x7f) / 4] & mask };
	case KIND_BITS:
		return hardware(owned(view, offset, 0));
	case KIND_TARGETS:
		if (view->version == 3)
			break;
		return hardware(owned_bytes(view, offset, width));
	case KIND_PRIORITY:
		return hardware(owned_bytes(view, offset, width));
	case KIND_CONFIG:
		return hardware(owned(view, offset, 1));
	case KIND_IDENTIFY:
		return hardware(view->version == 2 && offset >= 0xfd0 ? 0xffffffff : 0);
	default:
		break;
	}
	return nothing();
}

static struct gic_decision ignore(void)
{
	return (struct gic_decision){ .act = GIC_NOTHING };
}

static struct gic_decision write_word(u32 offset, u64 value)
{
	return (struct gic_decision){ .act = value ? GIC_WRITE : GIC_NOTHING, .offset = offset, .value = value };
}

/* Group enables are remembered; the bit that counts is the one of the group the guest's ids are in. */
static struct gic_decision write_control(struct gic_view *view, u32 offset, u32 value)
{
	u32 id = value & (GIC_IDS - 1);
	bool was = view->on;

	switch (offset) {
	case GICD_CTLR_REG:
		view->control = value & (GICD_CTLR_GROUP0 | GICD_CTLR_GROUP1);
		view->on = value & (view->version == 3 ? GICD_CTLR_GROUP1 : GICD_CTLR_GROUP0);
		if (was != view->on)
			return (struct gic_decision){ .act = GIC_SWITCH };
		break;
	case GICD_SETSPI_REG: case GICD_CLRSPI_REG:
		if (view->version == 3 && id >= GIC_FIRST_SPI && id < GIC_LIMIT && bitmap_test(view->ids, id))
			return (struct gic_decision){ .act = GIC_WRITE, .offset = offset, .value = id };
		break;
	}
	return ignore();
}

static struct gic_decision write_enable(struct gic_view *view, u32 offset, u32 bits, bool enable)
{
	u32 *enabled = &view->enabled[(offset & 0x7f) / 4];

	if (offset & 0x7f)
		*enabled = enable ? *enabled | bits : *enabled & ~bits;
	if (enable && !view->on && offset & 0x7f)
		return ignore();
	return write_word(offset, bits);
}

static struct gic_decision write_bytes(u32 offset, u32 mask, u32 value)
{
	return (struct gic_decision){
		.act = mask ? GIC_BYTES : GIC_NOTHING, .offset = offset, .mask = mask, .value = value & mask,
	};
}

/* Each byte at least the highest priority of guests. */
static u32 clamp(u32 value)
{
	for (unsigned at = 0; at < WORD_BITS; at += 8)
		if (!(value >> at & 0xff & ~(GIC_PRIORITY_GUEST - 1U)))
			value = (value & ~(0xffU << at)) | (u32)GIC_PRIORITY_GUEST << at;
	return value;
}

/* Targets of private ids are fixed (IHI 0048, 4.3.12). */
static struct gic_decision write_targets(const struct gic_view *view, u32 offset, unsigned width, u32 value)
{
	if (view->version == 3 || offset < GICD_ITARGETSR_REG + GIC_FIRST_SPI)
		return ignore();
	return write_bytes(offset, owned_bytes(view, offset, width), value & view->interfaces * 0x01010101U);
}

/* GICD_SGIR becomes one with a list, or clears and sets pending SGIs of the CPU itself. */
static struct gic_decision write_sgi(const struct gic_view *view, u32 offset, u32 value, u8 self)
{
	const u32 lists[4] = { SGIR_LIST(value), (u8)~self, self, 0 };
	u32 list = lists[SGIR_FILTER(value)] & view->interfaces;

	if (view->version == 3)
		return ignore();
	if (offset >= GICD_SGIR_REG + 0x10 && offset < GICD_SGIR_REG + 0x30)
		return write_word(offset, value & owned(view, offset & 0xf, 3));
	if (offset != GICD_SGIR_REG || !list || !bitmap_test(view->ids, value & 15))
		return ignore();
	return write_word(offset, list << 16 | (value & 15));
}

/* A whole route, or its low half as 32-bit guests write it: then Aff3 is 0, and the high half is ignored. */
static struct gic_decision write_route(const struct gic_view *view, u32 offset, unsigned width, u64 value)
{
	if (width < 4 || offset & 4 || offset < GICD_IROUTER_REG || !routed(view, offset))
		return ignore();
	if (value & IROUTER_MODE || !gic_map_has(view->map, view->cell, value))
		return ignore();
	return (struct gic_decision){ .act = GIC_WRITE, .offset = offset, .value = value & IROUTER_MASK };
}

struct gic_decision gic_write(struct gic_view *view, u32 offset, unsigned width, u64 wide, u8 self)
{
	enum kind kind = kind_of(offset);
	u32 value = (u32)wide, mask;

	if (offset & (width - 1))
		return ignore();
	if (offset >= 0x1000)
		return write_route(view, offset, width, width == 4 ? value : wide);
	if (width != 4 && (width != 1 || (kind != KIND_PRIORITY && kind != KIND_TARGETS)))
		return ignore();
	switch (kind) {
	case KIND_CONTROL:
		return write_control(view, offset, value);
	case KIND_ENABLE: case KIND_DISABLE:
		return write_enable(view, offset, value & owned(view, offset, 0), kind == KIND_ENABLE);
	case KIND_BITS:
		return write_word(offset, value & owned(view, offset, 0));
	case KIND_PRIORITY:
		return write_bytes(offset, owned_bytes(view, offset, width), clamp(value));
	case KIND_TARGETS:
		return write_targets(view, offset, width, value);
	case KIND_CONFIG:
		mask = owned(view, offset, 1);
		return (struct gic_decision){
			.act = mask ? GIC_MERGE : GIC_NOTHING, .offset = offset, .mask = mask,
			.value = value & mask,
		};
	case KIND_SGI:
		return write_sgi(view, offset, value, self);
	default:
		return ignore();
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
	return offset >= GICR_SGI_FRAME + GICD_IGROUPR_REG && offset < GICR_SGI_FRAME + 0x1000;
}

struct gic_answer gic_redist_read(const struct gic_view *view, u32 offset, unsigned width, bool own,
				  bool asleep)
{
	if (is_array(offset))
		return own ? gic_read(view, offset - GICR_SGI_FRAME, width) : nothing();
	if (width < 4 || offset & (width - 1))
		return nothing();
	switch (offset) {
	case GICR_TYPER_REG:
		return hardware(width == 8 ? REDIST_TYPER_MASK : (u32)REDIST_TYPER_MASK);
	case GICR_TYPER_REG + 4:
		return hardware(REDIST_TYPER_MASK >> 32);
	case GICR_CTLR_REG:
		return hardware(own ? REDIST_CTLR_MASK : 0);
	case GICR_WAKER_REG:
		return (struct gic_answer){ 0, own && asleep ? GICR_WAKER_ASLEEP : 0 };
	}
	return hardware(width == 4 && (offset == GICR_IIDR_REG || (offset >= 0xffd0 && offset < 0x10000)) ?
			0xffffffff : 0);
}

struct gic_decision gic_redist_write(struct gic_view *view, u32 offset, unsigned width, u32 value,
				     bool *asleep)
{
	if (is_array(offset))
		return gic_write(view, offset - GICR_SGI_FRAME, width, value, 0);
	if (offset == GICR_WAKER_REG && width == 4)
		*asleep = value & GICR_WAKER_ASLEEP;
	return ignore();
}
