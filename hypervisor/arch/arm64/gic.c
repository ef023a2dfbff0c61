/* SPDX-License-Identifier: GPL-2.0 */
/* Who owns which interrupt: probe, adoption, handover. */
#include <arch/arch.h>
#include <arch/arm64/gic_hw.h>
#include <base/bits.h>
#include <base/string.h>

#define DIST_SIZE	0x10000
#define V2_SIZE		0x2000
#define PIDR2_VERSION(v) ((v) >> 4 & 15)
#define SETTLE_TURNS	100000

struct gic gic;

void gic_settle(volatile u8 *control, u32 pending)
{
	for (u32 turn = 0; turn < SETTLE_TURNS && gic_read32(control, 0) & pending; turn++)
		arch_relax();
}

static enum status map(u64 phys, u64 size, volatile u8 **registers)
{
	*registers = arch_map_device(phys, size);
	return *registers ? OK : STATUS_NO_MEMORY;
}

static enum status probe_v2(void)
{
	const struct jailhouse_system *system = machine.system.header;
	enum status status = map(system->platform_info.arm.gicc_base, V2_SIZE, &gic.interface);

	if (status == OK)
		status = map(system->platform_info.arm.gich_base, V2_SIZE, &gic.lists);
	return status;
}

static u64 *redist_type(u32 index)
{
	return &gic.redist_types[index << (gic.redist_shift - REDIST_UNIT_SHIFT)];
}

static enum status probe_redists(struct refusal *refusal)
{
	u64 base = machine.system.header->platform_info.arm.gicr_base, typer, seen;
	enum status status = map(base, 1 << REDIST_UNIT_SHIFT, &gic.redists);

	if (status != OK)
		return status;
	seen = gic_redist_read(&gic.private, GICR_TYPER_REG, 8, false, false, &typer);
	gic.redist_shift = REDIST_UNIT_SHIFT;
	if (port_mmio_read64(gic.redists + GICR_TYPER_REG) & GICR_TYPER_VLPIS)
		gic.redist_shift++;
	status = map(base, (u64)machine.header->max_cpus << gic.redist_shift, &gic.redists);
	if (status != OK)
		return status;
	do {
		volatile u8 *redist = gic.redists + ((u64)gic.num_redists << gic.redist_shift);

		if (gic_read32(redist, GICR_CTLR_REG) & GICR_CTLR_LPIS) {
			refusal->a = gic.num_redists;
			return STATUS_GIC_LPIS;
		}
		typer = port_mmio_read64(redist + GICR_TYPER_REG);
		if (gic.num_redists + 1 == machine.header->max_cpus)
			typer |= GICR_TYPER_LAST;	/* of those a cell can use */
		*redist_type(gic.num_redists++) = typer & seen;
	} while (!(typer & GICR_TYPER_LAST));
	return OK;
}

static enum status probe_v3(struct refusal *refusal)
{
	u32 control = gic_read32(gic.dist, GICD_CTLR_REG);

	gic.split = control & GICD_CTLR_DS;
	refusal->b = control;
	return control & GICD_CTLR_ARE ? probe_redists(refusal) : STATUS_GIC_AFFINITY;
}

/* A GICv2 has one page, so that there is nothing at the place where a GICv3 says what it is. */
enum status gic_probe(struct refusal *refusal)
{
	const struct jailhouse_system *system = machine.system.header;
	u64 base = system->platform_info.arm.gicd_base;
	u32 found;
	enum status status;

	gic.v2 = system->platform_info.arm.gic_version == 2;
	gic.maintenance = system->platform_info.arm.maintenance_irq % 32;
	status = map(base, gic.v2 ? PAGE_SIZE : DIST_SIZE, &gic.dist);
	if (status != OK)
		return status;
	found = PIDR2_VERSION(gic_read32(gic.dist, gic.v2 ? GICV2_PIDR2_REG : GICD_PIDR2_REG));
	refusal->a = base;
	refusal->b = found;
	if (gic.v2 ? found != 2 : found != 3 && found != 4)
		return STATUS_GIC_FOUND;
	status = gic.v2 ? probe_v2() : probe_v3(refusal);
	if (status != OK)
		return status;
	gic.all_lists = gic_inject_probe();
	gic.reserved = 1U << GIC_KICK | 1U << gic.maintenance;
	return OK;
}

