// SPDX-License-Identifier: GPL-2.0
/* Which page of the pool is free, and whose are the others: a scan over one tag byte per page. */
#include <base/bits.h>
#include <base/pool.h>
#include <base/string.h>

void pool_init(struct pool *pool, void *base, u64 phys, u8 *owner, u32 pages)
{
	*pool = (struct pool){ .base = base, .phys = phys, .owner = owner, .pages = pages };
	memset(owner, POOL_FREE, pages);
}

/* True when the count pages from first on are free; the caller has checked the bound. */
static bool pool_run_free(const struct pool *pool, u32 first, u32 count)
{
	for (u32 i = 0; i < count; i++)
		if (pool->owner[first + i] != POOL_FREE)
			return false;
	return true;
}

/* First page of a fitting free run that starts at or after from; pool->pages: there is none. */
static u32 pool_search(const struct pool *pool, u32 from, u32 count, u32 align)
{
	u64 frame = pool->phys >> PAGE_SHIFT;

	for (u32 page = from; page <= pool->pages - count; page++)
		if (is_aligned(frame + page, align) && pool_run_free(pool, page, count))
			return page;
	return pool->pages;
}

void *pool_alloc(struct pool *pool, u32 count, u32 align, u8 owner)
{
	u32 page;

	if (count == 0 || count > pool->pages - pool->used || owner == POOL_FREE)
		return NULL;
	page = pool_search(pool, pool->next, count, align);
	if (page == pool->pages)
		page = pool_search(pool, 0, count, align);
	if (page == pool->pages)
		return NULL;
	memset(pool->owner + page, owner, count);
	pool->used += count;
	pool->next = page + count;
	return memset(pool->base + (u64)page * PAGE_SIZE, 0, count * PAGE_SIZE);
}

u32 pool_drop(struct pool *pool, u8 owner)
{
	u32 dropped = 0;

	if (owner == POOL_FREE)
		return 0;
	for (u32 page = 0; page < pool->pages; page++) {
		if (pool->owner[page] != owner)
			continue;
		pool->owner[page] = POOL_FREE;
		if (page < pool->next)
			pool->next = page;
		dropped++;
	}
	pool->used -= dropped;
	return dropped;
}

u8 pool_new_owner(const struct pool *pool)
{
	u8 taken[256 / 8] = { 0 };

	for (u32 page = 0; page < pool->pages; page++)
		bitmap_set(taken, pool->owner[page]);
	for (unsigned owner = 1; owner < 256; owner++)
		if (!bitmap_test(taken, owner))
			return (u8)owner;
	return POOL_FREE;
}
