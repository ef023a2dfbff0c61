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
#define REDIST_TYPER_MASK                                                                          \
	0xffffffff00ffff12ULL /* affinity, number, Last, and VLPIS for the stride */

#define REDIST_CTLR_MASK (GICR_CTLR_RWP | BIT(31))

/* By offset / 0x80. */
static const u8 kinds[32] = {
	[0] = KIND_CONTROL, [1] = KIND_GROUP, [2] = KIND_ENABLE, [3] = KIND_DISABLE,
	[4 ... 7] = KIND_BITS,
	[8 ... 15] = KIND_PRIORITY,
	[16 ... 23] = KIND_TARGETS,
	[24 ... 25] = KIND_CONFIG,
	[30] = KIND_SGI, [31] = KIND_IDENTIFY,
};

u32 gic_owned(const struct gic_view *view, u32 offset, unsigned shift)
{
	u32 id = (offset & ((0x80U << shift) - 1)) * 8 >> shift;
	u32 bits = view->ids[id / GIC_WORD_BITS] >> id % GIC_WORD_BITS, mask = 0;
	u32 field = (1U << (1U << shift)) - 1;

	if (shift == 0)
		return bits;
	for (; field; field <<= 1U << shift, bits >>= 1)
		if (bits & 1)
			mask |= field;
	return mask;
}

u32 gic_owned_bytes(const struct gic_view *view, u32 offset, unsigned width)
{
	u32 mask = gic_owned(view, offset, 3);

	return width == 1 ? (u8)mask : mask;
}

bool gic_own_spi(const struct gic_view *view, u32 id)
{
	return view->version == 3 && id - GIC_FIRST_SPI < GIC_LIMIT - GIC_FIRST_SPI &&
	       bitmap_test(view->ids, id);
}

enum gic_kind gic_kind_of(u32 offset, unsigned width)
{
	enum gic_kind kind = kinds[offset >> 7 & 31];

	if (offset >= 0x1000)
		kind = offset >= 0xffd0		    ? KIND_IDENTIFY_V3
		       : offset >= GICD_IROUTER_REG ? KIND_ROUTE
						    : KIND_NONE;
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
	if (view->on && width == 4 &&
	    offset - GICD_ISENABLER_REG < GICD_IPRIORITYR_REG - GICD_ISENABLER_REG)
		return offset & 3 ? 0 : view->ids[word];
	switch (gic_kind_of(offset, width)) {
	case KIND_CONTROL:
		return read_control(view, offset, value);
	case KIND_ENABLE: case KIND_DISABLE:
		if (!view->on && word) {
			*value = view->enabled[word];
			return 0;
		}	/* fall through */
	case KIND_BITS:
		return gic_owned(view, offset, 0);
	case KIND_GROUP:
		*value = view->version == 3 ? gic_owned(view, offset, 0) : 0;
		return 0;
	case KIND_TARGETS:
		return view->version == 2 ? gic_owned_bytes(view, offset, width) : 0;
	case KIND_PRIORITY:
		return gic_owned_bytes(view, offset, width);
	case KIND_CONFIG:
		return gic_owned(view, offset, 1);
	case KIND_ROUTE:
		if (!gic_own_spi(view, (offset - GICD_IROUTER_REG) / 8))
			return 0;
		return width == 8   ? GIC_ROUTE_MASK
		       : offset & 4 ? GIC_ROUTE_MASK >> 32
				    : (u32)GIC_ROUTE_MASK;
	case KIND_IDENTIFY:
		return view->version == 2 && offset >= 0xfd0 ? 0xffffffff : 0;
	case KIND_IDENTIFY_V3:
		return view->version == 3 ? 0xffffffff : 0;
	default:
		return 0;
	}
}

bool gic_is_array(u32 offset)
{
	return offset - (GICR_SGI_FRAME + GICD_IGROUPR_REG) < 0x1000 - GICD_IGROUPR_REG;
}

u64 gic_redist_read(const struct gic_view *view, u32 offset, unsigned width, bool own, bool asleep,
		    u64 *value)
{
	if (gic_is_array(offset))
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
