// SPDX-License-Identifier: GPL-2.0
/* Sentences go to stderr, one per line, so that stdout holds results only. */
#include <stdarg.h>
#include <stdio.h>

#include "report.h"

static void say(const char *format, va_list values)
{
	fflush(stdout);
	fprintf(stderr, "jailhouse: ");
	vfprintf(stderr, format, values);
	fprintf(stderr, "\n");
}

int refuse(const char *format, ...)
{
	va_list values;

	va_start(values, format);
	say(format, values);
	va_end(values);
	return 1;
}

void note(const char *format, ...)
{
	va_list values;

	va_start(values, format);
	say(format, values);
	va_end(values);
}
