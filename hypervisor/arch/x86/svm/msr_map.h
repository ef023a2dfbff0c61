/* SPDX-License-Identifier: GPL-2.0 */
/* Which model specific registers a cell reaches, as a table; everything else is denied. */
#ifndef ARCH_X86_SVM_MSR_MAP_H
#define ARCH_X86_SVM_MSR_MAP_H

#include <base/addr.h>
#include <base/status.h>

enum msr_action {
	MSR_DENY,	/* root: #GP; cells: parked */
	MSR_PASS,	/* the hardware's register */
	MSR_ZERO,	/* reads 0 */
	MSR_IGNORE,	/* writes have no effect */
	MSR_EMULATE,	/* see msr.c */
};

struct msr_row {
	u32 first;
	u16 more;	/* registers behind the first */
	u16 root_read : 4, root_write : 4, cell_read : 4, cell_write : 4;	/* enum msr_action */
};
_Static_assert(sizeof(struct msr_row) == 8, "the table is small");

static inline u32 msr_row_last(const struct msr_row *row)
{
	return row->first + row->more;
}

/* Row of an MSR, NULL: denied to everybody. Pure. */
const struct msr_row *msr_row_of(u32 msr);
/* Row by position, NULL behind the last. */
const struct msr_row *msr_row(unsigned index);
/* Permission map page pair (AMD64 manual volume 2, 15.11) for root (0) or cells (other slots). */
phys_t msr_map_of(unsigned cell);

#endif
