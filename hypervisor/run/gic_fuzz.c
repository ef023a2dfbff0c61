// SPDX-License-Identifier: GPL-2.0
/*
 * Any ownership, any sequence of accesses to distributor, redistributor and SGI register, on both
 * versions: no write that comes through touches what the cell does not own, and no read shows it.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <run/gic_kit.h>

struct fuzz_input {
	u8 version, interfaces;
	u32 ids[GIC_WORDS];
} __attribute__((packed));

struct fuzz_access {
	u32 offset;
	u8 width, kind, self;
	u64 value;
} __attribute__((packed));

static const u64 cpus[] = { 0x0, 0x1, 0x10003, 0x1200000117ULL };
static struct gic_kit kit, redist_kit;
static struct gic_view view, redist;
static struct gic_map map;

static void demand(bool holds)
{
	if (!holds)
		abort();
}

static bool is_cpu(u64 affinity)
{
	for (unsigned i = 0; i < 4; i++)
		if (cpus[i] == affinity)
			return true;
	return false;
}

static void check_sgi(const struct fuzz_access *access)
{
	u64 self = cpus[access->self % 4], sent;
	unsigned next = 0;
	u32 foreign = 0;

	while ((sent = gic_sgi(&map, 3, self, access->value, &next, &foreign))) {
		demand((sent >> 24 & 15) == (access->value >> 24 & 15) &&
		       (sent >> 24 & 15) != GIC_KICK);
		demand(!(sent & ~0x00fff0ff0fffffffULL));
		for (unsigned bit = 0; bit < 16; bit++)
			if (sent >> bit & 1)
				demand(is_cpu((sent >> 16 & 0xff) << 8 | (sent >> 32 & 0xff) << 16 |
					      (sent >> 48 & 0xff) << 32 | (sent >> 44 & 15) << 4 |
					      bit));
		demand(next <= GIC_CLUSTERS);
	}
}

/* No bit of a foreign id is set in what a read of an array gives. */
static void check_read(const struct gic_kit *hardware, u32 offset, unsigned width, u64 value)
{
	unsigned bits = offset < 0x400 ? 1 : offset < 0xc00 ? 8 : 2;
	u32 first = offset < 0x400   ? offset % 0x80 * 8
		    : offset < 0xc00 ? offset % 0x400
				     : offset % 0x100 * 4;

	if (offset < 0x80 || offset >= 0xd00)
		return;
	for (unsigned at = 0; at < width * 8; at++)
		if (value >> at & 1)
			demand(hardware->owned[first + at / bits]);
}

static void access_dist(const struct fuzz_access *access, unsigned width, u32 offset)
{
	struct gic_write write = { .offset = offset, .value = access->value };

	if (access->kind & 1)
		gic_kit_perform(&kit, gic_write(&view, &write, width, (u8)(1 << access->self % 8)),
				&write);
	else
		check_read(&kit, offset, width, gic_kit_read(&kit, &view, offset, width));
	demand(!kit.fault);
}

static void access_redist(const struct fuzz_access *access, unsigned width, u32 offset)
{
	struct gic_write write = { .offset = offset + (access->kind & 4 ? GICR_SGI_FRAME : 0),
				   .value = access->value };
	bool asleep = false, own = access->self & 1;
	u64 mask, value = 0;

	if (access->kind & 1) {
		gic_kit_perform(&redist_kit, gic_redist_write(&redist, &write, width, &asleep),
				&write);
		demand(!redist_kit.fault);
		return;
	}
	offset = write.offset;
	mask = gic_redist_read(&redist, offset, width, own ? &asleep : NULL, &value);
	if (!own)
		demand(value == 0 &&
		       (mask == 0 || offset == GICR_IIDR_REG ||
			(offset >= 0xffd0 && offset < 0x10000)));
	if (offset >= GICR_SGI_FRAME)
		check_read(&redist_kit, offset - GICR_SGI_FRAME, width, value | mask);
}

static void prepare_map(void)
{
	memset(&map, 0, sizeof(map));
	for (unsigned i = 0; i < 4; i++)
		demand(gic_map_add(&map, 3, cpus[i]));
	demand(gic_map_add(&map, 2, 0x2) && gic_map_add(&map, 4, 0x500));
}

static void prepare_views(const struct fuzz_input *input)
{
	u32 ids[GIC_WORDS];

	memcpy(ids, input->ids, sizeof(ids));
	ids[0] = input->version & 1 ? 0 : ~0U;
	view = (struct gic_view){ .version = input->version & 1 ? 3 : 2,
				  .interfaces = input->interfaces, .cell = 3, .map = &map };
	for (unsigned word = 0; word < GIC_WORDS; word++)
		gic_grant(&view, word, ids[word]);
	redist = (struct gic_view){ .version = 3, .on = true };
	gic_grant(&redist, 0, ~0U);
}

static void prepare_kits(const struct fuzz_input *input)
{
	kit = (struct gic_kit){ .interfaces = input->interfaces, .cpus = cpus, .num_cpus = 4 };
	memset(kit.regs, 0x5a, sizeof(kit.regs));
	redist_kit = kit;
	for (unsigned id = 0; id < GIC_LIMIT; id++) {
		kit.owned[id] = id != GIC_KICK && (id < 32 ? !(input->version & 1)
							   : input->ids[id / 32] >> id % 32 & 1);
		redist_kit.owned[id] = id < 32 && id != GIC_KICK;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_access access;
	struct fuzz_input input;

	if (size < sizeof(input))
		return 0;
	memcpy(&input, data, sizeof(input));
	prepare_map();
	prepare_views(&input);
	prepare_kits(&input);
	for (data += sizeof(input), size -= sizeof(input); size >= sizeof(access);
	     data += sizeof(access), size -= sizeof(access)) {
		memcpy(&access, data, sizeof(access));
		if (access.kind & 8)
			check_sgi(&access);
		else if (access.kind & 2)
			access_redist(&access, 1U << access.width % 4, access.offset & 0xffff);
		else
			access_dist(&access, 1U << access.width % 4, access.offset & 0xffff);
	}
	return 0;
}
