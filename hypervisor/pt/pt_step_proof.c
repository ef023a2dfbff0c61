// SPDX-License-Identifier: GPL-2.0
// cbmc: pt/formats.c --unwind 25
/*
 * The step: one leaf is inserted into any well-formed tree, then any address is asked. Inside the
 * leaf: exactly the asked frame and rights, and nothing was there before. Outside: as before. The
 * tree stays well formed. Small geometry: tables of four entries, three levels, five pages.
 *
 * Tables are rows of one array and a physical address is a row number, so that the solver sees
 * indices and no pointers into a byte heap. Ghosts say which page is in use and at which level.
 */
#define PT_GEOMETRY_H
#define PT_LEVEL_BITS 2
#include <pt/pt.h>

#define PAGES 5U
#define ENTRIES 4U
#define LEVELS 3U

u64 nondet_u64(void);
unsigned nondet_unsigned(void);
bool nondet_bool(void);

static u64 tables[PAGES][ENTRIES];
static bool used[PAGES];
static unsigned level_of[PAGES];
static unsigned fresh[LEVELS], fresh_count;

/* Any free page, zeroed, or none. */
static void *proof_alloc(struct pool *pool, u32 count, u32 align, u8 owner)
{
	unsigned page = nondet_unsigned();

	(void)pool, (void)count, (void)align, (void)owner;
	if (nondet_bool())
		return NULL;
	__CPROVER_assume(page < PAGES && !used[page]);
	used[page] = true;
	for (unsigned i = 0; i < ENTRIES; i++)
		tables[page][i] = 0;
	fresh[fresh_count++] = page;
	return tables[page];
}

static u64 *proof_virt(const struct pool *pool, u64 phys)
{
	(void)pool;
	__CPROVER_assert(phys >> 12 < PAGES && used[phys >> 12], "a table entry points to a page in use");
	return tables[phys >> 12];
}

/* Only ever asked about the page that was allocated last. */
static u64 proof_phys(const struct pool *pool, const void *table)
{
	unsigned page = fresh[fresh_count - 1];

	(void)pool;
	__CPROVER_assert(table == tables[page], "the address of the new table");
	return (u64)page << 12;
}

#define pool_alloc proof_alloc
#define pool_virt proof_virt
#define pool_phys proof_phys
#include <pt/pt.c>

static const struct pt_format *format;

static bool is_table(unsigned level, u64 entry)
{
	return (entry & format->present) && !pt_is_leaf(format, level, entry);
}

/* Empty, a leaf of exactly the format's bits and aligned, or the way to a table one level down. */
static bool entry_good(unsigned level, u64 entry)
{
	u64 phys = entry & format->address;

	if (!(entry & format->present))
		return entry == 0;
	if (pt_is_leaf(format, level, entry))
		return level <= format->max_super && pt_rights(format, level, entry) &&
		       is_aligned(phys, 1ULL << (12 + 2 * level));
	return phys >> 12 < PAGES && used[phys >> 12] && level_of[phys >> 12] + 1 == level &&
	       entry == pt_table_entry(format, level, phys);
}

/* How many entries of tables in use lead to a page. */
static unsigned parents(unsigned page)
{
	unsigned count = 0;

	for (unsigned from = 0; from < PAGES; from++)
		for (unsigned i = 0; i < ENTRIES; i++)
			count += used[from] && is_table(level_of[from], tables[from][i]) &&
				 (tables[from][i] & format->address) >> 12 == page;
	return count;
}

/* A tree: levels fall by one along every way, the root has no parent, all others exactly one. */
static bool well_formed(void)
{
	bool good = used[0] && level_of[0] == LEVELS - 1 && parents(0) == 0;

	for (unsigned page = 0; page < PAGES; page++) {
		if (!used[page])
			continue;
		good = good && (page == 0 || (level_of[page] < LEVELS - 1 && parents(page) == 1));
		for (unsigned i = 0; i < ENTRIES; i++)
			good = good && entry_good(level_of[page], tables[page][i]);
	}
	return good;
}

static struct pt any_tree(const struct pt_format *row)
{
	format = row;
	for (unsigned page = 0; page < PAGES; page++) {
		used[page] = nondet_bool();
		level_of[page] = nondet_unsigned();
		__CPROVER_assume(level_of[page] < LEVELS);
		for (unsigned i = 0; i < ENTRIES; i++)
			tables[page][i] = nondet_u64();
	}
	__CPROVER_assume(well_formed());
	fresh_count = 0;
	return (struct pt){
		.format = row, .root = tables[0], .levels = LEVELS, .max_super = 2, .root_pages = 1,
	};
}

