/* SPDX-License-Identifier: GPL-2.0 */
/* Who owns which interrupt: probe, adoption, handover. */
#include <arch/arch.h>
#include <arch/arm64/gic_hw.h>
#include <base/bits.h>
#include <base/string.h>

#define DIST_SIZE	0x10000
#define V2_SIZE		0x2000
#define PIDR2_VERSION(v) ((v) >> 4 & 15)
#define SETTLE_TURNS	0x20000

struct gic gic;

__attribute__((noinline)) void gic_write32(volatile u8 *base, u32 offset, u32 value)
{
	port_mmio_write32(base + offset, value);
}

struct gic_view *gic_view_of(u16 cell)
{
	return &gic.views[cell];
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

static enum status probe_redists(struct refusal *refusal)
{
	const u32 max = machine.header->max_cpus;
	u64 base = machine.system.header->platform_info.arm.gicr_base, typer;
	u32 shift = REDIST_UNIT_SHIFT, n = 0;
	enum status status = map(base, 1 << REDIST_UNIT_SHIFT, &gic.redists);

	if (status != OK)
		return status;
	if (port_mmio_read64(gic.redists + GICR_TYPER_REG) & GICR_TYPER_VLPIS)
		shift++;
	status = map(base, (u64)max << shift, &gic.redists);
	if (status != OK)
		return status;
	do {
		volatile u8 *redist = gic.redists + ((u64)n << shift);

		if (gic_read32(redist, GICR_CTLR_REG) & GICR_CTLR_LPIS) {
			refusal->a = n;
			return STATUS_GIC_LPIS;
		}
		typer = port_mmio_read64(redist + GICR_TYPER_REG);
		if (n + 1 == max)
			typer |= GICR_TYPER_LAST;	/* of those a cell can use */
		gic.redist_types[n++ << (shift - REDIST_UNIT_SHIFT)] = gic_redist_type(typer);
	} while (!(typer & GICR_TYPER_LAST));
	gic.redist_shift = (u8)shift;
	gic.num_redists = n;
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

/* Wait, bounded, until writes to these enables have arrived everywhere. */
static void settle(volatile u8 *registers)
{
	const bool dist = registers == gic.dist;
	const u32 pending = dist ? GICD_CTLR_RWP : GICR_CTLR_RWP;

	if (!dist)
		registers -= GICR_SGI_FRAME;
	for (u32 turn = 0; turn < SETTLE_TURNS && gic_read32(registers, 0) & pending; turn++)
		arch_relax();
}

void gic_quieten(volatile u8 *registers, unsigned word, u32 bits)
{
	volatile u8 *at = registers + word * 4;

	if (!bits)
		return;
	gic_write32(at, GICD_ICENABLER_REG, bits);
	settle(registers);
	gic_write32(at, GICD_ICPENDR_REG, bits);
	gic_write32(at, GICD_ICACTIVER_REG, bits);
	if (gic.split)
		gic_write32(at, GICD_IGROUPR_REG, gic_read32(at, GICD_IGROUPR_REG) | bits);
	for (; bits; bits &= bits - 1) {
		u32 id = word * 32 + (u32)__builtin_ctz(bits);
		u32 config = GICD_ICFGR_REG + id / 16 * 4;

		port_mmio_write8(registers + GICD_IPRIORITYR_REG + id, GIC_PRIORITY_DEFAULT);
		gic_write32(registers, config,
			    gic_read32(registers, config) & ~(3U << id % 16 * 2));
		if (gic.v2 && id < 16)
			port_mmio_write8(registers + GICD_CPENDSGIR_REG + id, 0xff);
	}
}

void gic_lower(volatile u8 *registers, unsigned word, u32 bits)
{
	for (; bits; bits &= bits - 1) {
		volatile u8 *priority = registers + GICD_IPRIORITYR_REG + word * 32 +
					(u32)__builtin_ctz(bits);

		if (port_mmio_read8(priority) < GIC_PRIORITY_GUEST)
			port_mmio_write8(priority, GIC_PRIORITY_GUEST);
	}
}

void gic_forward(const struct gic_view *view, bool on)
{
	volatile u8 *at = gic.dist + (on ? GICD_ISENABLER_REG : GICD_ICENABLER_REG);

	for (unsigned word = 1; word < GIC_WORDS; word++)
		gic_write32(at, word * 4, view->enabled[word]);
}

/* SPIs of a cell in a plan, a word of them. */
static u32 ids_in(const struct plan *plan, u16 cell, unsigned word)
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
static struct cpu *regroup_cpus(const struct plan *plan, struct gic_view *view, u16 cell)
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

static void regroup(const struct plan *plan, u16 cell, bool adopt)
{
	struct gic_view *view = gic_view_of(cell);
	const struct cpu *first = regroup_cpus(plan, view, cell);

	if (machine.now.plan != plan)
		return;		/* root's first: what Linux set up is adopted, not handed over */
	view->cell = cell;
	view->version = gic.v2 ? 2 : 3;
	view->map = &gic.map;
	if (cell != 0)
		gic_start(view);
	view->ids[0] = gic.v2 ? ~gic.reserved : 0;
	for (unsigned word = 1; word < GIC_WORDS; word++) {
		u32 changed = gic_grant(view, word, ids_in(plan, cell, word));

		if (adopt)
			adopt_word(view, word);
		else
			gic_quieten(gic.dist, word, changed);
		for (u32 bits = first ? view->ids[word] : 0; bits; bits &= bits - 1)
			route(view, first, word * 32 + (u32)__builtin_ctz(bits));
	}
}

void gic_regroup(const struct plan *plan, u16 cell)
{
	regroup(plan, cell, false);
}

void gic_mask(u16 cell)
{
	struct gic_view *view = gic_view_of(cell);

	for (unsigned word = 1; word < GIC_WORDS; word++)
		gic_quieten(gic.dist, word, view->ids[word]);
	gic_start(view);
}

void gic_raise(u16 cell, u32 id)
{
	if (gic_own_spi(gic_view_of(cell), id))
		gic_write32(gic.dist, GICD_ISPENDR_REG + id / 32 * 4, 1U << id % 32);
}

/* The redistributor of a CPU; its banked registers on a GICv2. */
static bool find_local(struct cpu *cpu)
{
	const u32 affinity = (u32)(cpu->mpidr & 0xffffff) | (u32)(cpu->mpidr >> 32) << 24;

	cpu->gic.local = gic.dist;
	if (gic.v2)
		return true;
	for (u32 i = 0; i < gic.num_redists; i++) {
		u64 at = (u64)i << gic.redist_shift;

		if (gic.redist_types[at >> REDIST_UNIT_SHIFT] >> 32 != affinity)
			continue;
		cpu->gic.local = gic.redists + at + GICR_SGI_FRAME;
		gic.owners[i] = cpu;
		return true;
	}
	return false;
}

enum status gic_adopt(struct refusal *refusal)
{
	struct gic_view *root = &gic.views[0];
	u32 control = gic_read32(gic.dist, GICD_CTLR_REG);
	struct access type = { .width = 4 };

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
	regroup(machine.now.plan, 0, true);
	root->control = control & (GICD_CTLR_GROUP0 | GICD_CTLR_GROUP1);
	root->on = control & gic_group(root);
	gic_dist_access(cpu_this(), GICD_TYPER_REG, &type);
	gic.type = (u32)type.value;
	return OK;
}

/* The distributor holds what root wrote to it; only enables may have been withheld. */
void gic_return(void)
{
	gic_forward(&gic.views[0], true);
}
