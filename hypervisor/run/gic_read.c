// SPDX-License-Identifier: GPL-2.0
/* What a guest's reads of distributor and redistributors give. */
#include <base/bits.h>
#include <run/gic_kinds.h>

/* Bits a cell sees of registers that are the machine's as a whole. */
#define CTLR_MASK	(GICD_CTLR_ARE | GICD_CTLR_DS | GICD_CTLR_RWP)
#define TYPER_MASK                                                                                 \
	(~(BIT(8) | BIT(9) | BIT(17) | BIT(18) | BIT(25)) & 0x07ffffff) /* no extended SPIs, NMIs, LPIs */
#define TYPER_NO_1_OF_N	BIT(25)
#define REDIST_CTLR_MASK (GICR_CTLR_RWP | BIT(31))

/* Each of these gives the bits to take from the hardware; what is known without is in *value. */
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

/* While the distributor is off, what the cell has enabled is not in the hardware. */
static u64 read_enable(const struct gic_view *view, u32 offset, u64 owned, u64 *value)
{
	unsigned word = (offset & 0x7f) / 4;

	if (view->on || !word)
		return owned;
	*value = view->enabled[word];
	return 0;
}

static u64 read_route(const struct gic_view *view, u32 offset)
{
	if (!gic_own_spi(view, (offset - GICD_IROUTER_REG) / 8))
		return 0;
	return GIC_ROUTE_MASK >> (offset & 4) * 8;
}

static u64 read_kind(const struct gic_view *view, enum gic_kind kind, u32 offset, u64 owned,
		     u64 *value)
{
	switch (kind) {
	case KIND_CONTROL:
		return read_control(view, offset, value);
	case KIND_ENABLE: case KIND_DISABLE:
		return read_enable(view, offset, owned, value);
	case KIND_GROUP:
		*value = owned;
		return 0;
	case KIND_BITS: case KIND_CONFIG: case KIND_PRIORITY: case KIND_TARGETS:
		return owned;
	case KIND_ROUTE:
		return read_route(view, offset);
	case KIND_IDENTIFY:
		return (offset & 0xfff) >= 0xfd0 ? 0xffffffff : 0;
	default:
		return 0;
	}
}

u64 gic_read(const struct gic_view *view, u32 offset, unsigned width, u64 *value)
{
	enum gic_kind kind;

	/* Enable bits and the like, without a detour. */
	if (view->on && width == 4 &&
	    offset - GICD_ISENABLER_REG < GICD_IPRIORITYR_REG - GICD_ISENABLER_REG)
		return offset & 3 ? 0 : view->ids[(offset & 0x7f) / 4];
	kind = gic_kind_of(view, offset, width);
	return read_kind(view, kind, offset, gic_owned(view, offset, width, KIND_SHIFT(kind)), value);
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
