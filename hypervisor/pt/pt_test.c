// SPDX-License-Identifier: GPL-2.0
/* The engine against a list of ranges as the reference, over every format, at the real geometry. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include <base/bits.h>
#include <pt/pt_kit.h>

#define PHYS_BASE 0x7f000000ULL
#define OWNER 3

static struct pt fresh(const struct pt_format *format, u32 pages)
{
	struct pt pt;

	pool_init(&pool, memory, PHYS_BASE, tags, pages);
	assert_int_equal(pt_create(&pt, format, &pool, OWNER, format->levels_min,
				   format->max_super), OK);
	return pt;
}

static enum status map(struct pt *pt, u64 first, u64 size, u64 out, unsigned rights)
{
	return pt_map(pt, (struct range){ first, first + size - 1 }, out, rights, false);
}

/* The raw entry of a level on the way to in, read with nothing but the manual's 9 bits per level. */
static u64 raw(const struct pt *pt, u64 in, unsigned level)
{
	u64 entry = 0, *table = pt->root;

	for (unsigned at = pt->levels - 1U; ; at--) {
		entry = table[in >> (12 + 9 * at) & 511];
		if (at == level)
			return entry;
		table = pool_virt(&pool, entry & MASK(47, 12));
	}
}

/* Each format's entries beside the manual: table above the leaf, 4 KiB RW leaf, 2 MiB R leaf. */
struct golden {
	const struct pt_format *format;
	u64 table2, table1, leaf_rw, super_r, device_rw;
};

#define FRAME1 0x7f001000ULL	/* the second page of the pool: the first table below the root */

static const struct golden goldens[] = {
	{ &pt_npt, 0x27, 0x27, 0x8000000000000067, 0x80000000000000a5, 0x800000000000007f },
	{ &pt_host_x86, 0x23, 0x23, 0x8000000000000063, 0x80000000000000a1, 0x800000000000007b },
	{ &pt_ept, 0x7, 0x7, 0x33, 0xb1, 0x3 },
	{ &pt_vtd, 0x3, 0x3, 0x3, 0x81, 0 },
	{ &pt_amdvi, 0x6000000000000401, 0x6000000000000201, 0x7000000000000001,
	  0x3000000000000001, 0 },
	{ &pt_stage2, 0x3, 0x3, 0x00400000000007ff,
	  0x004000000000077d, 0x00400000000004c7 },
};

static void golden_entries(void **state)
{
	(void)state;
	for (unsigned i = 0; i < sizeof(goldens) / sizeof(goldens[0]); i++) {
		const struct golden *g = &goldens[i];
		struct pt pt = fresh(g->format, PAGES);
		u64 below = FRAME1 + (pt.levels == 4 ? PAGE_SIZE : 0);

		assert_int_equal(map(&pt, 0x1000, 0x1000, 0x12345000, RW), OK);
		assert_int_equal(map(&pt, 0x200000, 0x200000, 0xabc00000, PT_READ), OK);
		assert_int_equal(raw(&pt, 0x1000, 2), below | g->table2);
		assert_int_equal(raw(&pt, 0x1000, 1), (below + PAGE_SIZE) | g->table1);
		assert_int_equal(raw(&pt, 0x1000, 0), 0x12345000 | g->leaf_rw);
		assert_int_equal(raw(&pt, 0x200000, 1), 0xabc00000 | g->super_r);
		assert_int_equal(raw(&pt, 0x2000, 0), 0);
		if (g->device_rw) {
			assert_int_equal(map(&pt, 0x2000, 0x1000, 0xfee00000, RW | PT_DEVICE), OK);
			assert_int_equal(raw(&pt, 0x2000, 0), 0xfee00000 | g->device_rw);
		}
	}
}

/* AMD-Vi names the next level at every height; a gigabyte leaf names none. */
static void amdvi_levels(void **state)
{
	struct pt pt = fresh(&pt_amdvi, PAGES);

	(void)state;
	assert_int_equal(pt_create(&pt, &pt_amdvi, &pool, OWNER, 4, 2), OK);
	assert_int_equal(map(&pt, 0x1000, 0x1000, 0x5000, RW), OK);
	assert_int_equal(map(&pt, 0x40000000, 0x40000000, 0x80000000, RW), OK);
	assert_int_equal(field_get(MASK(11, 9), raw(&pt, 0x1000, 3)), 3);
	assert_int_equal(field_get(MASK(11, 9), raw(&pt, 0x1000, 2)), 2);
	assert_int_equal(field_get(MASK(11, 9), raw(&pt, 0x1000, 1)), 1);
	assert_int_equal(field_get(MASK(11, 9), raw(&pt, 0x1000, 0)), 0);
	assert_int_equal(raw(&pt, 0x40000000, 2), 0x7000000080000001);
}

