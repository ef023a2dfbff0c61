// SPDX-License-Identifier: GPL-2.0
// cbmc: --unwind 4
/*
 * Ranges mean sets of values, for all 64-bit ends: every function says of an arbitrary value what the
 * definition says. Each probe plants one typical mistake in the claim and must fail.
 */
#include <base/range.h>

u64 nondet_u64(void);

static struct range any_range(void)
{
	struct range range = { nondet_u64(), nondet_u64() };

	__CPROVER_assume(range.first <= range.last);
	return range;
}

void proof_make(void)
{
	u64 start = nondet_u64(), size = nondet_u64(), value = nondet_u64();
	struct range range = { 7, 9 };
	bool made = range_make(start, size, &range);

	__CPROVER_assert(made == (size != 0 && size - 1 <= ~0ULL - start), "made unless empty or wrapping");
	if (made)
		__CPROVER_assert(range_has(range, value) == (value >= start && value - start < size),
				 "has exactly size values from start on");
	else
		__CPROVER_assert(range.first == 7 && range.last == 9, "untouched when refused");
}

void probe_make(void)
{
	u64 start = nondet_u64(), size = nondet_u64();
	struct range range;

	if (range_make(start, size, &range))
		__CPROVER_assert(start + size > start, "the end does not wrap");
}

void proof_relations(void)
{
	struct range a = any_range(), b = any_range();
	u64 value = nondet_u64(), witness = a.first > b.first ? a.first : b.first;

	if (range_has(a, value) && range_has(b, value))
		__CPROVER_assert(range_overlap(a, b), "a common value means overlap");
	if (range_overlap(a, b))
		__CPROVER_assert(range_has(a, witness) && range_has(b, witness),
				 "overlap means a common value");
	if (range_contains(a, b) && range_has(b, value))
		__CPROVER_assert(range_has(a, value), "all of a contained range");
	if (!range_contains(a, b))
		__CPROVER_assert(!range_has(a, b.first) || !range_has(a, b.last), "an end sticks out");
}

void probe_relations(void)
{
	struct range a = any_range(), b = any_range();

	__CPROVER_assert(range_overlap(a, b) == (a.first < b.last && b.first < a.last),
			 "open ends would do");
}

void proof_meet(void)
{
	struct range a = any_range(), b = any_range(), both;
	u64 value = nondet_u64();
	bool meet = range_meet(a, b, &both);

	__CPROVER_assert((meet && range_has(both, value)) == (range_has(a, value) && range_has(b, value)),
			 "exactly the common values");
}

void proof_cut(void)
{
	struct range a = any_range(), b = any_range(), pieces[2];
	u64 value = nondet_u64();
	unsigned count = range_cut(a, b, pieces), times = 0;

	__CPROVER_assert(count <= 2, "at most two pieces");
	for (unsigned i = 0; i < count; i++) {
		__CPROVER_assert(pieces[i].first <= pieces[i].last, "no empty piece");
		times += range_has(pieces[i], value);
	}
	__CPROVER_assert(times == (range_has(a, value) && !range_has(b, value)),
			 "every value that is left, once");
}

void probe_cut(void)
{
	struct range a = any_range(), b = any_range(), pieces[2];

	__CPROVER_assert(range_cut(a, b, pieces) >= 1, "something is always left");
}
