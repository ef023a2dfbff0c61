// SPDX-License-Identifier: GPL-2.0
/* Walks of tables built by hand in a small memory, for each paging mode and each page size. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include <run/guest_walk.h>

#define P 1ULL		/* present */
#define L 0x80ULL	/* large page */

#define PG (1ULL << 31)
#define PSE (1ULL << 4)
#define PAE (1ULL << 5)
#define LA57 (1ULL << 12)
#define LMA (1ULL << 10)

/* Guest memory: addresses 0x1000 to 0x8fff. */
static u64 memory[8][512];
static unsigned reads;

static bool read_memory(void *context, u64 gpa, u64 *entry)
{
	assert_ptr_equal(context, memory);
	assert_int_equal(gpa % 8, 0);
	reads++;
	if (gpa < 0x1000 || gpa >= 0x9000)
		return false;
	*entry = memory[gpa / 0x1000 - 1][gpa % 0x1000 / 8];
	return true;
}

static int setup(void **state)
{
	memset(memory, 0, sizeof(memory));
	reads = 0;
	return 0;
}

static void put(u64 table, unsigned index, u64 entry)
{
	memory[table / 0x1000 - 1][index] = entry;
}

static void put32(u64 table, unsigned index, u32 entry)
{
	memcpy((u8 *)memory[table / 0x1000 - 1] + 4 * index, &entry, 4);
}

static void expect_gpa(struct guest_paging paging, u64 gva, u64 want)
{
	u64 gpa = 0xdead;

	assert_int_equal(guest_walk(&paging, gva, read_memory, memory, &gpa), OK);
	assert_int_equal(gpa, want);
}

static void expect_status(struct guest_paging paging, u64 gva, enum status want)
{
	u64 gpa = 0xdead;

	assert_int_equal(guest_walk(&paging, gva, read_memory, memory, &gpa), want);
	assert_int_equal(gpa, 0xdead);
}

static void modes_follow_the_registers(void **state)
{
	assert_int_equal(guest_paging(0, 0, PAE | LA57, LMA).levels, 0);
	assert_int_equal(guest_paging(PG, 0, 0, 0).levels, 2);
	assert_false(guest_paging(PG, 0, 0, 0).pse);
	assert_true(guest_paging(PG, 0, PSE, 0).pse);
	assert_int_equal(guest_paging(PG, 0, PAE, 0).levels, 3);
	assert_int_equal(guest_paging(PG, 0, PAE, LMA).levels, 4);
	assert_int_equal(guest_paging(PG, 0, PAE | LA57, LMA).levels, 5);
	/* LA57 without long mode changes nothing */
	assert_int_equal(guest_paging(PG, 0, PAE | LA57, 0).levels, 3);
}

static void paging_off(void **state)
{
	expect_gpa(guest_paging(0, 0x1000, 0, 0), 0x12345678, 0x12345678);
	assert_int_equal(reads, 0);
}

static void two_levels(void **state)
{
	struct guest_paging paging = guest_paging(PG, 0x1018, PSE, 0);

	put32(0x1000, 0x300, 0x2000 | P);
	put32(0x2000, 0x101, 0xfed00000 | P);
	put32(0x1000, 0x301, 0x3000 | P);
	expect_gpa(paging, 0xc0101abc, 0xfed00abc);
	expect_status(paging, 0xc0100abc, STATUS_GUEST_NOT_PRESENT);
	expect_status(paging, 0xc0400abc, STATUS_GUEST_NOT_PRESENT);
	expect_status(paging, 0x00000abc, STATUS_GUEST_NOT_PRESENT);
}

static void four_megabyte_pages(void **state)
{
	put32(0x1000, 0x301, 0x80c00000 | 0x55 << 13 | L | P);
	expect_gpa(guest_paging(PG, 0x1000, PSE, 0), 0xc0654321, 0x5580e54321);
	/* without PSE the bit means nothing and the entry names a table, here outside the memory */
	expect_status(guest_paging(PG, 0x1000, 0, 0), 0xc0654321, STATUS_GUEST_TABLE);
	/* in a leaf the bit is PAT */
	put32(0x1000, 0, 0x2000 | P);
	put32(0x2000, 1, 0x5000 | L | P);
	expect_gpa(guest_paging(PG, 0x1000, PSE, 0), 0x1004, 0x5004);
}

