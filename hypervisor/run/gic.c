// SPDX-License-Identifier: GPL-2.0
/*
 * What a cell owns of a distributor. A guest's interrupts are all in group 1; switching the
 * distributor off withholds the cell's own SPIs.
 */
#include <base/bits.h>
#include <base/string.h>
#include <run/gic.h>

u32 gic_grant(struct gic_view *view, unsigned word, u32 ids)
{
	u32 left_out = word == 0	       ? 1U << GIC_KICK
		       : word == GIC_WORDS - 1 ? ~0U << GIC_LIMIT % 32
					       : 0;
	u32 changed = (ids & ~left_out) ^ view->ids[word];

	view->ids[word] ^= changed;
	view->enabled[word] &= ~changed;
	return changed;
}

bool gic_own_spi(const struct gic_view *view, u32 id)
{
	return id - GIC_FIRST_SPI < GIC_LIMIT - GIC_FIRST_SPI && bitmap_test(view->ids, id);
}

void gic_start(struct gic_view *view)
{
	memset(view->enabled, 0, sizeof(view->enabled));
	view->on = true;
	view->control = gic_group(view);
}
