/* SPDX-License-Identifier: GPL-2.0 */
/*
 * May a cell access these bytes of a region that is smaller than a page? Such a region is never
 * mapped: each access traps, is checked here and then performed on the physical address.
 */
#ifndef RUN_SUBPAGE_H
#define RUN_SUBPAGE_H

#include <base/addr.h>
#include <base/status.h>
#include <config/config.h>

/*
 * width is 1, 2, 4 or 8 bytes. All bytes must lie inside the region, the region must grant the
 * direction and the width, and the access must be naturally aligned. Inside a page IO_UNALIGNED says
 * otherwise, where the processor can access devices so. OK: *out is where to perform it.
 */
enum status subpage_access(const struct config_arch *arch, const struct jailhouse_memory *region,
			   gpa_t address, unsigned width, bool write, phys_t *out) MUST_USE;

#endif
