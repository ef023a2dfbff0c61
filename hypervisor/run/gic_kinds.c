// SPDX-License-Identifier: GPL-2.0
/*
 * Which kind of register is where, and what a cell owns of it. Registers are arrays with 1, 2, 8 or
 * 64 bits for each interrupt id, so that what a cell owns of a word is computed the same way for all
 * of them. What is not in the table reads as zero and ignores writes: secure-only and extended
 * registers, message interrupts through an ITS (LPIs).
 */
#include <run/gic_kinds.h>

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

u64 gic_owned(const struct gic_view *view, u32 offset, unsigned width, unsigned shift)
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

bool gic_is_array(u32 offset)
{
	return offset - (GICR_SGI_FRAME + GICD_IGROUPR_REG) < 0x1000 - GICD_IGROUPR_REG;
}
