// SPDX-License-Identifier: GPL-2.0
/* The walk of VMSAv8-64 stage 2 tables with 4 KiB pages, with numbers straight from the manual. */
#include <host/fake_smmuv3.h>

static unsigned input_bits(const struct fake_stage2 *tables)
{
	return 64 - (tables->control & 0x3f);
}

/* Levels to walk; what the manual does not allow for the first one is a violation. */
static unsigned levels(const struct fake_stage2 *tables)
{
	unsigned start = tables->control >> 6 & 3, bits = input_bits(tables);

	if (start == 0 || start == 3 || bits > tables->output || bits > 48 || (tables->control >> 14 & 3))
		fake_violation("stage 2: control 0x%x with %u bits", tables->control, tables->output);
	if (start == 1 && (bits < 31 || bits > 43))
		fake_violation("stage 2: %u bits from level 1", bits);
	if (start == 2 && (bits < 40 || tables->output < 44))
		fake_violation("stage 2: %u bits from level 0 with %u bits of output", bits, tables->output);
	return start + 2;
}

static void check_root(const struct fake_stage2 *tables, unsigned top)
{
	unsigned bits = input_bits(tables);
	u64 pages = bits > top ? 1ULL << (bits - top) : 1;

	if (pages > 16 || tables->root % (pages * 4096) || tables->root >> tables->output ||
	    !fake_memory_has(tables->root, pages * 4096))
		fake_violation("stage 2: root 0x%llx of %llu pages", tables->root, pages);
}

static unsigned leaf_rights(u64 entry, unsigned level)
{
	unsigned type = entry >> 2 & 15;

	/* AF, normal write-back or device, inner shareable or not; contiguous and nT are not used. */
	if (!(entry & 0x400) || (type != 15 && type != 1) || (entry & 0x801) != 1 || (entry >> 48 & 0x1f))
		fake_violation("stage 2: leaf 0x%llx of level %u", entry, level);
	return (unsigned)(entry >> 6 & 3);
}

unsigned fake_stage2_walk(const struct fake_stage2 *tables, u64 iova, u64 *out)
{
	unsigned count = levels(tables);
	u64 entry = tables->root;

	check_root(tables, 12 + 9 * count);
	if (iova >> input_bits(tables))
		return 0;
	for (unsigned level = count; level-- > 0; ) {
		unsigned shift = 12 + 9 * level;
		u64 index = level + 1 == count ? iova >> shift : iova >> shift & 511;
		u64 mask = (1ULL << shift) - 1;

		entry = fake_memory_read((entry & 0xfffffffff000ULL) + index * 8, tables->snoop);
		if (!(entry & 1))
			return 0;
		if ((entry & 2) && level > 0)
			continue;
		if (!(entry & 2) && (level == 0 || level > 2 || (entry & 0xfffffffff000ULL & mask)))
			fake_violation("stage 2: block 0x%llx of level %u", entry, level);
		*out = (entry & 0xfffffffff000ULL & ~mask) | (iova & mask);
		if (*out >> tables->output)
			fake_violation("stage 2: output 0x%llx", *out);
		return leaf_rights(entry, level);
	}
	return 0;
}
