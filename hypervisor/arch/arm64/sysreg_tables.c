/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a cell's CPU has, but not the cell: each looks like one that has nothing to show, as a stock Linux
 * touches it without more ado. What Linux keeps trapped of these is as empty for root.
 */
#include <arch/arm64/sysreg_map.h>

/* Op0, Op1 and CRn, where the syndrome has them. */
#define GROUP(op0, op1, crn) ((op0) << 20 | (op1) << 14 | (crn) << 10)

static const struct {
	u32 group;
	u16 crm;	/* bit n: those with CRm n */
} zeros[] = {
	{ GROUP(2, 1, 8), (u16)MASK(15, 0) },	/* BRBINF<n>_EL1, BRBSRC<n>_EL1, BRBTGT<n>_EL1 */
	{ GROUP(2, 1, 9), (u16)MASK(15, 0) },	/* BRBCR_EL1 to BRBIDR0_EL1: no format, no records */
	{ GROUP(3, 0, 5), (u16)MASK(5, 3) },	/* ERRIDR_EL1 to ERXMISC3_EL1: no error records */
	{ GROUP(3, 0, 10), (u16)BIT(5) },	/* MPAM1_EL1, MPAM0_EL1, MPAMSM_EL1: no partitions */
	{ GROUP(3, 3, 13), (u16)MASK(15, 2) },	/* AMCR_EL0 to AMEVTYPER1<n>_EL0: no activity monitors */
};

bool sysreg_is_zero(u32 iss)
{
	for (unsigned n = 0; n < sizeof(zeros) / sizeof(zeros[0]); n++)
		if ((iss & GROUP(3, 7, 15)) == zeros[n].group)
			return zeros[n].crm >> (iss >> 1 & 15) & 1;
	return false;
}