/* May this table lead to the nth new one? Old tables to the first, each new one to the next. */
static bool may_lead(unsigned from, unsigned n)
{
	if (n > 0)
		return from == fresh[n - 1];
	for (unsigned i = 0; i < fresh_count; i++)
		if (from == fresh[i])
			return false;
	return used[from];
}

/* The level of a new table is one below the table that leads to it. */
static void find_fresh_levels(void)
{
	for (unsigned n = 0; n < fresh_count; n++)
		for (unsigned from = 0; from < PAGES; from++)
			for (unsigned i = 0; i < ENTRIES; i++)
				if (may_lead(from, n) && is_table(level_of[from], tables[from][i]) &&
				    (tables[from][i] & format->address) >> 12 == fresh[n])
					level_of[fresh[n]] = level_of[from] - 1;
}

/* One insertion and one question. */
struct trial {
	u64 in, out, query, size;
	unsigned level, rights;
	bool had, has;
	struct pt_leaf old, new;
	enum status why;
};

static struct trial any_request(void)
{
	struct trial t = {
		.in = nondet_u64(), .out = nondet_u64(), .query = nondet_u64(),
		.level = nondet_unsigned(), .rights = nondet_bool() ? 1 : 3,
	};

	__CPROVER_assume(t.level < LEVELS);
	t.size = 1ULL << (12 + 2 * t.level);
	__CPROVER_assume(t.in < 1ULL << 18 && t.query < 1ULL << 18 && is_aligned(t.in | t.out, t.size));
	__CPROVER_assume((t.out & ~format->address) == 0);
	return t;
}

static enum status insert(const struct pt *pt, const struct trial *t)
{
	return pt_insert(pt, t->in, t->level, pt_leaf_entry(format, t->level, t->out, t->rights));
}

static struct trial any_trial(const struct pt_format *row)
{
	struct pt pt = any_tree(row);
	struct trial t = any_request();

	t.had = pt_lookup(&pt, t.query, &t.old);
	t.why = insert(&pt, &t);
	t.has = pt_lookup(&pt, t.query, &t.new);
	return t;
}

static void check_answer(const struct trial *t)
{
	if (t->why == OK && t->query >= t->in && t->query - t->in < t->size) {
		__CPROVER_assert(!t->had, "nothing was there before");
		__CPROVER_assert(t->has && t->new.out == t->out + (t->query - t->in) &&
				 t->new.rights == t->rights && t->new.level == t->level,
				 "inside: exactly what was asked");
		return;
	}
	__CPROVER_assert(t->has == t->had, "outside or refused: mapped as before");
	if (t->has)
		__CPROVER_assert(t->new.out == t->old.out && t->new.rights == t->old.rights &&
				 t->new.level == t->old.level, "outside or refused: the same leaf");
}

void proof_answer_npt(void)
{
	struct trial t = any_trial(&pt_npt);

	check_answer(&t);
}

void proof_answer_amdvi(void)
{
	struct trial t = any_trial(&pt_amdvi);

	check_answer(&t);
}

void proof_answer_stage2(void)
{
	struct trial t = any_trial(&pt_stage2);

	check_answer(&t);
}

static void check_tree(const struct pt_format *row)
{
	struct pt pt = any_tree(row);
	struct trial t = any_request();
	enum status why = insert(&pt, &t);

	find_fresh_levels();
	__CPROVER_assert(well_formed(), "well formed again");
	__CPROVER_assert(why == OK || why == STATUS_NO_MEMORY || why == STATUS_PT_MAPPED,
			 "no other refusal");
}

void proof_tree_amdvi(void)
{
	check_tree(&pt_amdvi);
}

void proof_tree_npt(void)
{
	check_tree(&pt_npt);
}

void probe_never_inserted(void)
{
	struct trial t = any_trial(&pt_npt);

	__CPROVER_assert(t.why != OK, "no insertion succeeds");
}

void probe_never_two_tables(void)
{
	struct trial t = any_trial(&pt_npt);

	__CPROVER_assert(t.why != OK || fresh_count < 2, "no insertion makes two tables");
}

void probe_never_refused(void)
{
	struct trial t = any_trial(&pt_npt);

	__CPROVER_assert(t.why != STATUS_PT_MAPPED, "no insertion meets another");
}

void probe_unchanged(void)
{
	struct trial t = any_trial(&pt_amdvi);

	__CPROVER_assert(t.has == t.had, "no insertion changes an answer");
}
