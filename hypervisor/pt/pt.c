// SPDX-License-Identifier: GPL-2.0
/*
 * How a tree of tables is built and read, whatever the format. The two halves are proven apart: the
 * step puts one leaf into the tree, the loop cuts a range into leaves.
 */
#include <base/bits.h>
#include <pt/pt.h>

/* Address bits below an entry of this level. */
static unsigned pt_shift(unsigned level)
{
	return PAGE_SHIFT + level * PT_LEVEL_BITS;
}

/* Where the entry for an input address is in a table of this level. */
static u64 *pt_slot(const struct pt *pt, u64 *table, unsigned level, u64 in)
{
	u64 index = in >> pt_shift(level);

	if (level + 1U < pt->levels)
		index &= BIT(PT_LEVEL_BITS) - 1;	/* the root may be concatenated */
	return table + index;
}

static u64 pt_leaf_entry(const struct pt_format *format, unsigned level, u64 out, unsigned rights)
{
	return out | format->leaf[rights] | (level ? format->leaf_super : format->leaf_level0);
}

/* An entry of this level that points to a table of the level below. */
static u64 pt_table_entry(const struct pt_format *format, unsigned level, u64 phys)
{
	return phys | format->table | field_set(format->level_field, level);
}

static bool pt_is_leaf(const struct pt_format *format, unsigned level, u64 entry)
{
	return level == 0 || (entry & format->kind) == (format->leaf_super & format->kind);
}

enum status pt_create_wide(struct pt *pt, const struct pt_format *format, struct pool *pool, u8 owner,
			   u8 levels, u8 max_super, u8 root_pages)
{
	if (levels < format->levels_min || levels > format->levels_max ||
	    max_super > format->max_super || root_pages == 0 ||
	    root_pages > format->max_root_pages || !is_aligned(root_pages, root_pages))
		return STATUS_PT_SHAPE;
	*pt = (struct pt){
		.format = format, .pool = pool, .owner = owner, .levels = levels,
		.max_super = max_super, .root_pages = root_pages,
	};
	pt->root = pool_alloc(pool, root_pages, root_pages, owner);
	return pt->root ? OK : STATUS_NO_MEMORY;
}

enum status pt_create(struct pt *pt, const struct pt_format *format, struct pool *pool, u8 owner,
		      u8 levels, u8 max_super)
{
	return pt_create_wide(pt, format, pool, owner, levels, max_super, 1);
}

/* Step down: *table becomes the one below this entry; an empty entry gets a new table first. */
static enum status pt_descend(const struct pt *pt, u64 *entry, unsigned level, u64 **table)
{
	const struct pt_format *format = pt->format;

	if (*entry & format->present) {
		if (pt_is_leaf(format, level, *entry))
			return STATUS_PT_MAPPED;
		*table = pool_virt(pt->pool, *entry & format->address);
		return OK;
	}
	*table = pool_alloc(pt->pool, 1, 1, pt->owner);
	if (!*table)
		return STATUS_NO_MEMORY;
	*entry = pt_table_entry(format, level, pool_phys(pt->pool, *table));
	return OK;
}

/* The step: put one leaf where in is; refuses when anything is there already. */
static enum status pt_insert(const struct pt *pt, u64 in, unsigned level, u64 leaf)
{
	u64 *table = pt->root, *entry;
	enum status why;

	for (unsigned at = pt->levels - 1U; at > level; at--) {
		why = pt_descend(pt, pt_slot(pt, table, at, in), at, &table);
		if (why)
			return why;
	}
	entry = pt_slot(pt, table, level, in);
	if (*entry & pt->format->present)
		return STATUS_PT_MAPPED;
	*entry = leaf;
	return OK;
}

/* Highest level up to limit whose leaf starts at in and out and ends at or before in + rest. */
static unsigned pt_level(unsigned limit, u64 in, u64 out, u64 rest)
{
	unsigned level = limit;

	while (level > 0 && (!is_aligned(in | out, BIT(pt_shift(level))) ||
			     BIT(pt_shift(level)) - 1 > rest))
		level--;
	return level;
}