/* Which rights a format has, bit r of the word for rights r; everything else must be refused. */
static void expressible_rights(void **state)
{
	static const u16 expected[FORMATS] = { 0xaaaa, 0xaaaa, 0x000e, 0x000e, 0x0eae, 0x0a2a };

	(void)state;
	for (unsigned i = 0; i < FORMATS; i++)
		for (unsigned rights = 0; rights < 40; rights++) {
			struct pt pt = fresh(formats[i], PAGES);
			bool known = rights < 16 && expected[i] >> rights & 1;
			struct pt_leaf leaf;

			assert_int_equal(map(&pt, 0x3000, 0x1000, 0x8000, rights),
					 known ? OK : STATUS_PT_RIGHTS);
			assert_int_equal(pt_lookup(&pt, 0x3000, &leaf), known);
			if (known)
				assert_int_equal(leaf.rights, rights);
		}
}

/* What no format may offer: nothing at all, and for the host both W and X. */
static void never_expressible(void **state)
{
	(void)state;
	for (unsigned i = 0; i < FORMATS; i++) {
		assert_int_equal(pt_leaf_bits(formats[i], 0), 0);
		assert_int_equal(pt_leaf_bits(formats[i], PT_EXECUTE), 0);
		assert_int_equal(pt_leaf_bits(formats[i], PT_DEVICE), 0);
		for (unsigned rights = 1; rights < 16; rights++)
			for (unsigned other = 1; other < rights; other++)
				assert_true(!pt_leaf_bits(formats[i], rights) ||
					    pt_leaf_bits(formats[i], rights) !=
						    pt_leaf_bits(formats[i], other));
	}
	for (unsigned rights = 0; rights < 16; rights++)
		if ((rights & (PT_WRITE | PT_EXECUTE)) == (PT_WRITE | PT_EXECUTE))
			assert_int_equal(pt_leaf_bits(&pt_host_x86, rights), 0);
}

static void refusals(void **state)
{
	(void)state;
	for (unsigned i = 0; i < FORMATS; i++) {
		struct pt pt = fresh(formats[i], PAGES);
		u64 in_end = 1ULL << (12 + 9 * pt.levels);
		u64 out_end = (pt.format->address | PAGE_MASK) + 1;
		u32 used = pool.used;

		assert_int_equal(map(&pt, 0x1001, 0x1000, 0, RW), STATUS_PT_ALIGNED);
		assert_int_equal(map(&pt, 0x1000, 0xfff, 0, RW), STATUS_PT_ALIGNED);
		assert_int_equal(map(&pt, 0x1000, 0x1000, 0x800, RW), STATUS_PT_ALIGNED);
		assert_int_equal(pt_map(&pt, (struct range){ 0x2000, 0xfff }, 0, RW, false),
				 STATUS_PT_ALIGNED);
		assert_int_equal(map(&pt, in_end, 0x1000, 0, RW), STATUS_PT_WIDTH);
		assert_int_equal(map(&pt, in_end - 0x1000, 0x2000, 0, RW), STATUS_PT_WIDTH);
		assert_int_equal(map(&pt, 0, 0x1000, out_end, RW), STATUS_PT_WIDTH);
		assert_int_equal(map(&pt, 0, 0x2000, out_end - 0x1000, RW), STATUS_PT_WIDTH);
		assert_int_equal(map(&pt, 0, 0x2000, 0 - 0x1000ULL, RW), STATUS_PT_WIDTH);
		assert_int_equal(pool.used, used);
		assert_int_equal(map(&pt, in_end - 0x1000, 0x1000, out_end - 0x1000, RW), OK);
	}
}

