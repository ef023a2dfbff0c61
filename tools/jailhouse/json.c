// SPDX-License-Identifier: GPL-2.0
/* A JSON text is written front to back; the only state is whether a comma is due. */
#include <stdio.h>
#include <stdlib.h>

#include "json.h"

static bool comma_due;

static void json_escape(const char *text)
{
	putchar('"');
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if (c == '"' || c == '\\')
			printf("\\%c", c);
		else if (c < 0x20 || c >= 0x7f)
			printf("\\u%04x", c);
		else
			putchar(c);
	}
	putchar('"');
}

static void json_begin(const char *name)
{
	if (comma_due)
		printf(", ");
	comma_due = true;
	if (!name)
		return;
	json_escape(name);
	printf(": ");
}

void json_open(const char *name, char bracket)
{
	json_begin(name);
	putchar(bracket);
	comma_due = false;
}

void json_close(char bracket)
{
	putchar(bracket);
	comma_due = true;
}

void json_string(const char *name, const char *value)
{
	json_begin(name);
	json_escape(value);
}

void json_number(const char *name, unsigned long long value)
{
	json_begin(name);
	printf("%llu", value);
}

void json_bool(const char *name, bool value)
{
	json_begin(name);
	printf(value ? "true" : "false");
}

void json_cpu_list(const char *name, const char *list)
{
	char *end = (char *)list;

	json_open(name, '[');
	while (*end >= '0' && *end <= '9') {
		unsigned long first = strtoul(end, &end, 10);
		unsigned long last = *end == '-' ? strtoul(end + 1, &end, 10) : first;

		for (; first <= last; first++)
			json_number(NULL, first);
		end += *end == ',';
	}
	json_close(']');
}
