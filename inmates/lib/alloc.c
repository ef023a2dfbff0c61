// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/* The heap: everything behind the stack, handed out upwards. */
#include <inmate.h>

unsigned long heap_pos = (unsigned long)stack_top;

void *alloc(unsigned long size, unsigned long align)
{
	unsigned long start = (heap_pos + align - 1) & ~(align - 1);

	heap_pos = start + size;
	return (void *)start;
}

void *zalloc(unsigned long size, unsigned long align)
{
	return memset(alloc(size, align), 0, size);
}
