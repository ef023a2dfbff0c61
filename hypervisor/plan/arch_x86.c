// SPDX-License-Identifier: GPL-2.0
/* Rows that only a PC has: ports, and the registers of IOAPICs. */
#include <base/addr.h>
#include <plan/build.h>

#define PCI_PORT_FIRST 0xcf8ULL
#define PCI_PORT_LAST 0xcffULL
#define PM_TIMER_PORTS 4U

static bool claim_ports(const void *entry, void *stretch)
{
	const struct jailhouse_pio *pio = entry;
	struct range range;

	if (range_make(pio->base, pio->length, &range))
		stretch_claim(stretch, range);
	return false;
}

/* Ports that this cell must not reach: the PCI access ports, other cells' for root. */
static void claims_pio(const struct builder *builder, struct stretch *stretch)
{
	stretch_claim(stretch, (struct range){ .first = PCI_PORT_FIRST, .last = PCI_PORT_LAST });
	if (builder->cell == 0)
		others_any(builder, OBJECT_PIO, claim_ports, stretch);
}

static void put_row(struct builder *builder, unsigned index, u64 first, u64 last)
{
	builder_put(builder, PLAN_PIO, &(struct plan_pio){
		.first = (u16)first, .last = (u16)last, .index = (u16)index,
	});
}

/* The free pieces of a port range. */
static void put_ports(struct builder *builder, unsigned index, struct range range)
{
	u64 at = range.first, last;

	while (at <= range.last) {
		struct stretch stretch = stretch_at(at);

		claims_pio(builder, &stretch);
		last = stretch.last < range.last ? stretch.last : range.last;
		if (!stretch.held)
			put_row(builder, index, at, last);
		at = last + 1;
	}
}

/* Every cell may read the time: the PM timer's ports are never taken from anybody. */
static void put_pm_timer(struct builder *builder)
{
	u16 port = builder->system->header->platform_info.x86.pm_timer_address;

	if (port != 0 && port <= 0x10000 - PM_TIMER_PORTS)
		put_row(builder, PLAN_NONE, port, port + PM_TIMER_PORTS - 1);
}

static void rows(struct builder *builder)
{
	const struct jailhouse_irqchip *chip;
	const struct jailhouse_pio *pio;
	struct range range;

	for (u32 i = 0; (pio = config_entry(builder->view, OBJECT_PIO, i)); i++)
		if (range_make(pio->base, pio->length, &range) && range.last <= 0xffff)
			put_ports(builder, i, range);
	put_pm_timer(builder);
	for (u32 i = 0; (chip = config_entry(builder->view, OBJECT_IRQCHIP, i)); i++)
		put_trap(builder, i, PLAN_TRAP_IOAPIC,
			 (struct range){ chip->address, chip->address + PAGE_MASK });
}

/* The flag of device memory has no effect here: the guest's own memory types decide. */
const struct plan_arch plan_x86 = {
	.rows = rows, .messages = { .first = 0xfee00000, .last = 0xfeefffff },
};
