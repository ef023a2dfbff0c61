/* SPDX-License-Identifier: GPL-2.0 */
/* Second-stage tables as wide as the cell needs, and the control register that tells so. */
#include <arch/arch.h>
#include <arch/arm64/sysreg.h>
#include <arch/cell_space.h>

#define PARANGE_48	5	/* wider ones are not used */
#define LEVELS_4_BITS	44	/* from this output size on a walk may start at level 0 */

static const u8 parange_bits[] = { 32, 36, 40, 42, 44, 48 };

static unsigned parange(void)
{
	unsigned range = id_field(read_sysreg(id_aa64mmfr0_el1), 0);

	return range < PARANGE_48 ? range : PARANGE_48;
}

u8 arch_phys_bits(void)
{
	return parange_bits[parange()];
}

/* VTCR_EL2 (DDI 0487, D23.2.215): T0SZ, SL0 1 for three levels and 2 for four, PS. */
static u64 walk_control(const struct iommu_domain *shape, unsigned range)
{
	unsigned bits = 12 + 9U * shape->levels + (unsigned)__builtin_ctz(shape->root_pages);

	if (bits > parange_bits[range])
		bits = parange_bits[range];
	return VTCR_RES1 | range << TCR_PS_SHIFT | TCR_WALK |
	       (shape->levels - 2U) << VTCR_SL0_SHIFT | (64 - bits);
}

enum status arch_build_cell(const struct plan *plan, unsigned cell, u8 owner,
			    struct cell_tables *tables)
{
	unsigned range = parange();
	const struct iommu_caps caps = { .format = &pt_stage2, .levels = 3, .root_pages = 16,
					 .levels_max = parange_bits[range] >= LEVELS_4_BITS ? 4 : 0 };
	const struct plan_cell *row = &plan_cells(plan)[cell];
	struct iommu_domain shape;
	struct pt pt;
	enum status status;

	iommu_shape(&caps, row->num_maps ? plan_maps(plan)[row->first_map + row->num_maps - 1].last : 0,
		    &shape);
	status = pt_create_wide(&pt, &pt_stage2, &machine.pool, owner, shape.levels, 2, shape.root_pages);
	if (status == OK)
		status = cell_space_map(&pt, plan, cell);
	if (status != OK)
		return status;
	tables->cpu = PHYS(pool_phys(&machine.pool, pt.root));
	tables->walk = walk_control(&shape, range);
	return OK;
}
