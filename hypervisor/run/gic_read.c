// SPDX-License-Identifier: GPL-2.0
/*
 * The GIC filter. Registers are arrays with 1, 2, 8 or 64 bits for each interrupt id, so that what
 * a cell owns of a word is computed the same way for all of them. What is not in the table reads as
 * zero and ignores writes: secure-only and extended registers, message interrupts through an ITS
 * (LPIs).
 *
 * A guest's interrupts are all in group 1; switching the distributor off withholds the cell's own
 * SPIs.
 */
#include <base/bits.h>
#include <run/gic_kinds.h>

/* Bits a cell sees of registers that are the machine's as a whole. */
#define CTLR_MASK	(GICD_CTLR_ARE | GICD_CTLR_DS | GICD_CTLR_RWP)
#define TYPER_MASK                                                                                 \
	(~(BIT(8) | BIT(17) | BIT(18) | BIT(25)) & 0x07ffffff) /* no extended SPIs, no LPIs */
#define TYPER_NO_1_OF_N	BIT(25)
#define REDIST_CTLR_MASK (GICR_CTLR_RWP | BIT(31))

/* By offset / 0x80: the kind, and which versions have it. */
#define IN(version)	(0x10 << (version))
#define IN_BOTH		(IN(2) | IN(3))
static const u8 kinds[32] = {
	[0] = IN_BOTH | KIND_CONTROL,
	[1] = IN(3) | KIND_GROUP,
	[2] = IN_BOTH | KIND_ENABLE,
	[3] = IN_BOTH | KIND_DISABLE,
	[4 ... 7] = IN_BOTH | KIND_BITS,
	[8 ... 15] = IN_BOTH | KIND_PRIORITY,
	[16 ... 23] = IN(2) | KIND_TARGETS,
	[24 ... 25] = IN_BOTH | KIND_CONFIG,
	[30] = IN(2) | KIND_SGI,
	[31] = IN(2) | KIND_IDENTIFY,
};

/* Widths of accesses, by KIND_SHIFT. */
static const u8 widths[4] = { 4, 4, 4 | 8, 4 | 1 };

u32 gic_owned(const struct gic_view *view, u32 offset, unsigned width, unsigned shift)
{
	u32 id = (offset & ((0x80U << shift) - 1)) * 8 >> shift;
	u32 bits = view->ids[id / GIC_WORD_BITS] >> id % GIC_WORD_BITS, mask = 0;
	u32 field = (1U << (1U << shift)) - 1;

	if (shift == 0)
		return bits;
	for (; field; field <<= 1U << shift, bits >>= 1)
		if (bits & 1)
			mask |= field;
	return width == 1 ? (u8)mask : mask;
}

bool gic_own_spi(const struct gic_view *view, u32 id)
{
	return id - GIC_FIRST_SPI < GIC_LIMIT - GIC_FIRST_SPI && bitmap_test(view->ids, id);
}

enum gic_kind gic_kind_of(const struct gic_view *view, u32 offset, unsigned width)
{
	/* No route of an SPI lies before IROUTER. */
	unsigned row = offset < 0x1000	 ? kinds[offset >> 7]
		       : offset < 0xffd0 ? IN(3) | KIND_ROUTE
					 : IN(3) | KIND_IDENTIFY;
	enum gic_kind kind = row & 0x3f;

	return width & widths[KIND_SHIFT(kind)] && !(offset & (width - 1)) && row & IN(view->version)
		       ? kind
		       : KIND_NONE;
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
	enum gic_kind kind;
	u32 owned;

	/* Enable bits and the like, without a detour. */
	if (view->on && width == 4 &&
	    offset - GICD_ISENABLER_REG < GICD_IPRIORITYR_REG - GICD_ISENABLER_REG)
		return offset & 3 ? 0 : view->ids[word];
	kind = gic_kind_of(view, offset, width);
	owned = gic_owned(view, offset, width, KIND_SHIFT(kind));
	switch (kind) {
	case KIND_CONTROL:
		return read_control(view, offset, value);
	case KIND_ENABLE: case KIND_DISABLE:
		if (view->on || !word)
			return owned;
		*value = view->enabled[word];
		return 0;
	case KIND_GROUP:
		*value = owned;
		return 0;
	case KIND_BITS: case KIND_CONFIG: case KIND_PRIORITY: case KIND_TARGETS:
		return owned;
	case KIND_ROUTE:
		if (!gic_own_spi(view, (offset - GICD_IROUTER_REG) / 8))
			return 0;
		return GIC_ROUTE_MASK >> (offset & 4) * 8;
	case KIND_IDENTIFY:
		return (offset & 0xfff) >= 0xfd0 ? 0xffffffff : 0;
	default:
		return 0;
	}
}

bool gic_is_array(u32 offset)
{
	return offset - (GICR_SGI_FRAME + GICD_IGROUPR_REG) < 0x1000 - GICD_IGROUPR_REG;
}

u64 gic_redist_read(const struct gic_view *view, u32 offset, unsigned width, const bool *asleep,
		    u64 *value)
{
	if (gic_is_array(offset))
		return asleep ? gic_read(view, offset - GICR_SGI_FRAME, width, value) : 0;
	if (width != 4 || offset & 3)
		return 0;
	if (offset == GICR_IIDR_REG || offset - 0xffd0 < GICR_SGI_FRAME - 0xffd0)
		return 0xffffffff;
	if (!asleep)
		return 0;
	if (offset == GICR_WAKER_REG && *asleep)
		*value = GICR_WAKER_ASLEEP;
	return offset == GICR_CTLR_REG ? REDIST_CTLR_MASK : 0;
}
