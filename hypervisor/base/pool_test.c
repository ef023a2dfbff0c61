// SPDX-License-Identifier: GPL-2.0
/* The pool against a plain array of owners: never a page twice, never one lost, always zeroed. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <base/bits.h>
#include <base/pool.h>

#define PAGES 64U
#define BASE_PHYS 0x123403000ULL	/* aligned to one page only */

static _Alignas(4096) u8 memory[PAGES * PAGE_SIZE];
static u8 tags[PAGES];
static struct pool pool;

static void fresh(u32 pages)
{
	memset(memory, 0xee, sizeof(memory));
	memset(tags, 0x77, sizeof(tags));
	pool_init(&pool, memory, BASE_PHYS, tags, pages);
}

static u32 page_of(const void *virt)
{
	return (u32)(((const u8 *)virt - memory) / PAGE_SIZE);
}

static void every_page_once(void **state)
{
	u8 seen[PAGES] = { 0 };

	(void)state;
	fresh(PAGES);
	for (u32 i = 0; i < PAGES; i++) {
		u8 *page = pool_alloc(&pool, 1, 1, 1);

		assert_non_null(page);
		assert_int_equal(seen[page_of(page)]++, 0);
	}
	assert_null(pool_alloc(&pool, 1, 1, 1));
	assert_int_equal(pool.used, PAGES);
}

static void pages_are_zeroed(void **state)
{
	(void)state;
	fresh(PAGES);
	for (unsigned round = 0; round < 2; round++) {
		u8 *run = pool_alloc(&pool, 5, 1, 2);

		for (unsigned i = 0; i < 5 * PAGE_SIZE; i++)
			assert_int_equal(run[i], 0);
		assert_int_equal(run[5 * PAGE_SIZE], 0xee);
		memset(run, 0xcc, 5 * PAGE_SIZE);
		assert_int_equal(pool_drop(&pool, 2), 5);
	}
}

static void alignment_is_physical(void **state)
{
	(void)state;
	for (u32 align = 1; align <= 32; align *= 2) {
		fresh(PAGES);
		for (void *run; (run = pool_alloc(&pool, 3, align, 1)) != NULL; )
			assert_true(is_aligned(pool_phys(&pool, run), align * PAGE_SIZE));
		assert_true(pool.used > 0);
	}
}

static void addresses_translate_both_ways(void **state)
{
	u8 *page;

	(void)state;
	fresh(PAGES);
	page = pool_alloc(&pool, 2, 1, 1);
	assert_int_equal(pool_phys(&pool, page + 17), BASE_PHYS + (u64)(page - memory) + 17);
	assert_ptr_equal(pool_virt(&pool, pool_phys(&pool, page + 17)), page + 17);
}

static void impossible_requests(void **state)
{
	(void)state;
	fresh(4);
	assert_null(pool_alloc(&pool, 0, 1, 1));
	assert_null(pool_alloc(&pool, 5, 1, 1));
	assert_null(pool_alloc(&pool, ~0U, 1, 1));
	assert_null(pool_alloc(&pool, 1, 1, POOL_FREE));
	assert_null(pool_alloc(&pool, 1, 1U << 30, 1));
	assert_int_equal(pool.used, 0);
	assert_non_null(pool_alloc(&pool, 4, 1, 1));
	fresh(0);
	assert_null(pool_alloc(&pool, 1, 1, 1));
}

/* The search starts behind the last page, so a run that only fits before it needs the second look. */
static void search_wraps(void **state)
{
	(void)state;
	fresh(8);
	assert_non_null(pool_alloc(&pool, 3, 1, 1));
	assert_non_null(pool_alloc(&pool, 4, 1, 2));
	assert_int_equal(pool_drop(&pool, 1), 3);
	assert_non_null(pool_alloc(&pool, 1, 1, 3));
	pool.next = 8;
	assert_non_null(pool_alloc(&pool, 2, 1, 3));
	assert_non_null(pool_alloc(&pool, 1, 1, 3));
	assert_null(pool_alloc(&pool, 1, 1, 3));
}

static void dropping_free_is_nothing(void **state)
{
	(void)state;
	fresh(PAGES);
	assert_non_null(pool_alloc(&pool, 3, 1, 1));
	assert_int_equal(pool_drop(&pool, POOL_FREE), 0);
	assert_int_equal(pool_drop(&pool, 9), 0);
	assert_int_equal(pool.used, 3);
}

static void owners_are_fresh(void **state)
{
	static u8 page_tags[256];
	static _Alignas(4096) u8 pages[256 * PAGE_SIZE];

	(void)state;
	pool_init(&pool, pages, 0, page_tags, 256);
	for (unsigned owner = 1; owner < 256; owner++) {
		assert_int_equal(pool_new_owner(&pool), owner);
		assert_non_null(pool_alloc(&pool, 1, 1, (u8)owner));
	}
	assert_int_equal(pool_new_owner(&pool), POOL_FREE);
	assert_int_equal(pool_drop(&pool, 200), 1);
	assert_int_equal(pool_new_owner(&pool), 200);
}

static bool naive_fits(const u8 *owners, u32 count, u32 align)
{
	for (u32 first = 0; first + count <= PAGES; first++) {
		bool free = ((BASE_PHYS >> 12) + first) % align == 0;

		for (u32 i = 0; i < count; i++)
			free = free && owners[first + i] == 0;
		if (free)
			return true;
	}
	return false;
}

/* One random step on the pool and on the array; they must agree on everything visible. */
static void random_step(u8 *owners)
{
	u8 owner = (u8)(1 + rand() % 5);
	u32 count = 1U + (u32)rand() % 6, align = 1U << rand() % 4, expected = 0;
	u8 *run;

	if (rand() % 8 == 0) {
		for (u32 i = 0; i < PAGES; i++) {
			expected += owners[i] == owner;
			owners[i] = owners[i] == owner ? 0 : owners[i];
		}
		assert_int_equal(pool_drop(&pool, owner), expected);
		return;
	}
	run = pool_alloc(&pool, count, align, owner);
	assert_int_equal(run != NULL, naive_fits(owners, count, align));
	for (u32 i = 0; run && i < count; i++) {
		assert_int_equal(owners[page_of(run) + i], 0);
		owners[page_of(run) + i] = owner;
	}
}

static void random_life(void **state)
{
	u8 owners[PAGES] = { 0 };

	(void)state;
	srand(3);
	fresh(PAGES);
	for (unsigned step = 0; step < 20000; step++) {
		u32 used = 0;

		random_step(owners);
		for (u32 i = 0; i < PAGES; i++)
			used += owners[i] != 0;
		assert_int_equal(pool.used, used);
		assert_memory_equal(pool.owner, owners, PAGES);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_page_once),
		cmocka_unit_test(pages_are_zeroed),
		cmocka_unit_test(alignment_is_physical),
		cmocka_unit_test(addresses_translate_both_ways),
		cmocka_unit_test(impossible_requests),
		cmocka_unit_test(search_wraps),
		cmocka_unit_test(dropping_free_is_nothing),
		cmocka_unit_test(owners_are_fresh),
		cmocka_unit_test(random_life),
	};

	return cmocka_run_group_tests_name("base/pool", tests, NULL, NULL);
}
