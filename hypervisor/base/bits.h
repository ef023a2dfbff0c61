/* SPDX-License-Identifier: GPL-2.0 */
/* Fields inside registers and alignment arithmetic; a mask alone describes a field. */
#ifndef BASE_BITS_H
#define BASE_BITS_H

#include <jailhouse/types.h>

#define BIT(n) (1ULL << (n))
#define MASK(high, low) ((~0ULL >> (63 - (high))) & (~0ULL << (low)))

static inline u64 field_get(u64 mask, u64 value)
{
	return (value & mask) / (mask & -mask);
}

/* Bits of v outside the field are dropped. */
static inline u64 field_set(u64 mask, u64 v)
{
	return (v * (mask & -mask)) & mask;
}

static inline u64 align_down(u64 v, u64 align)
{
	return v & ~(align - 1);
}

/* Wraps to 0 when the next multiple does not fit in 64 bits. */
static inline u64 align_up(u64 v, u64 align)
{
	return align_down(v + align - 1, align);
}

static inline bool is_aligned(u64 v, u64 align)
{
	return (v & (align - 1)) == 0;
}

static inline bool bitmap_test(const void *map, unsigned bit)
{
	return ((const u8 *)map)[bit / 8] >> (bit % 8) & 1;
}

static inline void bitmap_set(void *map, unsigned bit)
{
	((u8 *)map)[bit / 8] |= (u8)(1U << (bit % 8));
}

static inline void bitmap_clear(void *map, unsigned bit)
{
	((u8 *)map)[bit / 8] &= (u8)~(1U << (bit % 8));
}

#endif
