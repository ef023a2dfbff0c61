/* SPDX-License-Identifier: GPL-2.0 */
/* Who owns which interrupt, and where it may lead: by the plan, whenever cells come and go. */
#include <arch/arm64/gic_hw.h>
#include <base/bits.h>

bool gic_owns(const struct cpu *cpu, u32 id)
{
	return id < GIC_FIRST_SPI ? !(gic.reserved >> id & 1)
				  : gic_own_spi(gic_view_of(cpu->base.cell), id);
}

u32 gic_spis_in(const struct plan *plan, u16 cell, unsigned word)
{
	u32 ids = 0;

	for (u32 i = 0; i < plan->pins.count; i++) {
		const struct plan_pin *row = &plan_pins(plan)[i];
		u32 part = word - row->base / 32U;

		if (row->cell == cell && part < 4)
			ids |= row->pins[part];
	}
	return ids;
}

/* An SPI that leads out of its cell leads to the cell's first CPU from now on. */
static void route(const struct gic_view *view, const struct cpu *first, u32 id)
{
	volatile u8 *target = gic.dist + GICD_ITARGETSR_REG + id;
	volatile u8 *router = gic.dist + GICD_IROUTER_REG + 8 * id;
	u64 affinity;

	if (gic.v2) {
		u8 inside = port_mmio_read8(target) & view->interfaces;

		port_mmio_write8(target, inside ? inside : first->gic.interface);
		return;
	}
	affinity = port_mmio_read64(router);
	if (affinity & BIT(31) || !gic_map_has(&gic.map, view->cell, affinity))
		port_mmio_write64(router, first->mpidr);
}

/* The cell's CPUs, how they are interrupted, and with them where its SPIs may lead. */
static struct cpu *assign_cpus(const struct plan *plan, struct gic_view *view, u16 cell)
{
	struct cpu *first = NULL;
	u8 interfaces = 0;

	gic.direct[cell] = gic.split && plan_cells(plan)[cell].unprotected &
						JAILHOUSE_UNPROTECTED_DELIVERY;
	gic_map_clear(&gic.map, cell);
	for (u32 id = plan->num_cpus; id-- > 0;) {
		struct cpu *cpu = cpu_of(id);

		if (plan_cpus(plan)[id] != cell || !cpu->base.entered)
			continue;
		first = cpu;
		gic_map_add(&gic.map, cell, cpu->mpidr);
		interfaces |= cpu->gic.interface;
	}
	view->interfaces = interfaces;
	return first;
}

/*
 * What Linux set up goes on, but for ends that would not be seen: a line still high comes again.
 * Priorities leave room for the kick; where they would not, they are lowered.
 */
static void adopt_word(struct gic_view *view, unsigned word)
{
	volatile u8 *at = gic.dist + word * 4;
	u32 bits = view->ids[word];

	view->enabled[word] = gic_read32(at, GICD_ISENABLER_REG) & bits;
	if (!gic.direct[0])
		gic_write32(at, GICD_ICACTIVER_REG, bits);
	gic_lower(gic.dist, word, bits);
}

static void assign_word(struct gic_view *view, unsigned word, u32 ids, bool adopt)
{
	u32 changed = gic_grant(view, word, ids);

	if (adopt)
		adopt_word(view, word);
	else
		gic_quieten(gic.dist, word, changed);
}

static void route_word(const struct gic_view *view, const struct cpu *first, unsigned word)
{
	for (u32 bits = first ? view->ids[word] : 0; bits; bits &= bits - 1)
		route(view, first, word * 32 + (u32)__builtin_ctz(bits));
}

void gic_assign(const struct plan *plan, u16 cell, bool adopt)
{
	struct gic_view *view = gic_view_of(cell);
	const struct cpu *first = assign_cpus(plan, view, cell);

	if (machine.now.plan != plan)
		return;		/* root's first: what Linux set up is adopted, not handed over */
	view->cell = cell;
	view->version = gic.v2 ? 2 : 3;
	view->map = &gic.map;
	if (cell != 0)
		gic_start(view);
	view->ids[0] = gic.v2 ? ~gic.reserved : 0;
	for (unsigned word = 1; word < GIC_WORDS; word++) {
		assign_word(view, word, gic_spis_in(plan, cell, word), adopt);
		route_word(view, first, word);
	}
}

void gic_regroup(const struct plan *plan, u16 cell)
{
	gic_assign(plan, cell, false);
}

void gic_mask(u16 cell)
{
	struct gic_view *view = gic_view_of(cell);

	for (unsigned word = 1; word < GIC_WORDS; word++)
		gic_quieten(gic.dist, word, view->ids[word]);
	gic_start(view);
}

bool gic_raise(u16 cell, u32 id)
{
	bool own = gic_own_spi(gic_view_of(cell), id);

	if (own)
		gic_write32(gic.dist, GICD_ISPENDR_REG + id / 32 * 4, 1U << id % 32);
	return own;
}
