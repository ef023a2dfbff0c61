/* SPDX-License-Identifier: GPL-2.0 */
/* Which regions of a cell leave the caches, and that all their pages do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <arch/arm64/cache.c>

#define PAGES 16u

static u8 memory[PAGES][PAGE_SIZE];
static unsigned flushed;	/* set of pages */

void *arch_look(struct cpu *self, u64 phys)
{
	assert_true(phys % PAGE_SIZE == 0 && phys / PAGE_SIZE < PAGES);
	return memory[phys / PAGE_SIZE];
}

void port_cache_flush(const void *start, u64 size)
{
	assert_int_equal(size, PAGE_SIZE);
	flushed |= 1u << ((const u8 (*)[PAGE_SIZE])start - memory);
}

static unsigned pages_of(u64 start, u64 size, u64 flags)
{
	struct jailhouse_cell_desc description = { .num_memory_regions = 1 };
	struct jailhouse_memory region = { .phys_start = start, .size = size, .flags = flags };
	struct cell_view view = { .desc = &description, .memory = &region };

	flushed = 0;
	arch_clean_memory(NULL, &view);
	return flushed;
}

static void every_page(void **unused)
{
	assert_int_equal(pages_of(0x1000, 0x3000, JAILHOUSE_MEM_WRITE), 0xe);
	assert_int_equal(pages_of(0x1ff0, 0x20, JAILHOUSE_MEM_WRITE), 0x6);
	assert_int_equal(pages_of(0x1000, 0, JAILHOUSE_MEM_WRITE), 0);
}

static void what_root_shares_and_has_loaded(void **unused)
{
	assert_int_equal(pages_of(0, 0x1000, JAILHOUSE_MEM_LOADABLE), 1);
	assert_int_equal(pages_of(0, 0x1000, JAILHOUSE_MEM_LOADABLE | JAILHOUSE_MEM_ROOTSHARED), 1);
	assert_int_equal(pages_of(0, 0x1000, JAILHOUSE_MEM_ROOTSHARED), 0);
}

static void registers_and_our_own_page(void **unused)
{
	assert_int_equal(pages_of(0, 0x1000, JAILHOUSE_MEM_IO), 0);
	assert_int_equal(pages_of(0, 0x1000, JAILHOUSE_MEM_IO | JAILHOUSE_MEM_LOADABLE), 0);
	assert_int_equal(pages_of(0, 0x1000, JAILHOUSE_MEM_COMM_REGION), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_page),
		cmocka_unit_test(what_root_shares_and_has_loaded),
		cmocka_unit_test(registers_and_our_own_page),
	};

	return cmocka_run_group_tests_name("arch/arm64/cache", tests, NULL, NULL);
}