/* What is still to be mapped. */
struct pt_rest {
	struct range in;
	u64 out;
	bool done;	/* nothing is left; the rest is then void */
};

/* One leaf that is to be inserted. */
struct pt_block {
	u64 in, out;
	unsigned level;
};

/* Take the first leaf off the rest, as big as limit, alignment and length allow. */
static struct pt_block pt_take(struct pt_rest *rest, unsigned limit)
{
	u64 length = rest->in.last - rest->in.first;
	struct pt_block block = {
		.in = rest->in.first, .out = rest->out,
		.level = pt_level(limit, rest->in.first, rest->out, length),
	};
	u64 size = BIT(pt_shift(block.level));

	rest->done = length == size - 1;
	rest->in.first += size;
	rest->out += size;
	return block;
}

/* The loop: one step per leaf. */
static enum status pt_fill(const struct pt *pt, struct range in, u64 out, unsigned rights,
			   unsigned limit)
{
	struct pt_rest rest = { .in = in, .out = out };
	struct pt_block block;
	enum status why;

	do {
		block = pt_take(&rest, limit);
		why = pt_insert(pt, block.in, block.level,
				pt_leaf_entry(pt->format, block.level, block.out, rights));
	} while (!why && !rest.done);
	return why;
}

/* Everything about a range that can be refused before the tree is touched. */
static enum status pt_check(const struct pt *pt, struct range in, u64 out, unsigned rights)
{
	const struct pt_format *format = pt->format;
	u64 length = in.last - in.first;

	if (pt_leaf_bits(format, rights) == 0)
		return STATUS_PT_RIGHTS;
	if (in.first > in.last || !is_aligned(in.first | out | (in.last + 1), PAGE_SIZE))
		return STATUS_PT_ALIGNED;
	if (in.last >> pt_shift(pt->levels - 1U) >= (u64)pt->root_pages << PT_LEVEL_BITS)
		return STATUS_PT_WIDTH;
	if (out + length < out || ((out + length) & ~(format->address | PAGE_MASK)))
		return STATUS_PT_WIDTH;
	return OK;
}

enum status pt_map(struct pt *pt, struct range in, u64 out, unsigned rights, bool small_only)
{
	unsigned limit = pt->max_super < pt->levels ? pt->max_super : pt->levels - 1U;
	enum status why = pt_check(pt, in, out, rights);

	return why ? why : pt_fill(pt, in, out, rights, small_only ? 0 : limit);
}

/* Rights of a leaf; the inverse of pt_leaf_entry, 0 for bits that no right has. */
static unsigned pt_rights(const struct pt_format *format, unsigned level, u64 entry)
{
	for (unsigned rights = 1; rights < format->leaves; rights++)
		if (format->leaf[rights] &&
		    (entry & ~format->address) == pt_leaf_entry(format, level, 0, rights))
			return rights;
	return 0;
}

bool pt_lookup(const struct pt *pt, u64 in, struct pt_leaf *leaf)
{
	const struct pt_format *format = pt->format;
	unsigned level = pt->levels - 1U;
	u64 *table = pt->root, entry, offset;

	if (in >> pt_shift(level) >= (u64)pt->root_pages << PT_LEVEL_BITS)
		return false;
	for (;; level--) {
		entry = *pt_slot(pt, table, level, in);
		if (!(entry & format->present))
			return false;
		if (pt_is_leaf(format, level, entry))
			break;
		table = pool_virt(pt->pool, entry & format->address);
	}
	offset = BIT(pt_shift(level)) - 1;
	*leaf = (struct pt_leaf){
		.out = (entry & format->address) | (in & offset),
		.rights = pt_rights(format, level, entry),
		.level = (u8)level,
	};
	return true;
}
