// SPDX-License-Identifier: GPL-2.0
/* Sentences go to stderr, one per line, so that stdout holds results only. */
#include <stdarg.h>
#include <stdio.h>

#include "report.h"

int refuse(const char *format, ...)
{
	va_list values;

	fflush(stdout);
	fprintf(stderr, "jailhouse: ");
	va_start(values, format);
	vfprintf(stderr, format, values);
	va_end(values);
	fprintf(stderr, "\n");
	return 1;
}
