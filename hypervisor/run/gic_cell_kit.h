/* SPDX-License-Identifier: GPL-2.0 */
/*
 * For tests of the GIC: a cell with CPUs 1 and 17, SPIs 32, 40 to 43, 95 and 1019, on a GICv3 and on a
 * GICv2.
 */
#ifndef RUN_GIC_CELL_KIT_H
#define RUN_GIC_CELL_KIT_H

#include <string.h>

#include <run/gic_kit.h>

#define CELL 2

static const u64 cpus[] = { 0x1, 0x11 };
static struct gic_kit kit;
static struct gic_view view, redist;
static struct gic_map map;
static const u32 ids[GIC_WORDS] = {
	[0] = 0xffffffff, [1] = 0xf01, [2] = 0x80000000, [31] = 0xf8000000,
};

static inline void grant(struct gic_view *to, const u32 some[GIC_WORDS], u32 changed[GIC_WORDS])
{
	for (unsigned word = 0; word < GIC_WORDS; word++)
		changed[word] = gic_grant(to, word, some[word]);
}

static inline void prepare_view(u8 version, const u32 some[GIC_WORDS])
{
	u32 changed[GIC_WORDS];

	memset(&view, 0, sizeof(view));
	view.version = version;
	view.interfaces = kit.interfaces;
	view.cell = CELL;
	view.map = &map;
	view.on = true;
	grant(&view, some, changed);
}

static inline void prepare_redist(void)
{
	const u32 some[GIC_WORDS] = { [0] = 0xffffffff };
	u32 changed[GIC_WORDS];

	memset(&redist, 0, sizeof(redist));
	redist.version = 3;
	redist.on = true;
	grant(&redist, some, changed);
}

static inline void prepare(u8 version)
{
	u32 some[GIC_WORDS];

	memcpy(some, ids, sizeof(some));
	some[0] = version == 2 ? ids[0] : 0;
	kit = (struct gic_kit){ .interfaces = 0x12, .cpus = cpus, .num_cpus = 2 };
	for (unsigned id = 0; id < GIC_LIMIT; id++)
		kit.owned[id] = some[id / 32] >> id % 32 & 1 && id != GIC_KICK;
	memset(&map, 0, sizeof(map));
	assert_true(gic_map_add(&map, CELL, cpus[0]) && gic_map_add(&map, CELL, cpus[1]));
	assert_true(gic_map_add(&map, 0, 0x0) && gic_map_add(&map, 0, 0x12));
	prepare_view(version, some);
	prepare_redist();
}

static inline int version3(void **state)
{
	prepare(3);
	return 0;
}

static inline int version2(void **state)
{
	prepare(2);
	return 0;
}

static inline u64 read(u32 offset, unsigned width)
{
	return gic_kit_read(&kit, &view, offset, width);
}

/* A write, performed; it must not have touched anything foreign. */
static inline enum gic_act write(u32 offset, unsigned width, u64 value)
{
	struct gic_write write = { .offset = offset, .value = value };
	enum gic_act act = gic_kit_perform(&kit, gic_write(&view, &write, width, 0x02), &write);

	assert_null(kit.fault);
	return act;
}

static inline void expect(u32 offset, u64 value)
{
	assert_int_equal(gic_kit_get(&kit, offset, 4), value);
}

static inline void nothing_reaches_the_hardware(u32 offset, unsigned width)
{
	unsigned before = kit.writes;

	assert_int_equal(write(offset, width, ~0ULL), GIC_NOTHING);
	assert_int_equal(kit.writes, before);
}

#endif
