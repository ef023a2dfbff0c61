// SPDX-License-Identifier: GPL-2.0
/* Every allocation fails once, every handshake is late once or never answered. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <host/iommu_rig.h>

static struct rig rig;

static void every_allocation_fails_once(void **state)
{
	(void)state;
	FOR_EACH_SHAPE(shape) {
		u32 pages;
		enum status why = STATUS_NO_MEMORY;

		for (pages = 1; why != OK; pages++) {
			rig_open(&rig, shape, pages);
			rig_save_registers(&rig);
			rig_probe(&rig);
			why = rig_build(&rig, &generation_a, 1);
			if (why == OK)
				why = iommu_start(&rig.unit, &rig.tables[0]);
			if (why != OK) {
				assert_int_equal(why, STATUS_NO_MEMORY);
				rig_expect_off(&rig);
				assert_false(rig.unit.running);
			} else {
				rig_expect_sample(&rig, &generation_a);
				rig_stop(&rig);
				pool_drop(&rig.pool, UNIT_OWNER);
			}
			pool_drop(&rig.pool, 1);
			assert_int_equal(rig.pool.used, 0);
			rig_close(&rig);
		}
		assert_in_range(pages, 8, 40);
	}
}

static bool is_time_out(enum status why)
{
	return why == IOMMU_WAIT_FLUSH || why == IOMMU_WAIT_QUEUE || why == IOMMU_WAIT_ROOT ||
	       why == IOMMU_WAIT_INVALIDATE || why == IOMMU_WAIT_SWITCH;
}

static void refuse_start(struct rig *r, unsigned from, unsigned count, u32 delay)
{
	u32 used = r->pool.used;

	fake_mute(from, count, delay);
	assert_true(is_time_out(iommu_start(&r->unit, &r->tables[0])));
	fake_mute(0, 0, 0);
	assert_false(r->unit.running);
	assert_int_equal(r->pool.used, used);
	rig_expect_off(r);
}

/*
 * Each handshake of start fails once, late or for ever; a unit that was only late can be started.
 */
static void start_times_out(void **state)
{
	(void)state;
	FOR_EACH_SHAPE(shape) {
		for (unsigned from = 0; from < shape->start_requests; from++) {
			rig_open(&rig, shape, POOL_PAGES);
			rig_save_registers(&rig);
			rig_probe(&rig);
			assert_int_equal(rig_build(&rig, &generation_a, 1), OK);
			refuse_start(&rig, from, 1, FAKE_LATE);
			pool_drop(&rig.pool, 1);
			rig_build_and_start(&rig, &generation_a);
			rig_expect_sample(&rig, &generation_a);
			rig_stop(&rig);
			pool_drop(&rig.pool, UNIT_OWNER);
			refuse_start(&rig, from, ALWAYS, FAKE_NEVER);
			rig_close(&rig);
		}
	}
}

/* A unit that is late falls back to the old tables and can exchange them later. */
static void commit_comes_back(void **state)
{
	(void)state;
	FOR_EACH_SHAPE(shape) {
		for (unsigned from = 0; from < shape->commit_requests; from++) {
			enum status why;

			rig_open(&rig, shape, POOL_PAGES);
			rig_build_and_start(&rig, &generation_a);
			rig_expect_sample(&rig, &generation_a);
			assert_int_equal(rig_build(&rig, &generation_b, 2), OK);
			fake_mute(from, 1, FAKE_LATE);
			why = iommu_commit(&rig.unit, &rig.tables[1]);
			if (!is_time_out(why))
				fail_msg("%s: %u at request %u", shape->name, why, from);
			rig_give_up(&rig, 2);
			rig_expect_generation(&rig, &generation_a);
			rig_commit(&rig, &generation_b, 2, 1);
			rig_expect_generation(&rig, &generation_b);
			rig_stop(&rig);
			rig_close(&rig);
		}
	}
}

/*
 * What an owner of the requester, old or new, may reach in the old or the new tables; or nothing.
 */
