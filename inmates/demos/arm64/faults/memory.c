// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/* Accesses to memory of somebody else, by instructions that are harder to see through than a load. */
#include "parts.h"

/* Loads and stores whose syndrome does not say what they do. */
#define MEMORY_FAULT(name, type, code)						\
	static void memory_##name(void)						\
	{									\
		register unsigned long at = address;				\
										\
		map_range((void *)(at - 16), 32, type);				\
		asm volatile(code : "+r"(at) : : "x8", "x9", "memory");		\
	}
MEMORY_FAULT(pair, MAP_UNCACHED, "ldp x8, x9, [%0]")
MEMORY_FAULT(pair_write, MAP_UNCACHED, "stp xzr, xzr, [%0]")
MEMORY_FAULT(writeback, MAP_UNCACHED, "ldr w8, [%0], #4")
MEMORY_FAULT(writeback_write, MAP_UNCACHED, "str wzr, [%0, #4]!")
MEMORY_FAULT(unaligned, MAP_CACHED, "ldur w8, [%0, #2]")
MEMORY_FAULT(crossing, MAP_CACHED, "ldur x8, [%0, #-4]")
MEMORY_FAULT(simd, MAP_UNCACHED, ".arch_extension simd\n\tldr q0, [%0]")
MEMORY_FAULT(exclusive, MAP_CACHED, "ldxr w8, [%0]\n\tstxr w9, w8, [%0]")
MEMORY_FAULT(zero, MAP_CACHED, "dc zva, %0")
MEMORY_FAULT(flush, MAP_CACHED, "dc civac, %0")
MEMORY_FAULT(byte, MAP_UNCACHED, "strb wzr, [%0]")
MEMORY_FAULT(quad, MAP_UNCACHED, "ldr x8, [%0]")

/* Code, exception vectors or page tables in memory of somebody else. */
static void vector_foreign(void)
{
	map_range((void *)address, 4, MAP_CACHED);
	write_sysreg(vbar_el1, address & ~0x7ffUL);
	asm volatile("isb; udf #0");
}

static void walk_foreign(void)
{
	write_sysreg(ttbr0_el1, address & PAGE_MASK);
	asm volatile("isb; tlbi vmalle1; dsb sy; isb" : : : "memory");
}

const struct fault memory_faults[] = {
	{ "memory-pair", memory_pair },
	{ "memory-pair-write", memory_pair_write },
	{ "memory-writeback", memory_writeback },
	{ "memory-writeback-write", memory_writeback_write },
	{ "memory-unaligned", memory_unaligned },
	{ "memory-crossing", memory_crossing },
	{ "memory-simd", memory_simd },
	{ "memory-exclusive", memory_exclusive },
	{ "memory-zero", memory_zero },
	{ "memory-flush", memory_flush },
	{ "memory-byte", memory_byte },
	{ "memory-quad", memory_quad },
	{ "vector-foreign", vector_foreign },
	{ "walk-foreign", walk_foreign },
	{ NULL, NULL },
};
