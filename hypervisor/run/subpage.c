// SPDX-License-Identifier: GPL-2.0
/* May a cell access these bytes of a region that is smaller than a page? */
#include <base/bits.h>
#include <base/range.h>
#include <config/rules.h>
#include <run/subpage.h>

/* The IO_8 .. IO_64 flags are the width in bytes, moved up (see cell-config.h). */
#define SUBPAGE_WIDTH_SHIFT 16

_Static_assert(JAILHOUSE_MEM_IO_8 == 1UL << SUBPAGE_WIDTH_SHIFT, "8-bit flag");
_Static_assert(JAILHOUSE_MEM_IO_16 == 2UL << SUBPAGE_WIDTH_SHIFT, "16-bit flag");
_Static_assert(JAILHOUSE_MEM_IO_32 == 4UL << SUBPAGE_WIDTH_SHIFT, "32-bit flag");
_Static_assert(JAILHOUSE_MEM_IO_64 == 8UL << SUBPAGE_WIDTH_SHIFT, "64-bit flag");

/* The page behind is another device's, or nobody's: an access is of one page. */
static bool misaligned_at(u64 address, unsigned width, bool allowed)
{
	return !is_aligned(address, width) &&
	       (!allowed || (address ^ (address + width - 1)) & ~PAGE_MASK);
}

enum status subpage_access(const struct config_arch *arch, const struct jailhouse_memory *region,
			   gpa_t address, unsigned width, bool write, phys_t *out)
{
	const bool misaligned = arch->misaligned_devices && region->flags & JAILHOUSE_MEM_IO_UNALIGNED;

	struct range window, access;

	if (!range_make(region->virt_start, region->size, &window) ||
	    !range_make(address.value, width, &access) || !range_contains(window, access))
		return STATUS_SUBPAGE_OUTSIDE;
	if (!(region->flags & (write ? JAILHOUSE_MEM_WRITE : JAILHOUSE_MEM_READ)))
		return STATUS_SUBPAGE_RIGHTS;
	if (width > 8 || !(region->flags & (u64)width << SUBPAGE_WIDTH_SHIFT) ||
	    (width & (width - 1)))
		return STATUS_SUBPAGE_WIDTH;
	if (misaligned_at(address.value, width, misaligned))
		return STATUS_SUBPAGE_ALIGNED;
	*out = PHYS(region->phys_start + (address.value - region->virt_start));
	return OK;
}
