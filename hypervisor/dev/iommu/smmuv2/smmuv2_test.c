// SPDX-License-Identifier: GPL-2.0
/* What only an SMMUv2 has: masks of stream ids, context banks, one record per bank. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <dev/iommu/smmuv2/smmuv2.h>
#include <host/iommu_rig.h>

static struct rig rig;

static void open_unit(void)
{
	rig_open(&rig, &shapes[SHAPE_SMMUV2], POOL_PAGES);
}

static enum status probe(void)
{
	struct refusal refusal;

	return iommu_probe(&rig.unit, &refusal);
}

static void probe_refusals(void **state)
{
	(void)state;
	open_unit();
	assert_int_equal(probe(), OK);
	rig.smmuv2.cr0 = 0;
	assert_int_equal(probe(), IOMMU_SMMU_ON);
	rig.smmuv2.cr0 = 1;
	rig.smmuv2.id0 ^= 1U << 29;
	assert_int_equal(probe(), IOMMU_STAGE2);
	rig.smmuv2.id0 ^= 1U << 29 | 1U << 27;
	assert_int_equal(probe(), IOMMU_FORMAT);	/* streams are indexed */
	rig.smmuv2.id0 ^= 1U << 27 | 1U << 8;
	assert_int_equal(probe(), IOMMU_FORMAT);	/* ids of 16 bits */
	rig.smmuv2.id0 ^= 1U << 8;
	rig.smmuv2.id2 ^= 0x1000;
	assert_int_equal(probe(), IOMMU_FORMAT);	/* no 4 KiB pages */
	rig.smmuv2.id2 ^= 0x1000;
	rig.smmuv2.id2 |= 0xff;
	assert_int_equal(probe(), IOMMU_FORMAT);	/* reserved sizes */
	rig.smmuv2.id2 = 0x1054;
	rig.config.size = 0xffff;
	assert_int_equal(probe(), IOMMU_WINDOW);
	rig.config.size = 0x10000;
	assert_int_equal(probe(), OK);
	rig.smmuv2.id1 |= 1U << 31;	/* pages of 64 KiB */
	rig.config.size = 0xfffff;
	assert_int_equal(probe(), IOMMU_WINDOW);
	rig.config.size = 0x100000;
	assert_int_equal(probe(), OK);
	rig.smmuv2.id0 = 0;
	assert_int_equal(probe(), IOMMU_ABSENT);
	rig.smmuv2.id0 = ~0U;
	assert_int_equal(probe(), IOMMU_ABSENT);
	rig_close(&rig);
}

static void match_registers(void **state)
{
	(void)state;
	assert_int_equal(smmuv2_match(0x1234, 0), 0x80001234);
	assert_int_equal(smmuv2_match(0x7fff, 0), 0x80007fff);
	assert_int_equal(smmuv2_match(0x1234, 0x00ff), 0x80ff1200);
	assert_int_equal(smmuv2_match(0x7fff, 0x7fff), 0xffff0000);
}

static const struct map window[4] = { { 0, 0xfff, 0x80000000, 3 } };

/* The image of rows[], for cells 0 and 1 with one window each. */
static enum status build_streams(const struct plan_stream *rows, u32 count, u8 owner)
{
	struct iommu_domain domains[CONFIG_MAX_CELLS] = { 0 };

	for (unsigned cell = 0; cell < 2; cell++)
		assert_int_equal(rig_build_domain(&rig, window, cell, owner, &domains[cell]), OK);
	memcpy(rig.plan.streams, rows, count * sizeof(*rows));
	rig.plan.plan.streams = (struct plan_array) {
		.offset = offsetof(typeof(rig.plan), streams), .count = count,
	};
	iommu_show_pages(&rig.unit, owner);
	return iommu_build(&rig.unit, &rig.plan.plan, domains, owner, &rig.tables[owner - 1]);
}

static void start_streams(const struct plan_stream *rows, u32 count)
{
	open_unit();
	rig_probe(&rig);
	assert_int_equal(build_streams(rows, count, 1), OK);
	assert_int_equal(iommu_start(&rig.unit, &rig.tables[0]), OK);
}

