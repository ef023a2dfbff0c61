/* SPDX-License-Identifier: GPL-2.0 */
/* The four memory words the compiler may call anyway, and bounded text compare. */
#ifndef BASE_STRING_H
#define BASE_STRING_H

#include <jailhouse/types.h>

void *memcpy(void *dest, const void *src, __SIZE_TYPE__ n);
void *memmove(void *dest, const void *src, __SIZE_TYPE__ n);
void *memset(void *dest, int value, __SIZE_TYPE__ n);
int memcmp(const void *a, const void *b, __SIZE_TYPE__ n);

#endif
