// SPDX-License-Identifier: GPL-2.0
/* A cell with CPUs 1 and 17, SPIs 32, 40 to 43, 95 and 1019, on a GICv3 and on a GICv2. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include <run/gic_kit.h>

#define CELL 2

static const u64 cpus[] = { 0x1, 0x11 };
static struct gic_kit kit;
static struct gic_view view, redist;
static struct gic_map map;
static const u32 ids[GIC_WORDS] = {
	[0] = 0xffffffff, [1] = 0xf01, [2] = 0x80000000, [31] = 0xf8000000,
};

static void grant(struct gic_view *to, const u32 some[GIC_WORDS], u32 changed[GIC_WORDS])
{
	for (unsigned word = 0; word < GIC_WORDS; word++)
		changed[word] = gic_grant(to, word, some[word]);
}

static void prepare(u8 version)
{
	u32 some[GIC_WORDS], changed[GIC_WORDS];

	memset(&view, 0, sizeof(view));
	memset(&map, 0, sizeof(map));
	memset(&redist, 0, sizeof(redist));
	kit = (struct gic_kit){ .interfaces = 0x12, .cpus = cpus, .num_cpus = 2 };
	assert_true(gic_map_add(&map, CELL, cpus[0]) && gic_map_add(&map, CELL, cpus[1]));
	assert_true(gic_map_add(&map, 0, 0x0) && gic_map_add(&map, 0, 0x12));
	view.version = version;
	view.interfaces = kit.interfaces;
	view.cell = CELL;
	view.map = &map;
	view.on = true;
	memcpy(some, ids, sizeof(some));
	some[0] = version == 2 ? ids[0] : 0;
	grant(&view, some, changed);
	for (unsigned id = 0; id < GIC_LIMIT; id++)
		kit.owned[id] = some[id / 32] >> id % 32 & 1 && id != GIC_KICK;
	redist.version = 3;
	redist.on = true;
	memset(some, 0, sizeof(some));
	some[0] = 0xffffffff;
	grant(&redist, some, changed);
}

static int version3(void **state)
{
	prepare(3);
	return 0;
}

static int version2(void **state)
{
	prepare(2);
	return 0;
}

static u64 read(u32 offset, unsigned width)
{
	return gic_kit_read(&kit, &view, offset, width);
}

/* A write, performed; it must not have touched anything foreign. */
static enum gic_act write(u32 offset, unsigned width, u64 value)
{
	struct gic_write write = { .offset = offset, .value = value };
	enum gic_act act = gic_kit_perform(&kit, gic_write(&view, &write, width, 0x02), &write);

	assert_null(kit.fault);
	return act;
}

static void expect(u32 offset, u64 value)
{
	assert_int_equal(gic_kit_get(&kit, offset, 4), value);
}

static void nothing_reaches_the_hardware(u32 offset, unsigned width)
{
	unsigned before = kit.writes;

	assert_int_equal(write(offset, width, ~0ULL), GIC_NOTHING);
	assert_int_equal(kit.writes, before);
}

static void grants(void **state)
{
	u32 more[GIC_WORDS] = {[0] = 0xffffffff, [1] = 0x100, [31] = 0xffffffff},
	    changed[GIC_WORDS];

	view.enabled[1] = 0xf01;
	grant(&view, more, changed);
	/* the kick and the special ids stay out, even when asked for */
	assert_int_equal(view.ids[0], 0xffff7fff);
	assert_int_equal(view.ids[31], 0x0fffffff);
	assert_int_equal(changed[0], 0xffff7fff);
	assert_int_equal(changed[1], 0xe01);
	assert_int_equal(changed[2], 0x80000000);
	assert_int_equal(changed[31], 0x07ffffff);
	assert_int_equal(view.enabled[1], 0x100);
	assert_int_equal(changed[3], 0);
}

/* A program that never writes GICD_CTLR has its interrupts, and nothing is left of one before it. */
static void start_is_on(void **state)
{
	view.on = false;
	view.control = 0;
	memset(view.enabled, 0xff, sizeof(view.enabled));
	gic_start(&view);
	assert_true(view.on);
	for (unsigned i = 0; i < GIC_WORDS; i++)
		assert_int_equal(view.enabled[i], 0);
	assert_int_equal(read(GICD_CTLR_REG, 4) & 3,
			 view.version == 3 ? GICD_CTLR_GROUP1 : GICD_CTLR_GROUP0);
	assert_int_equal(write(GICD_ISENABLER_REG + 4, 4, 0xf00), GIC_WRITE);
	expect(GICD_ISENABLER_REG + 4, 0xf00);
	/* what Jailhouse's own inmates and Linux write changes nothing */
	nothing_reaches_the_hardware(GICD_CTLR_REG, 4);
	assert_true(view.on);
	assert_int_equal(write(GICD_CTLR_REG, 4, 0), GIC_SWITCH);
	assert_false(view.on);
}

