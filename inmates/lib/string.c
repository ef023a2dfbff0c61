// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/* Memory and text, byte by byte. */
#include <inmate.h>

void *memset(void *s, int c, unsigned long n)
{
	u8 *to = s;

	while (n--)
		*to++ = (u8)c;
	return s;
}

void *memcpy(void *d, const void *s, unsigned long n)
{
	const u8 *from = s;
	u8 *to = d;

	while (n--)
		*to++ = *from++;
	return d;
}

void *memmove(void *d, const void *s, unsigned long n)
{
	const u8 *from = s;
	u8 *to = d;

	if (to <= from)
		return memcpy(d, s, n);
	while (n--)
		to[n] = from[n];
	return d;
}

int memcmp(const void *s1, const void *s2, unsigned long n)
{
	const u8 *a = s1, *b = s2;

	for (; n; n--, a++, b++)
		if (*a != *b)
			return *a - *b;
	return 0;
}

unsigned long strlen(const char *s)
{
	unsigned long length = 0;

	while (s[length])
		length++;
	return length;
}

int strncmp(const char *s1, const char *s2, unsigned long n)
{
	for (; n; n--, s1++, s2++)
		if (*s1 != *s2 || !*s1)
			return (u8)*s1 - (u8)*s2;
	return 0;
}

int strcmp(const char *s1, const char *s2)
{
	return strncmp(s1, s2, ~0UL);
}

static int lower(char c)
{
	return c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : (u8)c;
}

int strncasecmp(const char *s1, const char *s2, unsigned long n)
{
	for (; n; n--, s1++, s2++)
		if (lower(*s1) != lower(*s2) || !*s1)
			return lower(*s1) - lower(*s2);
	return 0;
}
