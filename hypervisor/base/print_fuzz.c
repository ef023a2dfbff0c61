// SPDX-License-Identifier: GPL-2.0
/* Any format text with any values writes a prefix of what a big buffer gets, a NUL, and no more. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <base/print.h>

#define BIG 8192U

/*
 * The values a format takes depend on its letters, so a %s would take a number for an address. Eight
 * values are offered; formats with more than eight '%' or with an s are not for this test.
 */
static int usable(const char *format)
{
	unsigned percents = 0;

	for (const char *at = format; *at; at++)
		percents += *at == '%';
	return percents <= 8 && !strchr(format, 's');
}

#pragma clang diagnostic ignored "-Wformat-nonliteral"
#pragma clang diagnostic ignored "-Wformat-security"
#define PRINT(to, size) \
	print_to(to, size, format, v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7])

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char big[BIG];
	unsigned long long v[8] = { 0 };
	unsigned room, full, used;
	char *format, *small;

	if (size < 66 || size > 300)
		return 0;
	room = data[0];
	memcpy(v, data + 1, sizeof(v));
	format = calloc(1, size - 65 + 1);
	memcpy(format, data + 65, size - 65);
	if (usable(format)) {
		small = malloc(room + 1U);	/* the sanitizer guards its end */
		full = PRINT(big, BIG);
		used = PRINT(small, room);
		if (full >= BIG || big[full] || strlen(big) > full ||
		    used != (room == 0 ? 0 : full < room ? full : room - 1) ||
		    memcmp(big, small, used) || (room && small[used]))
			abort();
		free(small);
	}
	free(format);
	return 0;
}
