/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A distributor on a PC that knows who owns what, and judges every write that the filter lets
 * through to it by the manual's layout alone.
 */
#ifndef RUN_GIC_KIT_H
#define RUN_GIC_KIT_H

#include <run/gic.h>

struct gic_kit {
	u8 regs[0x10000];
	bool owned[GIC_IDS];	/* by the cell under test */
	u8 interfaces;		/* of the cell (GICv2) */
	const u64 *cpus;	/* its affinities */
	unsigned num_cpus;
	unsigned writes;	/* accesses so far */
	const char *fault;	/* what a write did that it may not; NULL: nothing so far */
};

static inline void gic_kit_demand(struct gic_kit *kit, bool holds, const char *what)
{
	if (!holds && !kit->fault)
		kit->fault = what;
}

static inline u64 gic_kit_get(const struct gic_kit *kit, u32 offset, unsigned width)
{
	u64 value = 0;

	for (unsigned i = 0; i < width; i++)
		value |= (u64)kit->regs[offset + i] << 8 * i;
	return value;
}

static inline void gic_kit_put(struct gic_kit *kit, u32 offset, unsigned width, u64 value)
{
	for (unsigned i = 0; i < width; i++)
		kit->regs[offset + i] = (u8)(value >> 8 * i);
}

/* A whole word of an array with bits for each id, where writing a field changes it. */
static inline void gic_kit_fields(struct gic_kit *kit, u32 offset, u32 first, unsigned bits,
				  u32 value)
{
	u32 changed = value ^ (u32)gic_kit_get(kit, offset, 4);

	for (unsigned at = 0; at < 32; at++)
		if (changed >> at & 1)
			gic_kit_demand(kit, kit->owned[first + at / bits], "foreign field changed");
	gic_kit_put(kit, offset, 4, value);
}

/* Bits of an array where ones act on ids. */
static inline void gic_kit_bits(struct gic_kit *kit, u32 offset, u32 value)
{
	for (unsigned bit = 0; bit < 32; bit++)
		if (value >> bit & 1)
			gic_kit_demand(kit, kit->owned[offset % 0x80 * 8 + bit],
				       "foreign bit written");
	gic_kit_put(kit, offset, 4, value);
}

static inline void gic_kit_sgi(struct gic_kit *kit, u32 value)
{
	gic_kit_demand(kit, !(value & ~0xff000fU) && (value & 15) != GIC_KICK,
		       "SGI of the hypervisor");
	gic_kit_demand(kit, !(value >> 16 & ~kit->interfaces & 0xff), "SGI to a foreign CPU");
}

static inline void gic_kit_write32(struct gic_kit *kit, u32 offset, u32 value)
{
	kit->writes++;
	gic_kit_demand(kit, offset % 4 == 0, "unaligned");
	if (offset >= 0x100 && offset < 0x400)
		gic_kit_bits(kit, offset, value);
	else if (offset >= 0xc00 && offset < 0xd00)
		gic_kit_fields(kit, offset, (offset - 0xc00) * 4, 2, value);
	else if (offset == 0x40 || offset == 0x48)
		gic_kit_demand(kit, value >= 32 && value < GIC_IDS && kit->owned[value],
			       "foreign message");
	else if (offset == 0xf00)
		gic_kit_sgi(kit, value);
	else if (offset >= 0xf10 && offset < 0xf30)
		gic_kit_demand(kit, (offset & 0xf) != 12 || !(value >> 24), "pending kick");
	else
		gic_kit_demand(kit, false, "register of the whole machine written");
}

static inline void gic_kit_write8(struct gic_kit *kit, u32 offset, u8 value)
{
	kit->writes++;
	if (offset >= 0x400 && offset < 0x800) {
		gic_kit_demand(kit, kit->owned[offset - 0x400], "foreign priority");
		gic_kit_demand(kit, value >= GIC_PRIORITY_GUEST, "priority of the hypervisor");
	} else {
		gic_kit_demand(kit, offset >= 0x820 && offset < 0xc00, "byte where there is none");
		gic_kit_demand(kit, offset < 0xc00 && kit->owned[offset - 0x800], "foreign target");
		gic_kit_demand(kit, !(value & ~kit->interfaces), "target outside");
	}
	gic_kit_put(kit, offset, 1, value);
}

static inline void gic_kit_write64(struct gic_kit *kit, u32 offset, u64 value)
{
	bool inside = false;

	kit->writes++;
	gic_kit_demand(kit, offset >= 0x6100 && offset < 0x8000 && offset % 8 == 0, "no route");
	gic_kit_demand(kit, offset < 0x8000 && kit->owned[(offset - 0x6000) / 8], "foreign route");
	for (unsigned i = 0; i < kit->num_cpus; i++)
		inside = inside || kit->cpus[i] == value;
	gic_kit_demand(kit, inside, "route outside");
	gic_kit_put(kit, offset, 8, value);
}

/* A write by the cell, decided and performed. */
static inline enum gic_act gic_kit_perform(struct gic_kit *kit, enum gic_act act,
					   const struct gic_write *write)
{
	u32 offset = write->offset, value = (u32)write->value, mask = (u32)write->mask;

	if (act == GIC_WRITE && offset >= GICD_IROUTER_REG)
		gic_kit_write64(kit, offset, write->value);
	else if (act == GIC_WRITE)
		gic_kit_write32(kit, offset, value);
	else if (act == GIC_MERGE)
		gic_kit_write32(kit, offset, ((u32)gic_kit_get(kit, offset, 4) & ~mask) | value);
	for (unsigned i = 0; act == GIC_BYTES && i < 4; i++)
		if (mask >> 8 * i & 0xff)
			gic_kit_write8(kit, offset + i, (u8)(value >> 8 * i));
	return act;
}

static inline u64 gic_kit_read(const struct gic_kit *kit, const struct gic_view *view, u32 offset,
			       unsigned width)
{
	u64 value = 0, mask = gic_read(view, offset, width, &value);

	return value | (mask ? gic_kit_get(kit, offset, width) & mask : 0);
}

#endif
