/* SPDX-License-Identifier: GPL-2.0 */
/* List registers: what they look like, and where they are. */
#include <arch/arm64/gic_interface.h>
#include <base/bits.h>

#define MAX_LISTS	4	/* more are left alone */
#define LR0		S3_4_C12_C12_0
#define LR1		S3_4_C12_C12_1
#define LR2		S3_4_C12_C12_2
#define LR3		S3_4_C12_C12_3
#define LR_PENDING	BIT(62)
#define LR_HW		BIT(61)
#define LR_GROUP1	BIT(60)
#define LR_PRIORITY_SHIFT 48
#define LR_PHYSICAL_SHIFT 32
#define V2_LR_PENDING	BIT(28)
#define V2_LR_HW	BIT(31)
#define V2_LR_PRIORITY_SHIFT 23	/* five bits of it */
#define V2_LR_PHYSICAL_SHIFT 10

u32 gic_lists_probe(void)
{
	u32 last;

	gic.pending = gic.v2 ? V2_LR_PENDING : LR_PENDING;
	last = (gic.v2 ? gic_read32(gic.lists, GICH_VTR_REG) : (u32)gic_get(ICH_VTR)) & 0x3f;

	return (2U << (last < MAX_LISTS ? last : MAX_LISTS - 1)) - 1;
}

u32 gic_lists_free(void)
{
	return gic.all_lists &
	       (gic.v2 ? gic_read32(gic.lists, GICH_ELRSR_REG) : (u32)gic_get(ICH_ELRSR));
}

u64 gic_list_read(unsigned n)
{
	if (gic.v2)
		return gic_read32(gic.lists, GICH_LR_REG + 4 * n);
	if (n & 2)
		return n & 1 ? gic_get(LR3) : gic_get(LR2);
	return n & 1 ? gic_get(LR1) : gic_get(LR0);
}

void gic_list_write(unsigned n, u64 value)
{
	if (gic.v2)
		gic_write32(gic.lists, GICH_LR_REG + 4 * n, (u32)value);
	else if (n & 2)
		if (n & 1)
			gic_set(LR3, value);
		else
			gic_set(LR2, value);
	else if (n & 1)
		gic_set(LR1, value);
	else
		gic_set(LR0, value);
}

u64 gic_list_make(u32 ack, u64 priority, bool sgi)
{
	u64 list = ack | gic.pending;

	if (gic.v2) {
		list |= priority >> 3 << V2_LR_PRIORITY_SHIFT;
		return sgi ? list : list | V2_LR_HW | ack << V2_LR_PHYSICAL_SHIFT;
	}
	list |= LR_GROUP1 | priority << LR_PRIORITY_SHIFT;
	return sgi ? list : list | LR_HW | (u64)ack << LR_PHYSICAL_SHIFT;
}
