/* SPDX-License-Identifier: GPL-2.0 */
/* Numbers as users write them; nothing is guessed. */
#ifndef TOOLS_NUMBER_H
#define TOOLS_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

/* Decimal or 0x hexadecimal, at most 64 bits, digits only. */
bool number_parse(const char *text, unsigned long long *value);
/* The first length characters of text: a number and perhaps one of K, M, G (KiB, MiB, GiB). */
bool number_parse_size(const char *text, size_t length, unsigned long long *value);
/* "128 MiB", "4 KiB", "17 bytes": the largest unit that divides it. */
const char *number_size_text(unsigned long long size, char *text, size_t room);

#endif
