// SPDX-License-Identifier: GPL-2.0
/*
 * The memory words of base/string.h for this processor: 8 bytes per step where both sides are aligned,
 * then single ones. On a PC the host tests take the C library's, so this file is in the image only.
 */
#include <base/string.h>

void *memcpy(void *dest, const void *src, __SIZE_TYPE__ n)
{
	u8 *to = dest;
	const u8 *from = src;

	if ((((u64)to | (u64)from) & 7) == 0)
		for (; n >= 8; n -= 8, to += 8, from += 8)
			*(u64 *)to = *(const u64 *)from;
	while (n--)
		*to++ = *from++;
	return dest;
}

void *memmove(void *dest, const void *src, __SIZE_TYPE__ n)
{
	u8 *to = dest;
	const u8 *from = src;

	if ((u64)dest - (u64)src >= n)
		return memcpy(dest, src, n);
	while (n--)
		to[n] = from[n];
	return dest;
}

void *memset(void *dest, int value, __SIZE_TYPE__ n)
{
	u8 *to = dest;

	if (((u64)to & 7) == 0)
		for (; n >= 8; n -= 8, to += 8)
			*(u64 *)to = 0x0101010101010101ULL * (u8)value;
	while (n--)
		*to++ = (u8)value;
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
