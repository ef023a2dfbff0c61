/* SPDX-License-Identifier: GPL-2.0 */
/* What the registers of a distributor are; for gic_read.c and gic_write.c only. */
#ifndef RUN_GIC_KINDS_H
#define RUN_GIC_KINDS_H

#include <run/gic.h>

#define GIC_WORD_BITS	32U
#define GIC_ROUTE_MASK	0xff00ffffffULL	/* affinity bits of IROUTER */

/*
 * The two low bits are the shift of arrays: the fields in them have 1 << shift bits for each id. Of
 * others they only tell the width of accesses. What a version of the GIC does not have is NONE.
 */
enum gic_kind {
	KIND_NONE	= 0,
	KIND_CONTROL	= 1 << 2,	/* 0x00 to 0x7f */
	KIND_GROUP	= 2 << 2,	/* GICv3 */
	KIND_ENABLE	= 3 << 2,
	KIND_DISABLE	= 4 << 2,
	KIND_BITS	= 5 << 2,	/* ones act on ids, zeros do nothing */
	KIND_CONFIG	= 6 << 2 | 1,
	KIND_PRIORITY	= 7 << 2 | 3,
	KIND_TARGETS	= 8 << 2 | 3,	/* GICv2 */
	KIND_SGI	= 9 << 2,	/* 0xf00 to 0xf7f, GICv2 */
	KIND_ROUTE	= 10 << 2 | 2,	/* 64 bits, from 0x6000 on, GICv3 */
	KIND_IDENTIFY	= 11 << 2,	/* the last 0x30 bytes of the frame */
};

#define KIND_SHIFT(kind) ((kind) & 3)

/*
 * What is at offset for accesses of this width; NONE: it does not have them, or they are not
 * aligned.
 */
enum gic_kind gic_kind_of(const struct gic_view *view, u32 offset, unsigned width);
/*
 * Owned bits of what an access of this width to fields at offset reaches, with 1 << shift bits for
 * each id.
 */
u64 gic_owned(const struct gic_view *view, u32 offset, unsigned width, unsigned shift);
/* Does the offset into a redistributor name an array of private ids? */
bool gic_is_array(u32 offset);

#endif