static void bits_are_masked(void **state)
{
	const u32 arrays[] = { 0x200, 0x280, 0x300, 0x380, 0x100, 0x180 };

	for (unsigned i = 0; i < 6; i++) {
		assert_int_equal(write(arrays[i] + 4, 4, ~0U), GIC_WRITE);
		expect(arrays[i] + 4, 0xf01);
		assert_int_equal(write(arrays[i] + 8, 4, 0x80000001), GIC_WRITE);
		expect(arrays[i] + 8, 0x80000000);
		assert_int_equal(write(arrays[i] + 0x7c, 4, ~0U), GIC_WRITE);
		expect(arrays[i] + 0x7c, 0x08000000);
		nothing_reaches_the_hardware(arrays[i], 4);
		nothing_reaches_the_hardware(arrays[i] + 12, 4);
		nothing_reaches_the_hardware(arrays[i] + 4, 1);
		nothing_reaches_the_hardware(arrays[i] + 2, 4);
		gic_kit_put(&kit, arrays[i] + 4, 4, 0xffffffff);
		assert_int_equal(read(arrays[i] + 4, 4), 0xf01);
		assert_int_equal(read(arrays[i], 4), 0);
		assert_int_equal(read(arrays[i] + 5, 1), 0);
	}
}

static void groups_are_fixed(void **state)
{
	assert_int_equal(read(GICD_IGROUPR_REG + 4, 4), 0xf01);
	assert_int_equal(read(GICD_IGROUPR_REG, 4), 0);
	nothing_reaches_the_hardware(GICD_IGROUPR_REG + 4, 4);
	nothing_reaches_the_hardware(0xd04, 4);	/* modifier, and non-secure access control */
	nothing_reaches_the_hardware(0xe04, 4);
}

static void priorities(void **state)
{
	gic_kit_put(&kit, 0x428, 4, 0x44332211);
	assert_int_equal(write(0x428, 4, 0x0fa01000), GIC_BYTES);
	expect(0x428, 0x10a01010);
	assert_int_equal(read(0x428, 4), 0x10a01010);
	gic_kit_put(&kit, 0x45c, 4, 0x44332211);
	assert_int_equal(write(0x45c, 4, 0x80808080), GIC_BYTES);
	expect(0x45c, 0x80332211);
	assert_int_equal(read(0x45c, 4), 0x80000000);
	/* 1019 is the last one */
	assert_int_equal(write(0x7fb, 1, 0x20), GIC_BYTES);
	assert_int_equal(read(0x7fb, 1), 0x20);
	nothing_reaches_the_hardware(0x7fc, 1);
	nothing_reaches_the_hardware(0x45e, 1);
	nothing_reaches_the_hardware(0x400 + 31, 1);
	assert_int_equal(write(0x400 + 32, 1, 0), GIC_BYTES);
	expect(0x420, 0x10);
	nothing_reaches_the_hardware(0x428, 2);
	nothing_reaches_the_hardware(0x428, 8);
	assert_int_equal(read(0x45d, 1), 0);
}

static void trigger_kinds(void **state)
{
	gic_kit_put(&kit, 0xc08, 4, 0x55555555);
	assert_int_equal(write(0xc08, 4, 0xaaaaaaaa), GIC_MERGE);
	expect(0xc08, 0x55aa5556);
	assert_int_equal(read(0xc08, 4), 0x00aa0002);
	nothing_reaches_the_hardware(0xc04, 4);
	nothing_reaches_the_hardware(0xc08, 1);
	assert_int_equal(write(0xcfc, 4, ~0U), GIC_MERGE);
	expect(0xcfc, 0x00c00000);
}