u64 gic_hcr(const struct cpu *cpu)
{
	return cpu->gic.direct ? 0 : HCR_IMO;
}

/* Ids of a cell in a plan. */
static void ids_in(const struct plan *plan, u16 cell, u32 ids[GIC_WORDS])
{
	memset(ids, 0, GIC_WORDS * sizeof(ids[0]));
	for (u32 i = 0; i < plan->pins.count; i++) {
		const struct plan_pin *row = &plan_pins(plan)[i];

		for (unsigned word = 0; row->cell == cell && word < 4; word++)
			if (row->base / 32 + word < GIC_WORDS)
				ids[row->base / 32 + word] |= row->pins[word];
	}
	ids[0] = gic.v2 ? ~gic.reserved : 0;
}

/* Level triggered, at the default priority, not enabled, pending or active. */
static void quieten_word(unsigned word, u32 bits)
{
	u32 at = word * 4;

	gic_write32(gic.dist, GICD_ICENABLER_REG + at, bits);
	gic_settle(gic.dist, GICD_CTLR_RWP);
	gic_write32(gic.dist, GICD_ICPENDR_REG + at, bits);
	gic_write32(gic.dist, GICD_ICACTIVER_REG + at, bits);
	if (gic.split)
		gic_write32(gic.dist, GICD_IGROUPR_REG + at,
			    gic_read32(gic.dist, GICD_IGROUPR_REG + at) | bits);
	for (unsigned bit = 0; bit < 32; bit++) {
		u32 config = GICD_ICFGR_REG + word * 8 + bit / 16 * 4;

		if (!(bits >> bit & 1))
			continue;
		port_mmio_write8(gic.dist + GICD_IPRIORITYR_REG + word * 32 + bit,
				 GIC_PRIORITY_DEFAULT);
		gic_write32(gic.dist, config, gic_read32(gic.dist, config) & ~(3U << bit % 16 * 2));
	}
}

