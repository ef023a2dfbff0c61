// SPDX-License-Identifier: GPL-2.0
/* strtoull() takes signs, blanks and octal numbers; a wrong address costs more than a strict
 * parser. */
#include <stdio.h>
#include <string.h>

#include "number.h"

static int digit_value(char c, int base)
{
	int value = c >= '0' && c <= '9' ? c - '0' :
		    c >= 'a' && c <= 'f' ? c - 'a' + 10 :
		    c >= 'A' && c <= 'F' ? c - 'A' + 10 : base;

	return value < base ? value : -1;
}

static bool parse_digits(const char *text, size_t length, unsigned long long *value)
{
	int base = length > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X') ? 16 : 10;
	size_t i = base == 16 ? 2 : 0;

	for (*value = 0; i < length; i++) {
		int digit = digit_value(text[i], base);

		if (digit < 0 || *value > (~0ULL - (unsigned)digit) / (unsigned)base)
			return false;
		*value = *value * (unsigned)base + (unsigned)digit;
	}
	return length > 0;
}

bool number_parse(const char *text, unsigned long long *value)
{
	return parse_digits(text, strlen(text), value);
}

bool number_parse_size(const char *text, size_t length, unsigned long long *value)
{
	static const char suffixes[] = "KMG";
	const char *suffix = length && text[length - 1] ? strchr(suffixes, text[length - 1]) : NULL;
	unsigned shift = suffix ? 10 * (unsigned)(suffix - suffixes + 1) : 0;

	if (!parse_digits(text, length - (suffix != NULL), value) || *value > ~0ULL >> shift)
		return false;
	*value <<= shift;
	return true;
}

const char *number_size_text(unsigned long long size, char *text, size_t room)
{
	static const char *const units[] = { "bytes", "KiB", "MiB", "GiB" };
	unsigned unit = 0;

	while (unit < 3 && size && size % 1024 == 0) {
		size /= 1024;
		unit++;
	}
	snprintf(text, room, "%llu %s", size, units[unit]);
	return text;
}
