// SPDX-License-Identifier: GPL-2.0
/*
 * One list of tests over all drivers and all shapes of units: whatever the unit, the life of a plan
 * looks the same.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <host/iommu_rig.h>

static struct rig rig;

static void life(void **state)
{
	(void)state;
	FOR_EACH_SHAPE(shape) {
		rig_open(&rig, shape, POOL_PAGES);
		rig_save_registers(&rig);
		for (unsigned lap = 0; lap < 2; lap++) {
			rig_poison_free_pages(&rig);
			rig_build_and_start(&rig, &generation_a);
			rig_expect_generation(&rig, &generation_a);
			rig_commit(&rig, &generation_b, 2, 1);
			rig_expect_generation(&rig, &generation_b);
			rig_commit(&rig, &generation_c, 1, 2);
			rig_expect_generation(&rig, &generation_c);
			rig_commit(&rig, &generation_a, 2, 1);
			rig_expect_generation(&rig, &generation_a);
			rig_stop(&rig);
			rig_expect_off(&rig);
			pool_drop(&rig.pool, 2);
			assert_in_range(pool_drop(&rig.pool, UNIT_OWNER), 0, 2);
			assert_int_equal(rig.pool.used, 0);
		}
		rig_close(&rig);
	}
}

/* The queue wraps; 300 exchanges are more than one ring of commands. */
static void many_exchanges(void **state)
{
	(void)state;
	FOR_EACH_SHAPE(shape) {
		rig_open(&rig, shape, POOL_PAGES);
		rig_build_and_start(&rig, &generation_a);
		for (unsigned i = 0; i < 150; i++) {
			rig_commit(&rig, &generation_b, 2, 1);
			rig_expect_sample(&rig, &generation_b);
			rig_commit(&rig, &generation_a, 1, 2);
			rig_expect_sample(&rig, &generation_a);
		}
		rig_stop(&rig);
		rig_close(&rig);
	}
}

/* Building a generation beside the one in force changes nothing for any device. */
static void build_is_memory_only(void **state)
{
	(void)state;
	FOR_EACH_SHAPE(shape) {
		rig_open(&rig, shape, POOL_PAGES);
		rig_build_and_start(&rig, &generation_a);
		fake_mute(0, 0, 0);
		assert_int_equal(rig_build(&rig, &generation_b, 2), OK);
		assert_int_equal(fake_requests(), 0);
		rig_expect_generation(&rig, &generation_a);
		rig_stop(&rig);
		rig_close(&rig);
	}
}

static void start_counts_its_requests(void **state)
{
	(void)state;
	FOR_EACH_SHAPE(shape) {
		rig_open(&rig, shape, POOL_PAGES);
		rig_build_and_start(&rig, &generation_a);
		assert_int_equal(fake_requests(), shape->start_requests);
		fake_mute(0, 0, 0);
		rig_commit(&rig, &generation_b, 2, 1);
		assert_int_equal(fake_requests(), shape->commit_requests);
		rig_stop(&rig);
		rig_close(&rig);
	}
}

/*
 * More faults than the unit can keep: the first ones are told, the loss is told, then all goes on.
 */
static void faults_overflow(void **state)
{
	(void)state;
	FOR_EACH_SHAPE(shape) {
		struct iommu_fault fault;
		bool overflow = false;
		unsigned told = 0;
		u64 out;

		rig_open(&rig, shape, POOL_PAGES);
		rig_build_and_start(&rig, &generation_a);
		/* One denial, so that the log does not start at its first record. */
		rig_expect_sample(&rig, &generation_a);
		for (unsigned i = 0; i < 300; i++)
			assert_false(shape->dma(&rig, 0x0050, i * 0x1000ULL, FAKE_WRITE, &out));
		while (rig_take_fault(&rig, &fault)) {
			assert_int_equal(fault.requester, 0x0050);
			assert_int_equal(fault.blind, shape->blind);
			if (!fault.blind) {
				assert_int_equal(fault.address, told * 0x1000ULL);
				assert_true(fault.write);
			}
			overflow |= fault.overflow;
			told++;
		}
		assert_true(overflow);
		assert_in_range(told, shape->records, 299);
		rig_expect_dma(&rig, &generation_a, 0x0060, 0x7000, FAKE_READ);
		rig_stop(&rig);
		rig_close(&rig);
	}
}

/* The budget of pages above the tables of the cells. */
static void pages_of_a_small_machine(void **state)
{
	(void)state;
	FOR_EACH_SHAPE(shape) {
		u32 before;

		rig_open(&rig, shape, POOL_PAGES);
		rig_probe(&rig);
		for (unsigned cell = 0; cell < CELLS; cell++) {
			struct iommu_domain domain;

			assert_int_equal(rig_build_domain(&rig, generation_b.maps[cell], cell, 1,
						      &domain), OK);
		}
		before = rig.pool.used;
		pool_drop(&rig.pool, 1);
		rig_build_and_start(&rig, &generation_b);
		assert_in_range(rig.pool.used - before, 2, shape->pages);
		rig_stop(&rig);
		rig_close(&rig);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(life),
		cmocka_unit_test(many_exchanges),
		cmocka_unit_test(build_is_memory_only),
		cmocka_unit_test(start_counts_its_requests),
		cmocka_unit_test(faults_overflow),
		cmocka_unit_test(pages_of_a_small_machine),
	};

	return cmocka_run_group_tests_name("dev/iommu", tests, NULL, NULL);
}