static void masks_match(void **state)
{
	static const struct plan_stream rows[] = {
		{ .id = 0x0100, .mask = 0x000f }, { .id = 0x0200, .mask = 0x7c00, .cell = 1 },
	};
	u64 out;

	(void)state;
	start_streams(rows, 2);
	for (u32 id = 0; id < 0x8000; id++) {
		bool listed = (id & ~0xfU) == 0x100 || (id & ~0x7c00U) == 0x200;

		assert_int_equal(rig.shape->dma(&rig, (u16)id, 0x10, FAKE_READ, &out), listed);
	}
	rig_stop(&rig);
	rig_close(&rig);
}

static void ids_end_and_stay_apart(void **state)
{
	static const struct {
		struct plan_stream rows[2];
		enum status why;
	} cases[] = {
		{ { { .id = 0x7fff }, { .id = 0x7ffe } }, OK },
		{ { { .id = 0 }, { .id = 0x8000 } }, IOMMU_STREAM },
		{ { { .id = 0 }, { .id = 0x10, .mask = 0x8000 } }, IOMMU_STREAM },
		{ { { .id = 0x10 }, { .id = 0x18, .mask = 0x8 } }, IOMMU_STREAM },
		{ { { .id = 0x10 }, { .id = 0x18, .mask = 0x4 } }, OK },
		{ { { .id = 0x10, .cell = 2 }, { .id = 0x10, .cell = 1 } }, IOMMU_STREAM },
	};

	(void)state;
	for (unsigned i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		open_unit();
		rig_probe(&rig);
		assert_int_equal(build_streams(cases[i].rows, 2, 1), cases[i].why);
		rig_close(&rig);
	}
}

/* A unit that has fewer bits would take the rest of an id for another one, and of a mask for nothing. */
static void ids_have_as_many_bits_as_the_unit(void **state)
{
	static const struct {
		unsigned bits;
		struct plan_stream stream;
		enum status why;
	} cases[] = {
		{ 15, { .id = 0x7fff, .mask = 0x4000 }, OK },
		{ 8, { .id = 0xff, .mask = 0x80 }, OK },
		{ 8, { .id = 0x100 }, IOMMU_STREAM },
		{ 8, { .id = 0x10, .mask = 0x100 }, IOMMU_STREAM },
		{ 0, { .id = 0 }, OK },
		{ 0, { .id = 1 }, IOMMU_STREAM },
	};
	u64 out;

	(void)state;
	for (unsigned i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		open_unit();
		rig.smmuv2.id0 = (rig.smmuv2.id0 & ~0x1e00U) | cases[i].bits << 9;
		rig_probe(&rig);
		assert_int_equal(build_streams(&cases[i].stream, 1, 1), cases[i].why);
		if (cases[i].why == OK) {
			assert_int_equal(iommu_start(&rig.unit, &rig.tables[0]), OK);
			assert_true(rig.shape->dma(&rig, (u16)cases[i].stream.id, 0x10, FAKE_READ, &out));
			rig_stop(&rig);
		}
		rig_close(&rig);
	}
}

/* A mask that is cut would keep listed streams out: at the start and later. */
static void masks_have_as_many_bits_as_are_kept(void **state)
{
	static const struct plan_stream fits = { .id = 1, .mask = 0x3ff0 }, wide = { .id = 2, .mask = 0x4000 };
	u64 out;

	(void)state;
	open_unit();
	rig.smmuv2.masks = 0x3fff;
	rig_save_registers(&rig);
	rig_probe(&rig);
	assert_int_equal(build_streams(&wide, 1, 1), OK);
	assert_int_equal(iommu_start(&rig.unit, &rig.tables[0]), IOMMU_STREAM);
	rig_expect_off(&rig);
	pool_drop(&rig.pool, 1);
	assert_int_equal(build_streams(&fits, 1, 1), OK);
	assert_int_equal(iommu_start(&rig.unit, &rig.tables[0]), OK);
	assert_int_equal(build_streams(&wide, 1, 2), OK);
	assert_int_equal(iommu_commit(&rig.unit, &rig.tables[1]), IOMMU_STREAM);
	rig_give_up(&rig, 2);
	assert_true(rig.shape->dma(&rig, 0x3ff1, 0x10, FAKE_READ, &out));
	assert_false(rig.shape->dma(&rig, 0x0002, 0x10, FAKE_READ, &out));
	rig.smmuv2.masks = 0x7fff;
	assert_int_equal(build_streams(&wide, 1, 2), OK);
	assert_int_equal(iommu_commit(&rig.unit, &rig.tables[1]), OK);
	assert_true(rig.shape->dma(&rig, 0x4002, 0x10, FAKE_READ, &out));
	rig_stop(&rig);
	rig_close(&rig);
}