/* A second mapping meets a leaf of the same level, a superpage above it, a table below it. */
static void mapped_twice(void **state)
{
	(void)state;
	for (unsigned i = 0; i < FORMATS; i++) {
		struct pt pt = fresh(formats[i], PAGES);

		assert_int_equal(map(&pt, 0x1000, 0x1000, 0x1000, RW), OK);
		assert_int_equal(map(&pt, 0x400000, 0x200000, 0x400000, RW), OK);
		assert_int_equal(map(&pt, 0x1000, 0x1000, 0x1000, RW), STATUS_PT_MAPPED);
		assert_int_equal(map(&pt, 0x401000, 0x1000, 0, RW), STATUS_PT_MAPPED);
		assert_int_equal(map(&pt, 0, 0x200000, 0, RW), STATUS_PT_MAPPED);
		assert_int_equal(map(&pt, 0, 0x40000000, 0, RW), STATUS_PT_MAPPED);
	}
}

static void shapes(void **state)
{
	struct pt pt;

	(void)state;
	pool_init(&pool, memory, PHYS_BASE, tags, PAGES);
	for (unsigned i = 0; i < FORMATS; i++)
		for (u8 levels = 0; levels < 8; levels++)
			for (u8 super = 0; super < 5; super++) {
				const struct pt_format *f = formats[i];
				bool good = levels >= f->levels_min && levels <= f->levels_max &&
					    super <= f->max_super;

				assert_int_equal(pt_create(&pt, f, &pool, OWNER, levels, super),
						 good ? OK : STATUS_PT_SHAPE);
			}
	assert_int_equal(pt_create_wide(&pt, &pt_npt, &pool, OWNER, 4, 2, 2), STATUS_PT_SHAPE);
	assert_int_equal(pt_create_wide(&pt, &pt_stage2, &pool, OWNER, 3, 2, 3), STATUS_PT_SHAPE);
	assert_int_equal(pt_create_wide(&pt, &pt_stage2, &pool, OWNER, 3, 2, 0), STATUS_PT_SHAPE);
	assert_int_equal(pt_create_wide(&pt, &pt_stage2, &pool, OWNER, 3, 2, 32), STATUS_PT_SHAPE);
}

/* Two concatenated roots walk 40 bits with three levels; the root is aligned to its own size. */
static void concatenated_roots(void **state)
{
	struct pt_leaf leaf;
	struct pt pt;

	(void)state;
	pool_init(&pool, memory + PAGE_SIZE, PHYS_BASE + PAGE_SIZE, tags, PAGES - 1);
	assert_int_equal(pt_create_wide(&pt, &pt_stage2, &pool, OWNER, 3, 2, 2), OK);
	assert_true(is_aligned(pool_phys(&pool, pt.root), 2 * PAGE_SIZE));
	assert_int_equal(map(&pt, 1ULL << 40, 0x1000, 0, RW), STATUS_PT_WIDTH);
	assert_int_equal(map(&pt, (1ULL << 40) - 0x1000, 0x1000, 0x9000, RW), OK);
	assert_true(pt_lookup(&pt, (1ULL << 40) - 1, &leaf));
	assert_int_equal(leaf.out, 0x9fff);
	assert_false(pt_lookup(&pt, (1ULL << 39) - 1, &leaf));
	assert_false(pt_lookup(&pt, 1ULL << 40, &leaf));
}

/* The biggest leaf wherever alignment and length allow it, and none above the asked limit. */
static void superpages(void **state)
{
	(void)state;
	for (unsigned i = 0; i < FORMATS; i++)
		for (u8 super = 0; super <= 2; super++) {
			struct pt pt = fresh(formats[i], PAGES);
			struct pt_leaf leaf;

			pt.max_super = super;
			assert_int_equal(map(&pt, 0x3fe00000, 0x201000 + (super == 2) * 0x40000000ULL,
					     0x7fe00000, RW), OK);
			assert_true(pt_lookup(&pt, 0x3fe00000, &leaf));
			assert_int_equal(leaf.level, super ? 1 : 0);
			assert_true(pt_lookup(&pt, 0x40000000, &leaf));
			assert_int_equal(leaf.level, super == 2 ? 2 : 0);
			assert_int_equal(pt_map(&pt, (struct range){ 0x200000, 0x5fffff }, 0x200000, RW,
						true), OK);
			assert_true(pt_lookup(&pt, 0x200000, &leaf));
			assert_int_equal(leaf.level, 0);
		}
}

