// SPDX-License-Identifier: GPL-2.0
/*
 * All cases of a small world: tables of four entries, so that every range of the input space, with
 * every offset that matters, can be mapped and every page of it asked.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#define PT_GEOMETRY_H
#define PT_LEVEL_BITS 2
#include <pt/pt.c>
#include <pt/pt_kit.h>

#define OUT 0x40000000ULL	/* aligned for every level of the small world */

static struct pt fresh(const struct pt_format *format, u8 max_super)
{
	struct pt pt;

	pool_init(&pool, memory, 0x100000000ULL, tags, PAGES / 4);
	assert_int_equal(pt_create(&pt, format, &pool, 1, format->levels_min, max_super), OK);
	return pt;
}

static enum status map_pages(struct pt *pt, u64 first, u64 last, u64 out)
{
	struct range in = { first * PAGE_SIZE, last * PAGE_SIZE + PAGE_MASK };

	return pt_map(pt, in, OUT + out * PAGE_SIZE, RW, false);
}

/* The level that the leaf over page must have: the highest whose whole block is in the range. */
static unsigned naive_level(u64 page, u64 first, u64 last, u64 out, unsigned max_super)
{
	for (unsigned level = max_super; level > 0; level--) {
		u64 pages = 1ULL << (2 * level), start = page / pages * pages;

		if (start >= first && start + pages - 1 <= last &&
		    (start - first + out) % pages == 0)
			return level;
	}
	return 0;
}

/* One range in an empty tree: every page of the space is asked. */
static void check_range(const struct pt_format *format, u64 pages, u64 first, u64 last, u64 out,
			u8 max_super)
{
	struct pt pt = fresh(format, max_super);

	assert_int_equal(map_pages(&pt, first, last, out), OK);
	for (u64 page = 0; page < pages; page++) {
		bool inside = page >= first && page <= last;
		struct pt_leaf leaf;

		if (pt_lookup(&pt, page * PAGE_SIZE + 7, &leaf) != inside)
			fail_msg("%s: [%llu %llu] page %llu", format->name, first, last, page);
		if (inside && (leaf.out != OUT + (page - first + out) * PAGE_SIZE + 7 ||
			       leaf.rights != RW ||
			       leaf.level != naive_level(page, first, last, out, max_super)))
			fail_msg("%s: [%llu %llu]+%llu page %llu: %llx level %u", format->name,
				 first, last, out, page, leaf.out, leaf.level);
	}
}

static void every_range(void **state)
{
	static const u8 offsets[] = { 0, 1, 4, 5, 16, 20, 63 };

	(void)state;
	for (unsigned i = 0; i < FORMATS; i++) {
		u64 pages = 1ULL << (2 * formats[i]->levels_min);
		u64 end = pages < 80 ? pages : 80;	/* of four levels: a table border is enough */

		for (u64 first = 0; first < end; first += 1 + (pages > 64 && first > 20 && first < 60))
			for (u64 last = first; last < end; last++)
				for (unsigned o = 0; o < sizeof(offsets); o += 1 + (pages > 64))
					check_range(formats[i], end, first, last, offsets[o], 2);
	}
}

static void every_range_with_a_lower_limit(void **state)
{
	(void)state;
	for (u8 max_super = 0; max_super < 2; max_super++)
		for (u64 first = 0; first < 64; first++)
			for (u64 last = first; last < 64; last++)
				check_range(&pt_amdvi, 64, first, last, 0, max_super);
}

/* All pairs of ranges of 32 pages: the second is refused exactly when it meets the first. */
static void every_pair(void **state)
{
	(void)state;
	for (u64 a = 0; a < 32; a++)
		for (u64 b = a; b < 32; b++)
			for (u64 c = 0; c < 32; c += 1 + (c > 4 && c < 15))
				for (u64 d = c; d < 32; d++) {
					struct pt pt = fresh(&pt_vtd, 2);
					bool meet = a <= d && c <= b;

					assert_int_equal(map_pages(&pt, a, b, a), OK);
					if (map_pages(&pt, c, d, c) != (meet ? STATUS_PT_MAPPED : OK))
						fail_msg("[%llu %llu] then [%llu %llu]", a, b, c, d);
				}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_range),
		cmocka_unit_test(every_range_with_a_lower_limit),
		cmocka_unit_test(every_pair),
	};

	return cmocka_run_group_tests_name("pt/pt_small", tests, NULL, NULL);
}
