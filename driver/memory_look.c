// SPDX-License-Identifier: GPL-2.0
/*
 * For tests: what the kernel's CPU sees of a range of physical memory that is not its own. Looks once, at
 * load; then writes value, when one is given, and looks at that word again.
 *
 *   start, size   the range, whole pages
 *   skip          offsets of pages not to count
 *   poke, value   offset of a 32-bit word, and what to write to it; 0: nothing
 *
 *   pages         result: how many of the others have a byte that is not zero
 *   first         result: offset of the first of them
 *   word          result: the word at poke, at the end
 */
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/string.h>

static unsigned long start, size, skip[4], poke, value, pages, first, word;
static int num_skip;
module_param(start, ulong, 0444);
module_param(size, ulong, 0444);
module_param_array(skip, ulong, &num_skip, 0444);
module_param(poke, ulong, 0444);
module_param(value, ulong, 0444);
module_param(pages, ulong, 0444);
module_param(first, ulong, 0444);
module_param(word, ulong, 0444);

static bool skipped(unsigned long offset)
{
	int i;

	for (i = 0; i < num_skip; i++)
		if (skip[i] == offset)
			return true;
	return false;
}

static void look(const u8 *base)
{
	unsigned long offset;

	for (offset = 0; offset < size; offset += PAGE_SIZE) {
		if (skipped(offset) || !memchr_inv(base + offset, 0, PAGE_SIZE))
			continue;
		if (!pages++)
			first = offset;
	}
}

static int __init memory_look_init(void)
{
	u8 *base;

	if (!size || (start | size) % PAGE_SIZE || poke % 4 || poke >= size)
		return -EINVAL;
	base = memremap(start, size, MEMREMAP_WB);
	if (!base)
		return -ENOMEM;
	look(base);
	if (value)
		WRITE_ONCE(*(u32 *)(base + poke), (u32)value);
	word = READ_ONCE(*(u32 *)(base + poke));
	memunmap(base);
	return 0;
}

/* Only so that it can be unloaded. */
static void __exit memory_look_exit(void)
{
}

module_init(memory_look_init);
module_exit(memory_look_exit);

MODULE_DESCRIPTION("Looks at physical memory, for tests");
MODULE_LICENSE("GPL");
