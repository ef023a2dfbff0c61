// SPDX-License-Identifier: GPL-2.0
/* Ranges against their definition, value by value, in a world of 8 values and at the ends of 64 bits. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <base/range.h>

#define WORLD 8

static bool in(struct range range, u64 value)
{
	return range.first <= value && value <= range.last;
}

/* Calls check with every pair of ranges of the world. */
static void every_pair(void (*check)(struct range a, struct range b))
{
	for (u64 i = 0; i < WORLD; i++)
		for (u64 j = i; j < WORLD; j++)
			for (u64 k = 0; k < WORLD; k++)
				for (u64 l = k; l < WORLD; l++)
					check((struct range){ i, j }, (struct range){ k, l });
}

static void check_relations(struct range a, struct range b)
{
	bool overlap = false, contains = true;

	for (u64 value = 0; value < WORLD; value++) {
		overlap |= in(a, value) && in(b, value);
		contains &= in(a, value) || !in(b, value);
		assert_int_equal(range_has(a, value), in(a, value));
	}
	assert_int_equal(range_overlap(a, b), overlap);
	assert_int_equal(range_contains(a, b), contains);
}

static void check_meet(struct range a, struct range b)
{
	struct range both = { 99, 98 };
	bool meet = range_meet(a, b, &both);

	for (u64 value = 0; value < WORLD; value++)
		assert_int_equal(meet && in(both, value), in(a, value) && in(b, value));
	if (!meet)
		assert_true(both.first == 99 && both.last == 98);
}

static void check_cut(struct range a, struct range b)
{
	struct range pieces[2];
	unsigned count = range_cut(a, b, pieces);

	assert_true(count <= 2);
	for (u64 value = 0; value < WORLD; value++) {
		unsigned times = 0;

		for (unsigned i = 0; i < count; i++)
			times += in(pieces[i], value);
		assert_int_equal(times, in(a, value) && !in(b, value));
	}
	for (unsigned i = 0; i < count; i++)
		assert_true(pieces[i].first <= pieces[i].last);
	if (count == 2)
		assert_true(pieces[0].last < pieces[1].first);
}

static void relations(void **state) { (void)state; every_pair(check_relations); }
static void meeting(void **state) { (void)state; every_pair(check_meet); }
static void cutting(void **state) { (void)state; every_pair(check_cut); }

static void making(void **state)
{
	struct range range = { 1, 2 };

	(void)state;
	assert_false(range_make(5, 0, &range));
	assert_false(range_make(~0ULL, 2, &range));
	assert_true(range_make(~0ULL, 1, &range));
	assert_true(range.first == ~0ULL && range.last == ~0ULL);
	assert_true(range_make(0, ~0ULL, &range));
	assert_true(range.first == 0 && range.last == ~0ULL - 1);
}

static void refused_make_changes_nothing(void **state)
{
	struct range range = { 1, 2 };

	(void)state;
	assert_false(range_make(2, ~0ULL, &range));
	assert_true(range.first == 1 && range.last == 2);
}

static void cutting_at_the_ends_of_the_world(void **state)
{
	struct range all = { 0, ~0ULL }, pieces[2];

	(void)state;
	assert_int_equal(range_cut(all, all, pieces), 0);
	assert_int_equal(range_cut(all, (struct range){ 0, 0 }, pieces), 1);
	assert_true(pieces[0].first == 1 && pieces[0].last == ~0ULL);
	assert_int_equal(range_cut(all, (struct range){ ~0ULL, ~0ULL }, pieces), 1);
	assert_true(pieces[0].first == 0 && pieces[0].last == ~0ULL - 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(relations),
		cmocka_unit_test(meeting),
		cmocka_unit_test(cutting),
		cmocka_unit_test(making),
		cmocka_unit_test(refused_make_changes_nothing),
		cmocka_unit_test(cutting_at_the_ends_of_the_world),
	};

	return cmocka_run_group_tests_name("base/range", tests, NULL, NULL);
}