static void routes(void **state)
{
	assert_int_equal(write(0x6000 + 8 * 40, 8, 0x11), GIC_WRITE);
	expect(0x6000 + 8 * 40, 0x11);
	assert_int_equal(write(0x6000 + 8 * 1019, 8, 0x1), GIC_WRITE);
	assert_int_equal(write(0x6000 + 8 * 40, 4, 0x1), GIC_WRITE);
	expect(0x6000 + 8 * 40, 0x1);
	/* another cell's CPU, nobody's, any CPU, high half, foreign interrupt, private and special
	 * ones */
	assert_int_equal(write(0x6000 + 8 * 40, 8, 0x0), GIC_NOTHING);
	assert_int_equal(write(0x6000 + 8 * 40, 8, 0x12), GIC_NOTHING);
	assert_int_equal(write(0x6000 + 8 * 40, 8, 0x101), GIC_NOTHING);
	assert_int_equal(write(0x6000 + 8 * 40, 8, 0x100000001ULL), GIC_NOTHING);
	assert_int_equal(write(0x6000 + 8 * 40, 8, 0x80000001), GIC_NOTHING);
	assert_int_equal(write(0x6000 + 8 * 40 + 4, 4, 0), GIC_NOTHING);
	assert_int_equal(write(0x6000 + 8 * 44, 8, 0x1), GIC_NOTHING);
	assert_int_equal(write(0x6000 + 8 * 31, 8, 0x1), GIC_NOTHING);
	assert_int_equal(write(0x6000 + 8 * 1020, 8, 0x1), GIC_NOTHING);
	assert_int_equal(write(0x8000, 8, 0x1), GIC_NOTHING);
	gic_kit_put(&kit, 0x6000 + 8 * 41, 8, 0xffffffffffffffffULL);
	gic_kit_put(&kit, 0x6000 + 8 * 44, 8, 0xffffffffffffffffULL);
	assert_int_equal(read(0x6000 + 8 * 41, 8), 0xff00ffffffULL);
	assert_int_equal(read(0x6000 + 8 * 41, 4), 0xffffff);
	assert_int_equal(read(0x6004 + 8 * 41, 4), 0xff);
	assert_int_equal(read(0x6000 + 8 * 44, 8), 0);
}

static void messages(void **state)
{
	const u32 registers[] = { GICD_SETSPI_REG, GICD_CLRSPI_REG };

	for (unsigned i = 0; i < 2; i++) {
		assert_int_equal(write(registers[i], 4, 32), GIC_WRITE);
		assert_int_equal(write(registers[i], 4, 1019), GIC_WRITE);
		assert_int_equal(write(registers[i], 4, 31), GIC_NOTHING);
		assert_int_equal(write(registers[i], 4, 33), GIC_NOTHING);
		assert_int_equal(write(registers[i], 4, 1020), GIC_NOTHING);
		assert_int_equal(write(registers[i] + 0x10, 4, 32), GIC_NOTHING);
		assert_int_equal(read(registers[i], 4), 0);
	}
}

static void switching_off_withholds(void **state)
{
	assert_int_equal(write(GICD_ISENABLER_REG + 4, 4, 0xffffffff), GIC_WRITE);
	assert_int_equal(write(GICD_CTLR_REG, 4, 0), GIC_SWITCH);
	assert_false(view.on);
	/* what is enabled now waits; what the hardware says is not asked */
	assert_int_equal(write(GICD_ICENABLER_REG + 4, 4, 0x100), GIC_WRITE);
	nothing_reaches_the_hardware(GICD_ISENABLER_REG + 8, 4);
	gic_kit_put(&kit, GICD_ISENABLER_REG + 4, 4, 0xffffffff);
	assert_int_equal(read(GICD_ISENABLER_REG + 4, 4), 0xe01);
	assert_int_equal(read(GICD_ICENABLER_REG + 8, 4), 0x80000000);
	assert_int_equal(read(GICD_CTLR_REG, 4), 0);
	assert_int_equal(write(GICD_CTLR_REG, 4, 1), GIC_NOTHING);
	assert_int_equal(write(GICD_CTLR_REG, 4, 0x13), GIC_SWITCH);
	assert_true(view.on);
	assert_int_equal(view.enabled[1], 0xe01);
	assert_int_equal(view.enabled[2], 0x80000000);
	gic_kit_put(&kit, GICD_CTLR_REG, 4, 0xffffffff);
	assert_int_equal(read(GICD_CTLR_REG, 4), 0x80000053);
	assert_int_equal(write(GICD_CTLR_REG, 4, 0x11), GIC_SWITCH);
	assert_int_equal(read(GICD_CTLR_REG, 4), 0x80000051);
}