static void quieten(const u32 ids[GIC_WORDS])
{
	for (unsigned word = 1; word < GIC_WORDS; word++)
		if (ids[word])
			quieten_word(word, ids[word]);
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
static struct cpu *regroup_cpus(const struct plan *plan, u16 cell)
{
	struct gic_view *view = &gic.views[cell];
	struct cpu *first = NULL;

	gic.direct[cell] = gic.split && plan_cells(plan)[cell].unprotected &
						JAILHOUSE_UNPROTECTED_DELIVERY;
	gic_map_clear(&gic.map, cell);
	view->interfaces = 0;
	for (u32 id = plan->num_cpus; id-- > 0;) {
		struct cpu *cpu = cpu_of(id);

		if (plan_cpus(plan)[id] != cell || !cpu->base.entered)
			continue;
		first = cpu;
		gic_map_add(&gic.map, cell, cpu->mpidr);
		view->interfaces |= cpu->gic.interface;
	}
	return first;
}

static void regroup_ids(const struct plan *plan, u16 cell, const struct cpu *first,
			u32 changed[GIC_WORDS])
{
	struct gic_view *view = &gic.views[cell];
	u32 ids[GIC_WORDS];

	view->cell = cell;
	view->version = gic.v2 ? 2 : 3;
	view->map = &gic.map;
	if (cell != 0)
		gic_start(view);
	ids_in(plan, cell, ids);
	gic_grant(view, ids, changed);
	for (u32 id = GIC_FIRST_SPI; first && id < GIC_LIMIT; id++)
		if (bitmap_test(view->ids, id))
			route(view, first, id);
}

void gic_regroup(const struct plan *plan, u16 cell)
{
	struct cpu *first = regroup_cpus(plan, cell);
	u32 changed[GIC_WORDS];

	if (machine.now.plan != plan)
		return;		/* root's first: what Linux set up is adopted, not handed over */
	regroup_ids(plan, cell, first, changed);
	quieten(changed);
}

void gic_mask(u16 cell)
{
	quieten(gic.views[cell].ids);
	gic_start(&gic.views[cell]);
}

void gic_raise(u16 cell, u32 id)
{
	if (id >= GIC_FIRST_SPI && id < GIC_LIMIT && bitmap_test(gic.views[cell].ids, id))
		gic_write32(gic.dist, GICD_ISPENDR_REG + id / 32 * 4, 1U << id % 32);
}

/* The redistributor of a CPU; its banked registers on a GICv2. */
static bool find_local(struct cpu *cpu)
{
	cpu->gic.local = gic.dist;
	if (gic.v2)
		return true;
	for (u32 i = 0; i < gic.num_redists; i++) {
		volatile u8 *redist = gic.redists + ((u64)i << gic.redist_shift);
		u32 affinity = (u32)(*redist_type(i) >> 32);

		if (((u64)(affinity >> 24) << 32 | (affinity & 0xffffff)) != cpu->mpidr)
			continue;
		cpu->gic.redist = redist;
		cpu->gic.local = redist + GICR_SGI_FRAME;
		gic.owners[i] = cpu;
		return true;
	}
	return false;
}

/* Linux's priorities leave room for the kick; where they would not, they are lowered. */
static void adopt_word(struct gic_view *view, unsigned word)
{
	u32 bits = view->ids[word], at = word * 4;

	view->enabled[word] = gic_read32(gic.dist, GICD_ISENABLER_REG + at) & bits;
	if (!gic.direct[0])	/* whose end would not be seen; a line still high comes again */
		gic_write32(gic.dist, GICD_ICACTIVER_REG + at, bits);
	for (unsigned bit = 0; bit < 32; bit++) {
		volatile u8 *priority = gic.dist + GICD_IPRIORITYR_REG + word * 32 + bit;

		if (bits >> bit & 1 && port_mmio_read8(priority) < GIC_PRIORITY_GUEST)
			port_mmio_write8(priority, GIC_PRIORITY_GUEST);
	}
}

enum status gic_adopt(struct refusal *refusal)
{
	struct gic_view *root = &gic.views[0];
	u32 control = gic_read32(gic.dist, GICD_CTLR_REG), changed[GIC_WORDS];
	struct cpu *first;
	u64 type = 0;

	gic_cpu_join(cpu_this());
	for (u32 id = 0; id < machine.header->max_cpus; id++)
		if (cpu_of(id)->base.entered && !find_local(cpu_of(id))) {
			refusal->a = id;
			refusal->b = machine.system.header->platform_info.arm.gicr_base;
			return STATUS_GIC_REDISTRIBUTOR;
		}
	gic.private.version = 3;
	gic.private.on = true;
	gic.private.ids[0] = ~gic.reserved;
	if (gic.split && !(control & GICD_CTLR_GROUP0))
		gic_write32(gic.dist, GICD_CTLR_REG, control | GICD_CTLR_GROUP0);
	first = regroup_cpus(machine.now.plan, 0);
	root->control = control & (GICD_CTLR_GROUP0 | GICD_CTLR_GROUP1);
	root->on = control & (gic.v2 ? GICD_CTLR_GROUP0 : GICD_CTLR_GROUP1);
	regroup_ids(machine.now.plan, 0, first, changed);
	gic.type = gic_read(root, GICD_TYPER_REG, 4, &type) & gic_read32(gic.dist, GICD_TYPER_REG);
	gic.type |= (u32)type;
	for (unsigned word = 1; word < GIC_WORDS; word++)
		if (root->ids[word])
			adopt_word(root, word);
	return OK;
}

/* The distributor holds what root wrote to it; only enables may have been withheld. */
void gic_return(void)
{
	for (unsigned word = 1; word < GIC_WORDS; word++)
		if (gic.views[0].enabled[word])
			gic_write32(gic.dist, GICD_ISENABLER_REG + word * 4,
				    gic.views[0].enabled[word]);
}
