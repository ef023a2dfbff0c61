// SPDX-License-Identifier: GPL-2.0
/* Rows that only a PC has: ports, and the registers of IOAPICs. */
#include <base/addr.h>
#include <plan/build.h>

#define PCI_PORT_FIRST 0xcf8ULL
#define PCI_PORT_LAST 0xcffULL
#define PM_TIMER_PORTS 4U

static void claim_ports(const struct cell_view *view, struct stretch *stretch)
{
	struct range range;

	for (unsigned i = 0; i < view->desc->num_pio_regions; i++)
		if (range_make(view->pio[i].base, view->pio[i].length, &range))
			stretch_claim(stretch, range);
}

/* Ports that this cell must not reach: the PCI access ports, other cells' for root. */
static void claims_pio(const struct builder *builder, unsigned cell, struct stretch *stretch)
{
	stretch_claim(stretch, (struct range){ .first = PCI_PORT_FIRST, .last = PCI_PORT_LAST });
	for (unsigned slot = 1; cell == 0 && slot < CONFIG_MAX_CELLS; slot++)
		if (view_of(builder, slot))
			claim_ports(view_of(builder, slot), stretch);
}

/* The free pieces of a port range. */
static void put_ports(struct builder *builder, unsigned cell, unsigned index, struct range range)
{
	u64 at = range.first;

	while (at <= range.last) {
		struct stretch stretch = stretch_at(at);
		u64 last;

		claims_pio(builder, cell, &stretch);
		last = stretch.last < range.last ? stretch.last : range.last;
		if (!stretch.held)
			sink_put(&builder->pio, &(struct plan_pio){
				.first = (u16)at, .last = (u16)last,
				.cell = (u16)cell, .index = (u16)index,
			}, sizeof(struct plan_pio));
		at = last + 1;
	}
}

/* Every cell may read the time: the PM timer's ports are never taken from anybody. */
static void put_pm_timer(struct builder *builder, unsigned cell)
{
	u16 port = builder->input->set->system->header->platform_info.x86.pm_timer_address;

	if (port == 0 || port > 0x10000 - PM_TIMER_PORTS)
		return;
	sink_put(&builder->pio, &(struct plan_pio){
		.first = port, .last = (u16)(port + PM_TIMER_PORTS - 1),
		.cell = (u16)cell, .index = PLAN_NONE,
	}, sizeof(struct plan_pio));
}

static void build_pio(struct builder *builder, unsigned cell)
{
	const struct cell_view *view = view_of(builder, cell);
	struct range range;

	for (unsigned i = 0; i < view->desc->num_pio_regions; i++)
		if (range_make(view->pio[i].base, view->pio[i].length, &range) && range.last <= 0xffff)
			put_ports(builder, cell, i, range);
	put_pm_timer(builder, cell);
}

static void rows(struct builder *builder, unsigned cell)
{
	const struct cell_view *view = view_of(builder, cell);

	build_pio(builder, cell);
	for (unsigned i = 0; i < view->desc->num_irqchips; i++)
		put_trap(builder, cell, i, PLAN_TRAP_IOAPIC, (struct range){
			view->irqchips[i].address, view->irqchips[i].address + PAGE_MASK });
}

const struct plan_arch plan_x86 = { .rows = rows };
