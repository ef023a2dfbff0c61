/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One page-table engine; a format is data only.
 *
 * Glossary: level 0 is the leaf level (4 KiB); an entry of level n covers 2^(12 + n * PT_LEVEL_BITS)
 * bytes; a table of level n holds entries of level n; a superpage is a leaf above level 0. A tree is
 * built once and never edited: there is no unmap and no split.
 *
 *	root (level 2)        level 1               level 0
 *	+-------+             +-------+             +-------+
 *	| table | ----------> | table | ----------> | leaf  | ---> 4 KiB
 *	| leaf  | -> 1 GiB    | leaf  | -> 2 MiB    | empty |
 *	+-------+             +-------+             +-------+
 */
#ifndef PT_PT_H
#define PT_PT_H

#include <base/addr.h>
#include <base/pool.h>
#include <base/range.h>
#include <base/status.h>
#include <pt/geometry.h>

/* Rights are an index into pt_format.leaf. */
#define PT_READ 1U
#define PT_WRITE 2U
#define PT_EXECUTE 4U
#define PT_DEVICE 8U	/* device memory: uncached, no speculation where the format can say it */

struct pt_format {
	const char *name;
	u64 address;		/* mask of the output address bits */
	u64 present;		/* mask; an entry with none of these bits is empty */
	u64 kind;		/* mask; above level 0 these bits equal those of leaf_super in a leaf */
	u64 table;		/* attribute bits of an entry that points to a table */
	u64 leaf_level0;	/* additional bits of a leaf at level 0 */
	u64 leaf_super;		/* additional bits of a leaf above level 0 */
	u64 level_field;	/* AMD-Vi: field that names the next level in the entry; 0: none */
	u8 max_super;		/* highest level of a superpage, before the probed limit */
	u8 levels_min, levels_max;
	u8 max_root_pages;	/* 1, or how many root tables may be concatenated */
	u8 leaves;		/* rows of leaf; more rights are not expressible */
	const u64 *leaf;	/* attribute bits of a leaf by rights; 0: not expressible, refused */
};

/* 0: these rights are not expressible. */
static inline u64 pt_leaf_bits(const struct pt_format *format, unsigned rights)
{
	return rights < format->leaves ? format->leaf[rights] : 0;
}

/*
 * pt_host_x86 maps the lower half of an input space as wide as its levels say; for an address of the
 * upper half pass its low 12 + 9 * levels bits.
 */
extern const struct pt_format pt_npt, pt_ept, pt_vtd, pt_amdvi, pt_stage2, pt_host_x86,
	pt_host_arm64;

struct pt {
	const struct pt_format *format;
	struct pool *pool;
	u64 *root;	/* root table: 1 page; or up to 16 concatenated pages for Arm stage 2 */
	u8 levels;	/* number of levels walked, 3 to 5 */
	u8 max_super;	/* highest superpage level allowed here */
	u8 root_pages;	/* 1 unless concatenated */
	u8 owner;	/* pool tag of every page of the tree */
};

/* Take the root; levels and max_super are checked against the format. */
enum status pt_create(struct pt *pt, const struct pt_format *format, struct pool *pool, u8 owner,
		      u8 levels, u8 max_super) MUST_USE;
/* The same with root_pages (a power of two) concatenated root tables, for formats that have them. */
enum status pt_create_wide(struct pt *pt, const struct pt_format *format, struct pool *pool, u8 owner,
			   u8 levels, u8 max_super, u8 root_pages) MUST_USE;
/*
 * Map the closed range in -> out (both page aligned at first and last+1) with rights; with
 * small_only every leaf is 4 KiB. Refuses: not expressible rights, out of the input or output width,
 * an address already mapped, no memory. After a refusal the tree is only good to be dropped.
 */
enum status pt_map(struct pt *pt, struct range in, u64 out, unsigned rights, bool small_only) MUST_USE;

struct pt_leaf {
	u64 out;	/* output address of the queried input address */
	unsigned rights;
	u8 level;
};
/* False: nothing mapped there. */
bool pt_lookup(const struct pt *pt, u64 in, struct pt_leaf *leaf);

#endif