/* A generation needs registers that the one in force does not use. */
static void registers_run_out(void **state)
{
	static const struct plan_stream first[] = { { .id = 1 }, { .id = 2, .cell = 1 } };
	static const struct plan_stream second[] = { { .id = 1 }, { .id = 3, .cell = 1 } };

	(void)state;
	for (unsigned banks = 1; banks <= 4; banks++) {
		for (unsigned groups = 1; groups <= 3; groups++) {
			bool starts = banks >= 2 && groups >= 2;

			open_unit();
			rig.smmuv2.id0 = (rig.smmuv2.id0 & ~0xffU) | groups;
			rig.smmuv2.id1 = (rig.smmuv2.id1 & ~0xffU) | banks;
			rig_probe(&rig);
			assert_int_equal(build_streams(first, 2, 1), starts ? OK : IOMMU_BANKS);
			if (starts) {
				assert_int_equal(iommu_start(&rig.unit, &rig.tables[0]), OK);
				assert_int_equal(build_streams(second, 2, 2),
						 banks == 4 && groups == 3 ? OK : IOMMU_BANKS);
				rig_stop(&rig);
			}
			rig_close(&rig);
		}
	}
}

/* A blocked transfer that nobody has read about yet blocks nothing else, and nothing is mixed up. */
static void records_of_banks(void **state)
{
	static const struct plan_stream rows[] = { { .id = 1 }, { .id = 2, .cell = 1 } };
	struct iommu_fault fault;
	u64 out;

	(void)state;
	start_streams(rows, 2);
	assert_false(rig.shape->dma(&rig, 2, 0x5008, FAKE_WRITE, &out));
	assert_false(rig.shape->dma(&rig, 1, 0x7000, FAKE_READ, &out));
	assert_false(rig.shape->dma(&rig, 3, 0x9000, FAKE_WRITE, &out));
	assert_false(rig.shape->dma(&rig, 2, 0x6000, FAKE_WRITE, &out));
	assert_true(rig.shape->dma(&rig, 2, 0x10, FAKE_WRITE, &out));
	for (unsigned n = 0; n < 3; n++) {
		static const u64 addresses[] = { 0, 0x7000, 0x5008, 0x9000 };

		assert_true(rig_take_fault(&rig, &fault));
		assert_true(fault.stream && !fault.blind);
		assert_in_range(fault.requester, 1, 3);
		assert_true(fault.address == addresses[fault.requester]);
		assert_int_equal(fault.write, fault.requester != 1);
		assert_int_equal(fault.overflow, fault.requester == 2);
		assert_non_null(strstr(fault.text, fault.requester == 3 ? "lists" : "access to"));
	}
	assert_false(rig_take_fault(&rig, &fault));
	rig_stop(&rig);
	rig_close(&rig);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(probe_refusals),
		cmocka_unit_test(match_registers),
		cmocka_unit_test(masks_match),
		cmocka_unit_test(ids_end_and_stay_apart),
		cmocka_unit_test(ids_have_as_many_bits_as_the_unit),
		cmocka_unit_test(masks_have_as_many_bits_as_are_kept),
		cmocka_unit_test(registers_run_out),
		cmocka_unit_test(records_of_banks),
	};

	return cmocka_run_group_tests_name("dev/iommu/smmuv2", tests, NULL, NULL);
}
