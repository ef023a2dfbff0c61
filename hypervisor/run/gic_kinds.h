/* SPDX-License-Identifier: GPL-2.0 */
/* What the registers of a distributor are; for the two sides of the filter only. */
#ifndef RUN_GIC_KINDS_H
#define RUN_GIC_KINDS_H

#include <run/gic.h>

#define GIC_WORD_BITS	32U
#define GIC_ROUTE_MASK	0xff00ffffffULL	/* affinity bits of IROUTER */

enum gic_kind {
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

/*
 * What is at offset for accesses of this width; NONE: it does not have them, or they are not
 * aligned.
 */
enum gic_kind gic_kind_of(u32 offset, unsigned width);
/* Owned bits of the aligned word of fields at offset, with 1 << shift bits for each id. */
u32 gic_owned(const struct gic_view *view, u32 offset, unsigned shift);
/* Owned bits of a byte or word of byte-wide fields. */
u32 gic_owned_bytes(const struct gic_view *view, u32 offset, unsigned width);
bool gic_own_spi(const struct gic_view *view, u32 id);
/* Does the offset into a redistributor name an array of private ids? */
bool gic_is_array(u32 offset);

#endif