static void pae(void **state)
{
	struct guest_paging paging = guest_paging(PG, 0x1fe0, PAE, 0);

	put(0x1000, 0xfe0 / 8 + 3, 0x2000 | P);
	put(0x2000, 0x1ff, 0x3000 | P);
	put(0x3000, 0x1fe, 0x8000000123456000 | P);
	put(0x2000, 1, 0x4000200000 | 1 << 12 | L | P);
	put(0x1000, 0xfe0 / 8, 0x2000 | L | P);
	expect_gpa(paging, 0xffffe123, 0x123456123);
	expect_gpa(paging, 0xc0345678, 0x4000345678);
	/* a 1 GiB page cannot be */
	expect_status(paging, 0x00345678, STATUS_GUEST_NOT_PRESENT);
	/* upper address bits do not exist */
	expect_gpa(paging, 0xabcd0000ffffe123, 0x123456123);
}

static void four_levels(void **state)
{
	struct guest_paging paging = guest_paging(PG, 0x8000000000001018, PAE, LMA);

	put(0x1000, 0x1ff, 0x2000 | P);
	put(0x2000, 0x1fe, 0x3000 | P);
	put(0x3000, 0x1fd, 0x4000 | P);
	put(0x4000, 0x1fc, 0x80000000fee00000 | L | P);
	put(0x3000, 1, 0x5a00200000 | 1 << 12 | L | P);
	put(0x2000, 2, 0x4c40000000 | L | P);
	put(0x1000, 3, 0x2000 | L | P);
	expect_gpa(paging, 0xffffffffbfbfc030, 0xfee00030);
	assert_int_equal(reads, 4);
	expect_gpa(paging, 0xffffffff80334567, 0x5a00334567);
	expect_gpa(paging, 0xffffff80b1234567, 0x4c71234567);
	expect_status(paging, 0x0000018000000000, STATUS_GUEST_NOT_PRESENT);
	expect_status(paging, 0xffffffffbfbfd030, STATUS_GUEST_NOT_PRESENT);
}

static void canonical_addresses_only(void **state)
{
	struct guest_paging paging = guest_paging(PG, 0x1000, PAE, LMA);

	put(0x1000, 0x0ff, 0x2000 | P);
	put(0x1000, 0x100, 0x2000 | P);
	put(0x2000, 0x1ff, L | P);
	put(0x2000, 0, L | P);
	expect_gpa(paging, 0x00007fffffffffff, 0x3fffffff);
	expect_status(paging, 0x0000800000000000, STATUS_GUEST_NOT_PRESENT);
	expect_status(paging, 0xffff7fffffffffff, STATUS_GUEST_NOT_PRESENT);
	expect_gpa(paging, 0xffff800000000000, 0);
}

static void five_levels(void **state)
{
	struct guest_paging paging = guest_paging(PG, 0x1000, PAE | LA57, LMA);

	put(0x1000, 0x0ff, 0x2000 | P);
	put(0x2000, 0x1ff, 0x3000 | P);
	put(0x3000, 0x1ff, 0x40000000 | L | P);
	put(0x1000, 0x100, 0x2000 | P);
	put(0x2000, 0, 0x3000 | L | P);
	expect_gpa(paging, 0x00ffffffffffffff, 0x7fffffff);
	expect_status(paging, 0x0100000000000000, STATUS_GUEST_NOT_PRESENT);
	expect_status(paging, 0xff00000000000000, STATUS_GUEST_NOT_PRESENT);
}

/* Every read in turn leaves the memory. */
static void tables_outside(void **state)
{
	struct guest_paging paging = guest_paging(PG, 0x1000, PAE, LMA);
	unsigned level;

	for (level = 0; level < 3; level++)
		put(0x1000 * (level + 1), 0, 0x1000 * (level + 2) | P);
	put(0x4000, 0, 0x5000 | P);
	expect_gpa(paging, 0, 0x5000);
	for (level = 0; level < 3; level++) {
		put(0x1000 * (level + 1), 0, 0x9000 | P);
		expect_status(paging, 0, STATUS_GUEST_TABLE);
		put(0x1000 * (level + 1), 0, 0x1000 * (level + 2) | P);
	}
	paging.cr3 = 0x9000;
	expect_status(paging, 0, STATUS_GUEST_TABLE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(modes_follow_the_registers, setup),
		cmocka_unit_test_setup(paging_off, setup),
		cmocka_unit_test_setup(two_levels, setup),
		cmocka_unit_test_setup(four_megabyte_pages, setup),
		cmocka_unit_test_setup(pae, setup),
		cmocka_unit_test_setup(four_levels, setup),
		cmocka_unit_test_setup(canonical_addresses_only, setup),
		cmocka_unit_test_setup(five_levels, setup),
		cmocka_unit_test_setup(tables_outside, setup),
	};

	return cmocka_run_group_tests_name("run/guest_walk", tests, NULL, NULL);
}
