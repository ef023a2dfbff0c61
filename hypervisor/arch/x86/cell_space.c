/* SPDX-License-Identifier: GPL-2.0 */
/* What x86 adds to the tables of a cell: the local APIC's page and the ports. */
#include <arch/arch.h>
#include <arch/cell_space.h>
#include <arch/x86/apic.h>
#include <arch/x86/svm/svm.h>

/* Reads of the local APIC go to the hardware; writes trap. */
static enum status map_local_apic(struct pt *pt)
{
	if (apic_is_x2())
		return OK;
	return pt_map(pt, (struct range) { XAPIC_BASE, XAPIC_BASE + PAGE_MASK }, XAPIC_BASE,
		      PT_READ | PT_DEVICE, true);
}

enum status arch_build_cell(const struct plan *plan, unsigned cell, u8 owner,
			    struct cell_tables *tables)
{
	struct pt pt;
	enum status status = pt_create(&pt, &pt_npt, &machine.pool, owner, machine.stage2_levels,
				       machine.stage2_super);

	if (status == OK)
		status = cell_space_map(&pt, plan, cell);
	if (status == OK)
		status = map_local_apic(&pt);
	if (status == OK)
		status = svm_build_port_map(plan, cell, owner, &tables->ports);
	if (status == OK)
		tables->cpu = PHYS(pool_phys(&machine.pool, pt.root));
	return status;
}
