// SPDX-License-Identifier: GPL-2.0
// cbmc: --unwind 8 --unwindset pool_new_owner.1:257 --unsigned-overflow-check
/*
 * One call on any consistent pool of up to six pages. The page contents are a ghost: clearing is
 * recorded by a stub of memset, so that no proof moves 4096 bytes.
 */
#include <base/bits.h>
#include <base/pool.h>
#include <base/string.h>

#define PAGES 6U

u8 nondet_u8(void);
u32 nondet_u32(void);
u64 nondet_u64(void);

static u8 memory[PAGES * PAGE_SIZE];
static u8 owner[PAGES], before[PAGES];
static bool cleared[PAGES];

/* The two uses of memset: tags byte by byte, pages as a note. */
static void *proof_memset(void *dest, int value, u64 size)
{
	u8 *to = dest;

	if (__CPROVER_same_object(dest, memory)) {
		u64 first = (u64)(to - memory) / PAGE_SIZE;

		for (u64 i = 0; i < size / PAGE_SIZE; i++)
			cleared[first + i] = value == 0;
		return dest;
	}
	for (u64 i = 0; i < size; i++)
		to[i] = (u8)value;
	return dest;
}

#define memset proof_memset
#include <base/pool.c>
#undef memset

static u32 count_used(const struct pool *pool)
{
	u32 used = 0;

	for (u32 i = 0; i < pool->pages; i++)
		used += owner[i] != POOL_FREE;
	return used;
}

static struct pool any_pool(void)
{
	struct pool pool = {
		.base = memory, .phys = nondet_u64(), .owner = owner, .pages = nondet_u32(),
		.used = nondet_u32(), .next = nondet_u32(),
	};

	__CPROVER_assume(pool.pages <= PAGES && pool.next <= pool.pages);
	__CPROVER_assume(is_aligned(pool.phys, PAGE_SIZE) && pool.phys < 1ULL << 52);
	for (u32 i = 0; i < PAGES; i++) {
		owner[i] = nondet_u8();
		before[i] = owner[i];
	}
	__CPROVER_assume(pool.used == count_used(&pool));
	return pool;
}

/* Is there a run that a request could have? */
static bool run_fits(const struct pool *pool, u32 first, u32 count, u32 align)
{
	if (first > pool->pages || count > pool->pages - first ||
	    !is_aligned((pool->phys >> PAGE_SHIFT) + first, align))
		return false;
	for (u32 i = 0; i < count; i++)
		if (before[first + i] != POOL_FREE)
			return false;
	return true;
}

void proof_alloc(void)
{
	struct pool pool = any_pool();
	u32 count = nondet_u32(), align = nondet_u32(), page = nondet_u32(), first;
	u8 tag = nondet_u8(), *run;

	__CPROVER_assume(align == 1 || align == 2 || align == 4);
	__CPROVER_assume(page < pool.pages);
	run = pool_alloc(&pool, count, align, tag);
	__CPROVER_assert(pool.used == count_used(&pool) && pool.next <= pool.pages, "consistent again");
	if (!run) {
		__CPROVER_assert(owner[page] == before[page], "a refusal changes nothing");
		if (count > 0 && count <= PAGES && tag != POOL_FREE)
			__CPROVER_assert(!run_fits(&pool, page, count, align), "refused only when full");
		return;
	}
	first = (u32)((u64)(run - memory) / PAGE_SIZE);
	__CPROVER_assert(run_fits(&pool, first, count, align), "was free, in bounds and aligned");
	if (page >= first && page - first < count)
		__CPROVER_assert(owner[page] == tag && cleared[page], "tagged and cleared");
	else
		__CPROVER_assert(owner[page] == before[page] && !cleared[page], "others untouched");
}

void probe_alloc_full(void)
{
	struct pool pool = any_pool();

	__CPROVER_assert(pool_alloc(&pool, 1, 1, 1), "never full");
}

void probe_alloc_second_look(void)
{
	struct pool pool = any_pool();
	u32 next = pool.next;
	u8 *run = pool_alloc(&pool, 2, 1, 1);

	if (run)
		__CPROVER_assert((u64)(run - memory) / PAGE_SIZE >= next, "never behind next");
}

void proof_drop(void)
{
	struct pool pool = any_pool();
	u32 page = nondet_u32(), used = pool.used, dropped;
	u8 tag = nondet_u8();

	__CPROVER_assume(page < pool.pages && tag != POOL_FREE);
	dropped = pool_drop(&pool, tag);
	__CPROVER_assert(owner[page] == (before[page] == tag ? POOL_FREE : before[page]),
			 "exactly the pages of the owner");
	__CPROVER_assert(pool.used == count_used(&pool) && pool.used + dropped == used, "counted");
	__CPROVER_assert(pool.next <= pool.pages, "consistent again");
}

void probe_drop(void)
{
	struct pool pool = any_pool();

	__CPROVER_assert(pool_drop(&pool, 5) == 0, "nobody is called 5");
}

void proof_new_owner(void)
{
	struct pool pool = any_pool();
	u32 page = nondet_u32();
	u8 tag = pool_new_owner(&pool);

	__CPROVER_assume(page < pool.pages);
	__CPROVER_assert(tag != POOL_FREE && owner[page] != tag, "a tag of its own");
}

void probe_new_owner(void)
{
	struct pool pool = any_pool();

	__CPROVER_assert(pool_new_owner(&pool) <= PAGES, "never past the number of pages");
}
