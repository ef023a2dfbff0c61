// SPDX-License-Identifier: GPL-2.0
/* Masks, fields and alignment: every field position, and the edges of 64 bits. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <base/bits.h>

static void every_mask(void **state)
{
	(void)state;
	for (unsigned high = 0; high < 64; high++)
		for (unsigned low = 0; low <= high; low++)
			for (unsigned bit = 0; bit < 64; bit++)
				assert_int_equal(MASK(high, low) >> bit & 1, bit >= low && bit <= high);
}

static void every_field(void **state)
{
	u64 value = 0xa5c3f0961e2d4b87ULL;

	(void)state;
	for (unsigned high = 0; high < 64; high++)
		for (unsigned low = 0; low <= high; low++) {
			u64 mask = MASK(high, low);
			u64 fits = value & (mask >> low);

			assert_true(field_get(mask, value) == (value & mask) >> low);
			assert_true(field_set(mask, fits) == fits << low);
			assert_true(field_get(mask, field_set(mask, value)) == fits);
			assert_true((field_set(mask, ~0ULL) & ~mask) == 0);
		}
}

static void field_of_an_empty_mask(void **state)
{
	(void)state;
	assert_int_equal(field_set(0, 7), 0);
}

static void alignment(void **state)
{
	(void)state;
	assert_int_equal(align_down(0x1fff, 0x1000), 0x1000);
	assert_int_equal(align_up(0x1001, 0x1000), 0x2000);
	assert_int_equal(align_up(0x1000, 0x1000), 0x1000);
	assert_int_equal(align_up(0, 0x1000), 0);
	assert_int_equal(align_up(~0ULL, 0x1000), 0);
	assert_true(is_aligned(0, 0x1000) && is_aligned(0x3000, 0x1000) && is_aligned(5, 1));
	assert_false(is_aligned(0x800, 0x1000));
}

static void bitmaps(void **state)
{
	u8 map[9] = { 0 };

	(void)state;
	for (unsigned bit = 0; bit < 72; bit++) {
		bitmap_set(map, bit);
		for (unsigned other = 0; other < 72; other++)
			assert_int_equal(bitmap_test(map, other), other == bit);
		assert_int_equal(map[bit / 8], 1 << bit % 8);
		bitmap_clear(map, bit);
		assert_false(bitmap_test(map, bit));
	}
	for (unsigned i = 0; i < sizeof(map); i++)
		map[i] = 0xff;
	bitmap_clear(map, 42);
	for (unsigned bit = 0; bit < 72; bit++)
		assert_int_equal(bitmap_test(map, bit), bit != 42);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_mask),
		cmocka_unit_test(every_field),
		cmocka_unit_test(field_of_an_empty_mask),
		cmocka_unit_test(alignment),
		cmocka_unit_test(bitmaps),
	};

	return cmocka_run_group_tests_name("base/bits", tests, NULL, NULL);
}