static void facts(void **state)
{
	memset(kit.regs, 0xff, 0x20);
	gic_kit_put(&kit, 4, 4, 0xffffffff);
	gic_kit_put(&kit, 8, 4, 0x12345678);
	gic_kit_put(&kit, GICD_PIDR2_REG, 4, 0x3b);
	assert_int_equal(read(GICD_TYPER_REG, 4),
			 0x07f9feff); /* no LPIs, nothing beyond, no 1 of N */
	gic_kit_put(&kit, 4, 4, 0);
	assert_int_equal(read(GICD_TYPER_REG, 4), 0x02000000);
	assert_int_equal(read(GICD_IIDR_REG, 4), 0x12345678);
	assert_int_equal(read(0xc, 4), 0);
	assert_int_equal(read(0x10, 4), 0);
	assert_int_equal(read(GICD_PIDR2_REG, 4), 0x3b);
	nothing_reaches_the_hardware(GICD_TYPER_REG, 4);
	nothing_reaches_the_hardware(0x10, 4);
	nothing_reaches_the_hardware(GICD_PIDR2_REG, 4);
	/* extended SPIs, GICv2's registers */
	for (u32 offset = 0x1000; offset < 0x6000; offset += 4) {
		nothing_reaches_the_hardware(offset, 4);
		assert_int_equal(read(offset, 4), 0);
	}
	for (u32 offset = 0x800; offset < 0xc00; offset++)
		nothing_reaches_the_hardware(offset, 1);
	for (u32 offset = 0xf00; offset < 0x1000; offset += 4) {
		nothing_reaches_the_hardware(offset, 4);
		assert_int_equal(read(offset, 4), 0);
	}
}

static void v2_targets(void **state)
{
	gic_kit_put(&kit, 0x828, 4, 0x01010101);
	assert_int_equal(write(0x828, 4, 0xff021003), GIC_BYTES);
	expect(0x828, 0x12021002);
	gic_kit_put(&kit, 0x85c, 4, 0x01010101);
	assert_int_equal(write(0x85c, 4, 0xffffffff), GIC_BYTES);
	expect(0x85c, 0x12010101);
	assert_int_equal(read(0x85c, 4), 0x12000000);
	assert_int_equal(read(0x85f, 1), 0x12);
	nothing_reaches_the_hardware(0x81f, 1);
	nothing_reaches_the_hardware(0x81c, 4);
	gic_kit_put(&kit, 0x80c, 4, 0x02020202);
	assert_int_equal(read(0x80c, 4), 0x00020202);
}

static void v2_private(void **state)
{
	assert_int_equal(write(GICD_ISENABLER_REG, 4, ~0U), GIC_WRITE);
	expect(GICD_ISENABLER_REG, 0xffff7fff);
	assert_int_equal(read(GICD_ISENABLER_REG, 4), 0xffff7fff);
	assert_int_equal(write(GICD_CTLR_REG, 4, 0), GIC_SWITCH);
	/* private ids are not withheld */
	assert_int_equal(write(GICD_ISENABLER_REG, 4, 1U << 27), GIC_WRITE);
	assert_int_equal(read(GICD_IGROUPR_REG + 4, 4), 0);
	assert_int_equal(write(0x40c, 4, 0x55555555), GIC_BYTES);
	expect(0x40c, 0x00555555);
	assert_int_equal(write(GICD_CTLR_REG, 4, 2), GIC_NOTHING);
	assert_int_equal(write(GICD_CTLR_REG, 4, 1), GIC_SWITCH);
	assert_int_equal(read(GICD_CTLR_REG, 4), 1);
	nothing_reaches_the_hardware(0x6000 + 8 * 40, 8);
	nothing_reaches_the_hardware(GICD_SETSPI_REG, 4);
	gic_kit_put(&kit, GICV2_PIDR2_REG, 4, 0x2b);
	assert_int_equal(read(GICV2_PIDR2_REG, 4), 0x2b);
	assert_int_equal(read(0xf80, 4), 0);
}

