/* SPDX-License-Identifier: GPL-2.0 */
/* Closed ranges [first, last]: they can end at the last byte of the address space. */
#ifndef BASE_RANGE_H
#define BASE_RANGE_H

#include <jailhouse/types.h>

struct range {
	u64 first, last;
};

/* False when size is 0 or the range would wrap; *range is then untouched. */
static inline bool range_make(u64 start, u64 size, struct range *range)
{
	if (size == 0 || start + (size - 1) < start)
		return false;
	*range = (struct range){ .first = start, .last = start + (size - 1) };
	return true;
}

static inline bool range_overlap(struct range a, struct range b)
{
	return a.first <= b.last && b.first <= a.last;
}

static inline bool range_contains(struct range outer, struct range inner)
{
	return outer.first <= inner.first && inner.last <= outer.last;
}

static inline bool range_has(struct range range, u64 value)
{
	return range.first <= value && value <= range.last;
}

/* What two ranges have in common; false: nothing, *both is then untouched. */
static inline bool range_meet(struct range a, struct range b, struct range *both)
{
	if (!range_overlap(a, b))
		return false;
	both->first = a.first > b.first ? a.first : b.first;
	both->last = a.last < b.last ? a.last : b.last;
	return true;
}

/* What is left of range without hole, in ascending order: the number of pieces, 0 to 2. */
static inline unsigned range_cut(struct range range, struct range hole, struct range pieces[2])
{
	unsigned count = 0;

	if (!range_overlap(range, hole)) {
		pieces[0] = range;
		return 1;
	}
	if (range.first < hole.first)
		pieces[count++] = (struct range){ .first = range.first, .last = hole.first - 1 };
	if (hole.last < range.last)
		pieces[count++] = (struct range){ .first = hole.last + 1, .last = range.last };
	return count;
}

#endif
