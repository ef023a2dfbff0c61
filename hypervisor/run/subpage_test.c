// SPDX-License-Identifier: GPL-2.0
/* A region of 0x20 bytes in the middle of a page: last valid, first invalid. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <config/rules.h>
#include <run/subpage.h>

static struct jailhouse_memory region_with(u64 flags)
{
	return (struct jailhouse_memory) {
		.phys_start = 0x3f8100, .virt_start = 0x10000100, .size = 0x20, .flags = flags,
	};
}

static enum status access_at(u64 flags, u64 address, unsigned width, bool write, u64 *out)
{
	struct jailhouse_memory region = region_with(flags);
	phys_t phys = PHYS(0);
	enum status why = subpage_access(&config_x86, &region, GPA(address), width, write, &phys);

	*out = phys.value;
	return why;
}

#define RW_ALL (JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_IO_8 | \
		JAILHOUSE_MEM_IO_16 | JAILHOUSE_MEM_IO_32 | JAILHOUSE_MEM_IO_64)

/* Every address around the region with every width, against the rule said in one line. */
static void every_byte(void **state)
{
	static const unsigned widths[] = { 1, 2, 4, 8 };
	u64 address, out;
	unsigned n;

	(void)state;
	for (address = 0x100000f0; address < 0x10000130; address++)
		for (n = 0; n < 4; n++) {
			unsigned width = widths[n];
			bool inside = address >= 0x10000100 && address + width <= 0x10000120;
			enum status why = access_at(RW_ALL, address, width, n & 1, &out);

			if (!inside)
				assert_int_equal(why, STATUS_SUBPAGE_OUTSIDE);
			else
				assert_int_equal(why, address % width ? STATUS_SUBPAGE_ALIGNED
								      : OK);
			if (!why)
				assert_int_equal(out, address - 0x10000100 + 0x3f8100);
		}
}

static void width_needs_its_flag(void **state)
{
	static const u64 flags[] = { JAILHOUSE_MEM_IO_8, JAILHOUSE_MEM_IO_16, JAILHOUSE_MEM_IO_32,
				     JAILHOUSE_MEM_IO_64 };
	unsigned granted, used;
	u64 out;

	(void)state;
	for (granted = 0; granted < 4; granted++)
		for (used = 0; used < 4; used++)
			assert_int_equal(access_at(JAILHOUSE_MEM_READ | flags[granted], 0x10000108,
						   1U << used, false, &out),
					 granted == used ? OK : STATUS_SUBPAGE_WIDTH);
	assert_int_equal(access_at(RW_ALL, 0x10000100, 3, false, &out), STATUS_SUBPAGE_WIDTH);
	assert_int_equal(access_at(RW_ALL, 0x10000100, 16, false, &out), STATUS_SUBPAGE_WIDTH);
	assert_int_equal(access_at(RW_ALL, 0x10000100, 0, false, &out), STATUS_SUBPAGE_OUTSIDE);
}

static void direction_needs_its_right(void **state)
{
	u64 out;

	(void)state;
	assert_int_equal(access_at(JAILHOUSE_MEM_READ | JAILHOUSE_MEM_IO_32, 0x10000100, 4, false,
				   &out), OK);
	assert_int_equal(access_at(JAILHOUSE_MEM_READ | JAILHOUSE_MEM_IO_32, 0x10000100, 4, true,
				   &out), STATUS_SUBPAGE_RIGHTS);
	assert_int_equal(access_at(JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_IO_32, 0x10000100, 4, false,
				   &out), STATUS_SUBPAGE_RIGHTS);
}

static void unaligned_when_the_config_says_so(void **state)
{
	u64 out;

	(void)state;
	assert_int_equal(access_at(RW_ALL | JAILHOUSE_MEM_IO_UNALIGNED, 0x1000011d, 2, true, &out),
			 OK);
	assert_int_equal(out, 0x3f811d);
	assert_int_equal(access_at(RW_ALL | JAILHOUSE_MEM_IO_UNALIGNED, 0x1000011d, 4, true, &out),
			 STATUS_SUBPAGE_OUTSIDE);
}

static void unaligned_ends_at_its_page(void **state)
{
	struct jailhouse_memory region = region_with(RW_ALL | JAILHOUSE_MEM_IO_UNALIGNED);
	phys_t out;

	(void)state;
	region.size = 0x2000;
	for (unsigned width = 2; width <= 8; width *= 2)
		for (u64 at = 0x10000ff0; at <= 0x10001000; at++)
			assert_int_equal(subpage_access(&config_x86, &region, GPA(at), width, false, &out),
					 at < 0x10001000 && at + width > 0x10001000 ? STATUS_SUBPAGE_ALIGNED : OK);
}

/* Its processors fault on misaligned accesses to devices, whatever a config says. */
static void unaligned_never_on_arm(void **state)
{
	struct jailhouse_memory region = region_with(RW_ALL | JAILHOUSE_MEM_IO_UNALIGNED);
	phys_t out;

	(void)state;
	assert_int_equal(subpage_access(&config_arm64, &region, GPA(0x10000104), 4, false, &out), OK);
	assert_int_equal(subpage_access(&config_arm64, &region, GPA(0x10000106), 4, false, &out),
			 STATUS_SUBPAGE_ALIGNED);
}

static void the_end_of_the_address_space(void **state)
{
	struct jailhouse_memory region = region_with(RW_ALL);
	phys_t out;

	(void)state;
	region.virt_start = 0xffffffffffffffe0;
	assert_int_equal(subpage_access(&config_x86, &region, GPA(0xfffffffffffffff8), 8, false, &out), OK);
	assert_int_equal(subpage_access(&config_x86, &region, GPA(0xfffffffffffffffc), 8, false, &out),
			 STATUS_SUBPAGE_OUTSIDE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_byte),
		cmocka_unit_test(width_needs_its_flag),
		cmocka_unit_test(direction_needs_its_right),
		cmocka_unit_test(unaligned_when_the_config_says_so),
		cmocka_unit_test(unaligned_ends_at_its_page),
		cmocka_unit_test(unaligned_never_on_arm),
		cmocka_unit_test(the_end_of_the_address_space),
	};

	return cmocka_run_group_tests_name("run/subpage", tests, NULL, NULL);
}