static void v2_sgis(void **state)
{
	const struct { u32 value, sent, foreign; } rows[] = {
		{ 0x00120003, 0x00120003, 0 },	/* a list */
		{ 0x00ff0003, 0x00120003, 0xed },	/* more than the cell has */
		{ 0x00120003 | 0x8000, 0x00120003, 0 },
		{ 0x01ff0004, 0x00100004, 0 },	/* all but self, which is 0x02 */
		{ 0x02000005, 0x00020005, 0 },	/* self */
		{ 0x00ed0003, 0, 0xed }, { 0x03ff0003, 0, 0 }, { 0x0012000f, 0, 0 }, { 0x0200000f, 0, 0 },
	};

	for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct gic_write write = { .offset = GICD_SGIR_REG, .value = rows[i].value };
		enum gic_act act = gic_kit_perform(&kit, gic_write(&view, &write, 4, 0x02), &write);

		assert_null(kit.fault);
		assert_int_equal(act, rows[i].sent ? GIC_WRITE : GIC_NOTHING);
		assert_int_equal(write.foreign, rows[i].foreign);
		if (act == GIC_WRITE)
			assert_int_equal(write.value, rows[i].sent);
	}
	assert_int_equal(write(0xf10, 4, ~0U), GIC_WRITE);
	assert_int_equal(write(0xf2c, 4, 0x01010101), GIC_WRITE);
	nothing_reaches_the_hardware(0xf30, 4);
	assert_int_equal(read(GICD_SGIR_REG, 4), 0);
}

/* Constant bits and those that come from the hardware. */
static u64 redist_read(u32 offset, unsigned width, bool own)
{
	const bool awake = false;
	u64 value = 0, mask = gic_redist_read(&redist, offset, width, own ? &awake : NULL, &value);

	return value | mask;
}

static enum gic_act redist_write(u32 offset, unsigned width, u32 value, struct gic_write *write)
{
	bool asleep = false;

	*write = (struct gic_write){ .offset = offset, .value = value };
	return gic_redist_write(&redist, write, width, &asleep);
}

static void redistributor_facts(void **state)
{
	assert_int_equal(gic_redist_type(~0ULL), 0xffffffff00ffff12ULL);
	for (int own = 0; own < 2; own++) {
		assert_int_equal(redist_read(GICR_TYPER_REG, 8, own), 0);
		assert_int_equal(redist_read(GICR_IIDR_REG, 4, own), 0xffffffff);
		assert_int_equal(redist_read(0xffe8, 4, own), 0xffffffff);
		assert_int_equal(redist_read(GICR_CTLR_REG, 4, own), own ? 0x80000008 : 0);
		/* LPI tables */
		assert_int_equal(redist_read(0x70, 8, own), 0);
		assert_int_equal(redist_read(0x78, 8, own), 0);
		assert_int_equal(redist_read(0x20000, 4, own), 0);
	}
}

static void redistributor_arrays(void **state)
{
	struct gic_write write;

	assert_int_equal(redist_read(0x10100, 4, true), 0xffff7fff);
	assert_int_equal(redist_read(0x10100, 4, false), 0);
	assert_int_equal(redist_read(0x10104, 4, true), 0);
	assert_int_equal(redist_read(0x10080, 4, true), 0xffff7fff);
	assert_int_equal(redist_read(0x1040c, 4, true), 0x00ffffff);
	assert_int_equal(redist_read(0x10000, 4, true), 0);
	assert_int_equal(redist_write(0x10200, 4, ~0U, &write), GIC_WRITE);
	assert_int_equal(write.offset, 0x200);
	assert_int_equal(write.value, 0xffff7fff);
	assert_int_equal(redist_write(0x10080, 4, 0, &write), GIC_NOTHING);
	assert_int_equal(redist_write(0x1040f, 1, 0xff, &write), GIC_NOTHING);
	assert_int_equal(redist_write(0x1040e, 1, 0xff, &write), GIC_BYTES);
	assert_int_equal(redist_write(0x10c00, 4, ~0U, &write), GIC_MERGE);
	assert_int_equal(write.mask, 0x3fffffff);
	assert_int_equal(redist_write(0x10000, 4, ~0U, &write), GIC_NOTHING);
	/* enabling LPIs, and their tables */
	assert_int_equal(redist_write(GICR_CTLR_REG, 4, 1, &write), GIC_NOTHING);
	assert_int_equal(redist_write(0x70, 8, ~0U, &write), GIC_NOTHING);
}

