/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The page pool: every page of tables, plans and config copies comes from here and carries an owner
 * tag. Dropping a generation is one call; nobody walks a tree to free it. Pages are handed out zeroed.
 */
#ifndef BASE_POOL_H
#define BASE_POOL_H

#include <base/addr.h>
#include <base/status.h>

#define POOL_FREE 0	/* tag of a free page; owners use 1..255 */

struct pool {
	u8 *base;	/* where page 0 is mapped, page aligned */
	u64 phys;	/* its physical address */
	u8 *owner;	/* one tag per page */
	u32 pages;
	u32 used;
	u32 next;	/* where the search for a free page starts */
};

/* Takes over pages of 4 KiB at base; owner has one byte per page and is cleared. */
void pool_init(struct pool *pool, void *base, u64 phys, u8 *owner, u32 pages);
/* count contiguous zeroed pages, physically aligned to align pages (a power of two); NULL: none left. */
void *pool_alloc(struct pool *pool, u32 count, u32 align, u8 owner) MUST_USE;
/* Give back every page with this tag; returns how many. */
u32 pool_drop(struct pool *pool, u8 owner);
/* A tag nobody uses, or POOL_FREE when all 255 are taken. */
u8 pool_new_owner(const struct pool *pool);

static inline u64 pool_phys(const struct pool *pool, const void *virt)
{
	return pool->phys + (u64)((const u8 *)virt - pool->base);
}

static inline void *pool_virt(const struct pool *pool, u64 phys)
{
	return pool->base + (phys - pool->phys);
}

#endif