/* n pages are too few for every n below what a mapping needs, and exactly that many are enough. */
static void every_allocation_fails_once(void **state)
{
	(void)state;
	for (unsigned i = 0; i < FORMATS; i++) {
		const struct pt_format *f = formats[i];
		struct pt pt = fresh(f, PAGES);
		struct range range = { 0x3ffff000, 0x40400fff };
		u32 needed;

		assert_int_equal(pt_map(&pt, range, 0x1000, RW, false), OK);
		needed = pool.used;
		assert_true(needed > 4);
		for (u32 pages = 0; pages <= needed; pages++) {
			enum status why;

			pool_init(&pool, memory, PHYS_BASE, tags, pages);
			why = pt_create(&pt, f, &pool, OWNER, f->levels_min, f->max_super);
			if (!why)
				why = pt_map(&pt, range, 0x1000, RW, false);
			assert_int_equal(why, pages < needed ? STATUS_NO_MEMORY : OK);
			assert_int_equal(pool_drop(&pool, OWNER), pages);
		}
	}
}

#define RANGES 24

struct reference {
	struct range in;
	u64 out;
	unsigned rights;
};

static u64 random_page(u64 limit)
{
	u64 page = (u64)rand() % limit;

	switch (rand() % 3) {
	case 0: return align_down(page, 512) * PAGE_SIZE;
	case 1: return align_down(page, 512 * 512) * PAGE_SIZE;
	default: return page * PAGE_SIZE;
	}
}

static const struct reference *naive_find(const struct reference *list, unsigned count, u64 in)
{
	for (unsigned i = 0; i < count; i++)
		if (range_has(list[i].in, in))
			return &list[i];
	return NULL;
}

static void compare(const struct pt *pt, const struct reference *list, unsigned count, u64 in)
{
	const struct reference *want = naive_find(list, count, in);
	struct pt_leaf leaf;

	assert_int_equal(pt_lookup(pt, in, &leaf), want != NULL);
	if (!want)
		return;
	assert_int_equal(leaf.out, want->out + (in - want->in.first));
	assert_int_equal(leaf.rights, want->rights);
}

/* One random tree: map what is free, see the rest refused on a tree of its own, then ask everywhere. */
static void random_tree(const struct pt_format *format)
{
	static const u64 sizes[] = { 1, 3, 511, 512, 700, 1024, 262144, 262656 };
	static const unsigned rights[] = { PT_READ, RW };
	struct pt pt = fresh(format, PAGES);
	struct reference list[RANGES];
	unsigned count = 0;

	for (unsigned i = 0; i < RANGES; i++) {
		struct reference next = { .out = random_page(1ULL << 34), .rights = rights[rand() % 2] };
		bool free = true;

		next.in.first = random_page(1U << 20);
		next.in.last = next.in.first + sizes[rand() % 8] * PAGE_SIZE - 1;
		if (next.in.last - next.in.first >= 0x3fffffff)	/* else it takes 512 tables */
			next.out = next.in.first + ((u64)(rand() % 4) << 30);
		for (unsigned j = 0; j < count; j++)
			free = free && !range_overlap(list[j].in, next.in);
		if (!free)
			continue;
		assert_int_equal(pt_map(&pt, next.in, next.out, next.rights, rand() % 4 == 0 &&
					next.in.last - next.in.first < 0x1000000), OK);
		list[count++] = next;
	}
	for (unsigned i = 0; i < count; i++) {
		compare(&pt, list, count, list[i].in.first);
		compare(&pt, list, count, list[i].in.first - 1);
		compare(&pt, list, count, list[i].in.last);
		compare(&pt, list, count, list[i].in.last + 1);
	}
	for (unsigned i = 0; i < 300; i++)
		compare(&pt, list, count, (u64)rand() * PAGE_SIZE % (1ULL << 33) + 5);
	if (count)
		assert_int_equal(pt_map(&pt, list[count / 2].in, 0, RW, false), STATUS_PT_MAPPED);
}

static void random_trees(void **state)
{
	(void)state;
	srand(7);
	for (unsigned i = 0; i < FORMATS; i++)
		for (unsigned round = 0; round < 60; round++)
			random_tree(formats[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(golden_entries),
		cmocka_unit_test(amdvi_levels),
		cmocka_unit_test(expressible_rights),
		cmocka_unit_test(never_expressible),
		cmocka_unit_test(refusals),
		cmocka_unit_test(mapped_twice),
		cmocka_unit_test(shapes),
		cmocka_unit_test(concatenated_roots),
		cmocka_unit_test(superpages),
		cmocka_unit_test(every_allocation_fails_once),
		cmocka_unit_test(random_trees),
	};

	return cmocka_run_group_tests_name("pt/pt", tests, NULL, NULL);
}