static void sleep_is_pretended(void **state)
{
	struct gic_write write = { .offset = GICR_WAKER_REG, .value = 2 };
	bool asleep = false;
	u64 value = 0;

	assert_int_equal(gic_redist_write(&redist, &write, 4, &asleep), GIC_NOTHING);
	assert_true(asleep);
	assert_int_equal(gic_redist_read(&redist, GICR_WAKER_REG, 4, &asleep, &value), 0);
	assert_int_equal(value, 6);
	value = 0;
	assert_int_equal(gic_redist_read(&redist, GICR_WAKER_REG, 4, NULL, &value), 0);
	assert_int_equal(value, 0);
	write.value = 0;
	assert_int_equal(gic_redist_write(&redist, &write, 4, &asleep), GIC_NOTHING);
	assert_false(asleep);
}

static void expect_sgi(u64 self, u64 value, u64 first, u64 second, u16 foreign)
{
	unsigned next = 0;
	u32 outside = 0;

	assert_int_equal(gic_sgi(&map, CELL, self, value, &next, &outside), first);
	assert_int_equal(first ? gic_sgi(&map, CELL, self, value, &next, &outside) : 0, second);
	assert_int_equal(second ? gic_sgi(&map, CELL, self, value, &next, &outside) : 0, 0);
	assert_int_equal(outside, foreign);
}

static void sgis(void **state)
{
	expect_sgi(1, 0x03000002, 0x03000002, 0, 0);
	expect_sgi(1, 0x0300ffff, 0x03000002, 0, 0xfffd);
	/* range selector: CPU 17 is bit 1 of range 1 */
	expect_sgi(1, 0x03000002 | 1ULL << 44, 0x03000002 | 1ULL << 44, 0, 0);
	expect_sgi(1, 0x03000004 | 1ULL << 44, 0, 0, 4);
	/* other affinities */
	expect_sgi(1, 0x03010002, 0, 0, 2);
	expect_sgi(1, 0x03000002 | 1ULL << 32, 0, 0, 2);
	expect_sgi(1, 0x03000002 | 1ULL << 48, 0, 0, 2);
	/* all others of the cell, from either CPU */
	expect_sgi(1, 0x05000000 | 1ULL << 40, 0x05000002 | 1ULL << 44, 0, 0);
	expect_sgi(0x11, 0x05000000 | 1ULL << 40, 0x05000002, 0, 0);
	expect_sgi(0x1f, 0x05000000 | 1ULL << 40, 0x05000002, 0x05000002 | 1ULL << 44, 0);
	expect_sgi(1, 0x0f000002, 0, 0, 0);
	expect_sgi(1, 0x0f000000 | 1ULL << 40, 0, 0, 0);
	expect_sgi(1, 0x03000000, 0, 0, 0);
}

static void clusters(void **state)
{
	assert_true(gic_map_has(&map, CELL, 0x11));
	assert_false(gic_map_has(&map, CELL, 0x12));
	assert_true(gic_map_has(&map, 0, 0x12));
	gic_map_clear(&map, CELL);
	assert_false(gic_map_has(&map, CELL, 0x11));
	assert_true(gic_map_has(&map, 0, 0x12));
	memset(&map, 0, sizeof(map));
	for (u64 i = 0; i < GIC_CLUSTERS; i++)
		assert_true(gic_map_add(&map, 1, i << 8));
	assert_true(gic_map_add(&map, 1, 0x3f0f));
	assert_false(gic_map_add(&map, 1, 0x4000));
	assert_false(gic_map_has(&map, 1, 0x4000));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(grants, version3),
		cmocka_unit_test_setup(start_is_on, version3),
		cmocka_unit_test_setup(start_is_on, version2),
		cmocka_unit_test_setup(bits_are_masked, version3),
		cmocka_unit_test_setup(groups_are_fixed, version3),
		cmocka_unit_test_setup(priorities, version3),
		cmocka_unit_test_setup(trigger_kinds, version3),
		cmocka_unit_test_setup(routes, version3),
		cmocka_unit_test_setup(messages, version3),
		cmocka_unit_test_setup(switching_off_withholds, version3),
		cmocka_unit_test_setup(facts, version3),
		cmocka_unit_test_setup(v2_targets, version2),
		cmocka_unit_test_setup(v2_private, version2),
		cmocka_unit_test_setup(v2_sgis, version2),
		cmocka_unit_test_setup(redistributor_facts, version3),
		cmocka_unit_test_setup(redistributor_arrays, version3),
		cmocka_unit_test_setup(sleep_is_pretended, version3),
		cmocka_unit_test_setup(sgis, version3),
		cmocka_unit_test_setup(clusters, version3),
	};

	return cmocka_run_group_tests_name("run/gic", tests, NULL, NULL);
}
