// SPDX-License-Identifier: GPL-2.0
/* Stream table entries against numbers from the manual and from a running machine. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <dev/iommu/smmuv3/smmuv3.h>

#define PAGES 32

static const struct iommu_unit qemu = {
	.ops = &iommu_smmuv3, .caps.coherent = true,
	.state = { [SMMUV3_BITS] = 16, [SMMUV3_OAS] = 4 },
};

static void level1_descriptors(void **state)
{
	(void)state;
	assert_true(smmuv3_level1(0x123456789000, 6) == 0x123456789007);
	assert_true(smmuv3_level1(0x4000, 8) == 0x4009);
}

/* The words with which a stock QEMU lets a device reach a 39-bit space and nothing else. */
static void entry_of_qemu(void **state)
{
	const struct iommu_domain domain = { PHYS(0x7fc12000), .levels = 3, .root_pages = 1, .id = 1 };
	struct smmuv3_ste ste = { 0 };

	(void)state;
	smmuv3_ste(&qemu, &domain, 1, &ste);
	assert_true(ste.q[0] == 0xd);
	assert_true(ste.q[1] == 0x100000000000);
	/* R, AA64, PS 44 bits, inner shareable, write-back, SL0 1, T0SZ 25. */
	assert_true(ste.q[2] == 0x040c355900000001);
	assert_true(ste.q[3] == 0x7fc12000);
	assert_true((ste.q[4] | ste.q[5] | ste.q[6] | ste.q[7]) == 0);
}

/* Control words of all shapes: T0SZ, SL0, attributes, PS. */
static void control_words(void **state)
{
	static const struct {
		u8 levels, pages, oas;
		bool coherent;
		u32 control;
	} rows[] = {
		{ 3, 1, 0, true, 0x03560 },	/* 32 bits: the input is no wider */
		{ 3, 1, 1, true, 0x1355c },
		{ 3, 1, 2, true, 0x23559 },
		{ 3, 2, 2, true, 0x23558 },	/* two roots: 40 bits */
		{ 3, 8, 3, true, 0x33556 },
		{ 3, 16, 4, true, 0x43555 },	/* 43 bits, the most from level 1 */
		{ 4, 1, 4, true, 0x43594 },	/* 44 bits from level 0 */
		{ 4, 1, 5, true, 0x53590 },
		{ 4, 1, 6, true, 0x53590 },	/* 52 bits: tables have 48 */
		{ 3, 1, 5, false, 0x52059 },
	};

	(void)state;
	for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct iommu_domain domain = {
			.levels = rows[i].levels, .root_pages = rows[i].pages, .id = 1,
		};

		assert_int_equal(stage2_control(&domain, rows[i].oas, rows[i].coherent),
				 rows[i].control);
	}
}

static void shapes_by_output_size(void **state)
{
	static const struct { u8 pages, levels_max; } rows[8] = {
		{ 1, 3 }, { 1, 3 }, { 2, 3 }, { 8, 3 }, { 1, 4 }, { 1, 4 }, { 1, 4 }, { 1, 3 },
	};
	struct iommu_domain domain;

	(void)state;
	for (unsigned oas = 0; oas < 8; oas++) {
		struct iommu_caps caps = stage2_caps(oas, true);

		assert_int_equal(caps.levels, 3);
		assert_int_equal(caps.root_pages, rows[oas].pages);
		assert_int_equal(caps.levels_max, rows[oas].levels_max);
	}
	static const struct { u64 last; u8 oas, levels, pages; } wide[] = {
		{ 0x7fffffffff, 3, 3, 1 }, { 0x8000000000, 3, 3, 2 }, { 0xffffffffff, 3, 3, 2 },
		{ 0x10000000000, 3, 3, 4 }, { 0x3ffffffffff, 3, 3, 8 }, { 0x7fffffffff, 4, 3, 1 },
		{ 0x8000000000, 4, 4, 1 }, { 0xffffffffffff, 5, 4, 1 },
	};
	for (unsigned i = 0; i < sizeof(wide) / sizeof(wide[0]); i++) {
		const struct iommu_caps caps = stage2_caps(wide[i].oas, true);

		iommu_shape(&caps, wide[i].last, &domain);
		assert_int_equal(domain.levels, wide[i].levels);
		assert_int_equal(domain.root_pages, wide[i].pages);
	}
	const struct iommu_caps fixed = { .levels = 4 };
	iommu_shape(&fixed, 1ULL << 50, &domain);	/* too wide: left to pt_map */
	assert_int_equal(domain.levels, 4);
	assert_int_equal(domain.root_pages, 1);
}

