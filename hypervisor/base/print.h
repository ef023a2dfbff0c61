/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Text from values, for consoles and refusals. Formats: %s, and %u %x %lu %lx %llu %llx with a width
 * that blanks or zeros fill (%5u, %08x); all else prints as it stands.
 */
#ifndef BASE_PRINT_H
#define BASE_PRINT_H

#include <jailhouse/types.h>

typedef __builtin_va_list va_list_t;

/* Writes at most size - 1 characters and a NUL; returns the number of characters written. */
unsigned print_to(char *text, unsigned size, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
unsigned print_to_v(char *text, unsigned size, const char *format, va_list_t args);

#endif
