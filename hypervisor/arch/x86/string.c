// SPDX-License-Identifier: GPL-2.0
/*
 * The memory words of base/string.h for this processor: 8 bytes per step of a string instruction,
 * then the rest. On a PC the host tests take the C library's, so this file is in the image only.
 */
#include <base/string.h>

void *memcpy(void *dest, const void *src, __SIZE_TYPE__ n)
{
	void *to = dest;
	__SIZE_TYPE__ words = n / 8, rest = n % 8;

	asm volatile("rep movsq" : "+D" (to), "+S" (src), "+c" (words) : : "memory");
	asm volatile("rep movsb" : "+D" (to), "+S" (src), "+c" (rest) : : "memory");
	return dest;
}

/*
 * From the last byte down, for a destination that overlaps the end of the source. Not a string
 * instruction: an NMI must never find the direction flag set. The empty statement keeps the compiler
 * from recognising a memmove in its own body.
 */
static void copy_down(u8 *to, const u8 *from, __SIZE_TYPE__ n)
{
	while (n-- > 0) {
		to[n] = from[n];
		asm volatile("" : : : "memory");
	}
}

void *memmove(void *dest, const void *src, __SIZE_TYPE__ n)
{
	if ((u64)dest - (u64)src >= n)
		return memcpy(dest, src, n);
	copy_down(dest, src, n);
	return dest;
}

void *memset(void *dest, int value, __SIZE_TYPE__ n)
{
	void *to = dest;
	u64 pattern = 0x0101010101010101ULL * (u8)value;
	__SIZE_TYPE__ words = n / 8, rest = n % 8;

	asm volatile("rep stosq" : "+D" (to), "+c" (words) : "a" (pattern) : "memory");
	asm volatile("rep stosb" : "+D" (to), "+c" (rest) : "a" (pattern) : "memory");
	return dest;
}

int memcmp(const void *a, const void *b, __SIZE_TYPE__ n)
{
	const u8 *left = a, *right = b;

	for (__SIZE_TYPE__ i = 0; i < n; i++)
		if (left[i] != right[i])
			return left[i] < right[i] ? -1 : 1;
	return 0;
}