static struct {
	struct pool pool;
	u8 owners[PAGES];
	struct {
		struct plan plan;
		struct plan_stream streams[4];
		struct plan_map dma[1];
	} plan;
	struct iommu_domain domains[CONFIG_MAX_CELLS];
	struct iommu_tables tables;
	u8 owner;
} world;

static void open_world(u32 pages, u32 streams)
{
	static u8 memory[PAGES][PAGE_SIZE] __attribute__((aligned(16384)));

	memset(&world, 0, sizeof(world));
	pool_init(&world.pool, memory, 0x100000, world.owners, pages);
	world.plan.plan.streams = (struct plan_array) {
		.offset = offsetof(typeof(world.plan), streams), .count = streams,
	};
	world.plan.plan.dma = (struct plan_array) { .offset = offsetof(typeof(world.plan), dma) };
	for (unsigned cell = 0; cell < 3; cell++)
		world.domains[cell] = (struct iommu_domain) {
			PHYS(0x5000 + cell * 0x1000), .levels = 3, .root_pages = 1, .id = (u16)(cell + 1),
		};
}

static enum status build(const struct iommu_unit *like, const struct smmuv3_image *before)
{
	struct iommu_unit unit = *like;

	unit.pool = &world.pool;
	unit.tables = before ? pool_phys(&world.pool, before) : 0;
	return iommu_build(&unit, &world.plan.plan, world.domains, ++world.owner, &world.tables);
}

static const struct smmuv3_image *image(void)
{
	return pool_virt(&world.pool, world.tables.table.value);
}

/* A second level grows with the highest id in it, and every other entry of it is zero. */
static void second_levels_grow(void **state)
{
	static const struct { u32 id; u32 pages, span; } rows[] = {
		{ 0x300, 1, 7 }, { 0x33f, 1, 7 }, { 0x340, 2, 8 }, { 0x37f, 2, 8 }, { 0x380, 4, 9 },
		{ 0x3ff, 4, 9 },
	};

	(void)state;
	for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct smmuv3_ste *table;

		open_world(PAGES, 2);
		world.plan.streams[0] = (struct plan_stream){ .id = 0x300, .cell = 1 };
		world.plan.streams[1] = (struct plan_stream){ .id = rows[i].id, .cell = 1 };
		assert_int_equal(build(&qemu, NULL), OK);
		assert_int_equal(world.pool.used, 1 + rows[i].pages);
		assert_int_equal(image()->level1[3] & 0x1f, rows[i].span);
		table = pool_virt(&world.pool, image()->level1[3] & ~0x1fULL);
		for (u32 entry = 0; entry < rows[i].pages * 64; entry++)
			assert_int_equal(table[entry].q[0],
					 entry == 0 || entry == (rows[i].id & 0xff) ? 0xd : 0);
		for (unsigned other = 0; other < 256; other++)
			assert_true((other == 3) == (image()->level1[other] != 0));
	}
}

/* Only for ids that get an entry: a cell without windows has none. */
static void second_levels_ignore_the_blocked(void **state)
{
	open_world(PAGES, 2);
	world.plan.streams[0] = (struct plan_stream){ .id = 0x300, .cell = 1 };
	world.plan.streams[1] = (struct plan_stream){ .id = 0x3ff, .cell = 3 };
	assert_int_equal(build(&qemu, NULL), OK);
	assert_int_equal(world.pool.used, 2);
	assert_int_equal(image()->level1[3] & 0x1f, 7);
}

