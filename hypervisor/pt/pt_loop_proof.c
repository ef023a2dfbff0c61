// SPDX-License-Identifier: GPL-2.0
// cbmc: pt/formats.c --unwind 6
/*
 * The map loop at the real geometry, for ranges and offsets of any size. Induction over the rounds
 * of pt_fill: the start holds, a round preserves, the end is everything. Insertion is left to the
 * step's proof; here a leaf is the block that pt_take asks for. What ties this file to pt_fill is
 * read off its do-loop: start, pt_take, insert, until done.
 */
#include <pt/geometry.h>
#include <pt/pt.c>

u64 nondet_u64(void);
unsigned nondet_unsigned(void);

void *pool_alloc(struct pool *pool, u32 count, u32 align, u8 owner)
{
	(void)pool, (void)count, (void)align, (void)owner;
	return NULL;
}

/* The asked range, the rest of some round, and one address that is watched. */
static struct range asked;
static u64 asked_out, query;
static unsigned limit;

/* Before a round: what is behind is mapped, what is left is a suffix with the same offset. */
static bool holds(const struct pt_rest *rest)
{
	return rest->in.last == asked.last && range_has(asked, rest->in.first) &&
	       rest->out - rest->in.first == asked_out - asked.first &&
	       is_aligned(rest->in.first | rest->out, PAGE_SIZE);
}

/* Anything that pt_check lets through. */
static void any_request(void)
{
	u64 length;

	asked = (struct range){ nondet_u64(), nondet_u64() };
	asked_out = nondet_u64();
	query = nondet_u64();
	limit = nondet_unsigned();
	__CPROVER_assume(limit <= 2 && asked.first <= asked.last);
	__CPROVER_assume(is_aligned(asked.first | asked_out | (asked.last + 1), PAGE_SIZE));
	length = asked.last - asked.first;
	__CPROVER_assume(asked.last < 1ULL << 57 && asked_out <= (1ULL << 52) - 1 - length &&
			 length < 1ULL << 52);
}

static struct pt_rest any_rest(void)
{
	struct pt_rest rest = { .in = { nondet_u64(), nondet_u64() }, .out = nondet_u64() };

	__CPROVER_assume(holds(&rest));
	return rest;
}

static struct range block_range(const struct pt_block *block)
{
	return (struct range){ block->in, block->in + (1ULL << (12 + 9 * block->level)) - 1 };
}

void proof_start(void)
{
	struct pt_rest rest;

	any_request();
	rest = (struct pt_rest){ .in = asked, .out = asked_out };
	__CPROVER_assert(holds(&rest), "the loop starts with everything left and nothing mapped");
}

void proof_round(void)
{
	struct pt_rest rest, old;
	struct pt_block block;
	struct range range;

	any_request();
	rest = old = any_rest();
	block = pt_take(&rest, limit);
	range = block_range(&block);
	__CPROVER_assert(block.level <= limit, "no leaf above the limit");
	__CPROVER_assert(range_contains(old.in, range), "only what was left is mapped");
	__CPROVER_assert(range.first == old.in.first, "without a gap");
	__CPROVER_assert(is_aligned(block.in | block.out, range.last - range.first + 1),
			 "a leaf is aligned on both sides");
	if (range_has(range, query))
		__CPROVER_assert(block.out + (query - block.in) == asked_out + (query - asked.first),
				 "every byte at the asked output");
	__CPROVER_assert(rest.done == (range.last == asked.last), "done exactly at the end");
	if (rest.done)
		return;
	__CPROVER_assert(holds(&rest), "the next round starts as this one did");
	__CPROVER_assert(rest.in.first == range.last + 1 && rest.in.first > old.in.first,
			 "nothing twice, and every round makes progress");
}

/* Superpages always when alignment and length permit: no higher level would have done. */
void proof_biggest(void)
{
	unsigned level = nondet_unsigned();
	struct pt_rest rest, old;
	struct pt_block block;
	u64 size;

	any_request();
	rest = old = any_rest();
	block = pt_take(&rest, limit);
	__CPROVER_assume(level > block.level && level <= limit);
	size = 1ULL << (12 + 9 * level);
	__CPROVER_assert(!is_aligned(old.in.first | old.out, size) ||
			 size - 1 > old.in.last - old.in.first, "a bigger leaf does not fit");
}

void probe_round_is_last(void)
{
	struct pt_rest rest;

	any_request();
	rest = any_rest();
	pt_take(&rest, limit);
	__CPROVER_assert(rest.done, "one leaf is always enough");
}

void probe_round_is_small(void)
{
	struct pt_rest rest;

	any_request();
	rest = any_rest();
	__CPROVER_assert(pt_take(&rest, limit).level < 2, "the biggest leaf is never used");
}

void probe_start(void)
{
	any_request();
	__CPROVER_assert(asked_out == asked.first, "only identity can be asked");
}