static void expect_either(struct rig *r, u16 bdf, u64 iova)
{
	const struct generation *generations[] = { &generation_a, &generation_b };
	u64 out;

	if (!r->shape->dma(r, bdf, iova, FAKE_READ, &out))
		return;
	for (unsigned i = 0; i < 4; i++) {
		u16 cell = rig_owner_of(generations[i & 1], bdf);
		const struct map *map = rig_find_map(generations[i >> 1], cell, iova);

		if (map && out == iova - map->first + map->out)
			return;
	}
	fail_msg("%s: %04x reaches %llx by %llx", r->shape->name, bdf, out, iova);
}

static void expect_either_everywhere(struct rig *r)
{
	assert_true(r->unit.running);
	assert_true(r->shape->on(r));
	for (u16 bdf = 0; bdf < 0x100; bdf++)
		for (unsigned p = 0; p < PROBES; p++)
			expect_either(r, bdf, probes[p]);
}

/*
 * Even when the unit answers again: what it uses are not the tables that the next ones would be built
 * beside, so a register, a domain id or a VMID could get a second meaning.
 */
static void expect_no_other_tables(struct rig *r)
{
	r->smmuv3.cmdq_delay = r->smmuv2.sync_delay = 0;
	assert_int_equal(rig_build(r, &generation_c, 3), IOMMU_STUCK);
	rig_give_up(r, 3);
	expect_either_everywhere(r);
}

static void commit_gets_stuck(void **state)
{
	(void)state;
	FOR_EACH_SHAPE(shape) {
		for (unsigned from = 0; from < shape->commit_requests; from++) {
			rig_open(&rig, shape, POOL_PAGES);
			rig_build_and_start(&rig, &generation_a);
			rig_expect_sample(&rig, &generation_a);
			assert_int_equal(rig_build(&rig, &generation_b, 2), OK);
			fake_mute(from, ALWAYS, FAKE_NEVER);
			assert_int_equal(iommu_commit(&rig.unit, &rig.tables[1]),
					 IOMMU_STUCK);
			expect_either_everywhere(&rig);
			fake_mute(0, 0, 0);
			expect_no_other_tables(&rig);
			rig_stop(&rig);
			rig_close(&rig);
		}
	}
}

/* The rings of these stop at a command that the unit does not like, and nothing is done about it. */
static void queue_stops(void **state)
{
	static const unsigned queues[] = {
		SHAPE_VTD, SHAPE_VTD_LIKE_QEMU, SHAPE_AMDVI, SHAPE_AMDVI_ENTRY_BY_ENTRY,
	};

	(void)state;
	for (unsigned i = 0; i < sizeof(queues) / sizeof(queues[0]); i++) {
		rig_open(&rig, &shapes[queues[i]], POOL_PAGES);
		rig_save_registers(&rig);
		rig_probe(&rig);
		rig.vtd.illegal = rig.amdvi.illegal = 1;
		assert_int_equal(rig_build(&rig, &generation_a, 1), OK);
		assert_int_equal(iommu_start(&rig.unit, &rig.tables[0]), IOMMU_BAD_QUEUE);
		rig_expect_off(&rig);
		rig_close(&rig);

		rig_open(&rig, &shapes[queues[i]], POOL_PAGES);
		rig_build_and_start(&rig, &generation_a);
		assert_int_equal(rig_build(&rig, &generation_b, 2), OK);
		rig.vtd.illegal = rig.vtd.commands + 1;
		rig.amdvi.illegal = rig.amdvi.commands + 1;
		assert_int_equal(iommu_commit(&rig.unit, &rig.tables[1]), IOMMU_STUCK);
		expect_either_everywhere(&rig);
		rig_close(&rig);
	}
}

/* Its unit had stopped at a command of somebody before us. */
static void queue_error_left_behind(void **state)
{
	(void)state;
	rig_open(&rig, &shapes[SHAPE_VTD], POOL_PAGES);
	rig.vtd.fsts = 0x10;	/* IQE */
	rig_build_and_start(&rig, &generation_a);
	rig_expect_sample(&rig, &generation_a);
	rig_stop(&rig);
	rig_close(&rig);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_allocation_fails_once),
		cmocka_unit_test(start_times_out),
		cmocka_unit_test(commit_comes_back),
		cmocka_unit_test(commit_gets_stuck),
		cmocka_unit_test(queue_stops),
		cmocka_unit_test(queue_error_left_behind),
	};

	return cmocka_run_group_tests_name("dev/iommu/failure", tests, NULL, NULL);
}