static void ids_and_windows_end(void **state)
{
	static const struct iommu_unit small = {
		.ops = &iommu_smmuv3, .caps.coherent = true,
		.state = { [SMMUV3_BITS] = 6, [SMMUV3_OAS] = 1 },
	};

	(void)state;
	open_world(PAGES, 1);
	world.plan.streams[0].id = 63;
	assert_int_equal(build(&small, NULL), OK);
	world.plan.streams[0].id = 64;
	assert_int_equal(build(&small, NULL), IOMMU_STREAM);
	world.plan.streams[0] = (struct plan_stream){ .id = 0xffff };
	assert_int_equal(build(&qemu, NULL), OK);
	world.plan.streams[0].id = 0x10000;
	assert_int_equal(build(&qemu, NULL), IOMMU_STREAM);
	world.plan.streams[0] = (struct plan_stream){ .id = 8, .mask = 1 };
	assert_int_equal(build(&qemu, NULL), IOMMU_STREAM);
	world.plan.streams[0].mask = 0;
	world.plan.plan.dma.count = 1;
	world.plan.dma[0] = (struct plan_map){ .first = 0x1000, .last = 0x1fff, .out = 0xffffff000 };
	assert_int_equal(build(&small, NULL), OK);
	world.plan.dma[0].out += 0x1000;
	assert_int_equal(build(&small, NULL), IOMMU_ADDRESS);
	world.plan.dma[0] = (struct plan_map){ .first = 0x1000000000, .last = 0x1000000fff };
	assert_int_equal(build(&small, NULL), IOMMU_ADDRESS);
}

static void domains_end(void **state)
{
	(void)state;
	open_world(PAGES, 1);
	world.domains[0].id = 0x7f;
	assert_int_equal(build(&qemu, NULL), OK);
	world.domains[0].id = 0x80;
	assert_int_equal(build(&qemu, NULL), IOMMU_DOMAIN);
	world.domains[0].id = 0;
	assert_int_equal(build(&qemu, NULL), IOMMU_DOMAIN);
	world.domains[0].id = 1;
	world.domains[0].levels = 5;
	assert_int_equal(build(&qemu, NULL), IOMMU_DOMAIN);
	world.domains[0].levels = 3;
	world.domains[0].root_pages = 32;
	assert_int_equal(build(&qemu, NULL), IOMMU_DOMAIN);
	world.domains[0].root = PHYS(0);	/* no DMA: no entry, and no page for it */
	assert_int_equal(build(&qemu, NULL), OK);
	assert_int_equal(image()->level1[0], 0);
}

/* A VMID never means two tables: not of two cells, not of a cell before and after. */
static void vmids(void **state)
{
	const struct smmuv3_image *first, *second, *third;

	(void)state;
	open_world(PAGES, 3);
	for (u32 cell = 0; cell < 3; cell++)
		world.plan.streams[cell] = (struct plan_stream){ .id = cell, .cell = (u16)cell };
	assert_int_equal(build(&qemu, NULL), OK);
	first = image();
	assert_true(first->cells[0].vmid == 1 && first->cells[1].vmid == 2 && first->cells[3].vmid == 0);
	world.domains[0].root = PHYS(0x9000);
	assert_int_equal(build(&qemu, first), OK);
	second = image();
	assert_true(second->cells[0].vmid == 0x81 && second->cells[1].vmid == 2);
	world.domains[0].root = PHYS(0xa000);
	world.domains[1].root = PHYS(0);
	assert_int_equal(build(&qemu, second), OK);
	third = image();
	assert_true(third->cells[0].vmid == 1 && third->cells[1].vmid == 0 && third->cells[2].vmid == 3);
}

static void every_page_fails_once(void **state)
{
	(void)state;
	for (u32 pages = 0; pages < 4; pages++) {
		open_world(pages + 1, 2);
		world.plan.streams[0].id = 8;
		world.plan.streams[1].id = 0x340;
		world.owners[pages] = 255;	/* one page less than the pool says */
		assert_int_equal(build(&qemu, NULL), STATUS_NO_MEMORY);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(level1_descriptors),
		cmocka_unit_test(entry_of_qemu),
		cmocka_unit_test(control_words),
		cmocka_unit_test(shapes_by_output_size),
		cmocka_unit_test(second_levels_grow),
		cmocka_unit_test(second_levels_ignore_the_blocked),
		cmocka_unit_test(ids_and_windows_end),
		cmocka_unit_test(domains_end),
		cmocka_unit_test(vmids),
		cmocka_unit_test(every_page_fails_once),
	};

	return cmocka_run_group_tests_name("dev/iommu/smmuv3_tables", tests, NULL, NULL);
}
