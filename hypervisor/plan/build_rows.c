// SPDX-License-Identifier: GPL-2.0
/* Which ports, PCI devices and interrupt pins a cell has. */
#include <plan/build.h>

#define PM_TIMER_PORTS 4U

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

	if (!is_x86(builder) || port == 0 || port > 0x10000 - PM_TIMER_PORTS)
		return;
	sink_put(&builder->pio, &(struct plan_pio){
		.first = port, .last = (u16)(port + PM_TIMER_PORTS - 1),
		.cell = (u16)cell, .index = PLAN_NONE,
	}, sizeof(struct plan_pio));
}

void build_pio(struct builder *builder, unsigned cell)
{
	const struct cell_view *view = view_of(builder, cell);
	struct range range;

	for (unsigned i = 0; i < view->desc->num_pio_regions; i++)
		if (range_make(view->pio[i].base, view->pio[i].length, &range) && range.last <= 0xffff)
			put_ports(builder, cell, i, range);
	put_pm_timer(builder, cell);
}

static bool lists_device(const struct cell_view *view, u16 bdf)
{
	for (unsigned i = 0; i < view->desc->num_pci_devices; i++)
		if (view->devices[i].bdf == bdf &&
		    view->devices[i].type != JAILHOUSE_PCI_TYPE_IVSHMEM)
			return true;
	return false;
}

unsigned device_owner(const struct builder *builder, u16 bdf)
{
	for (unsigned slot = CONFIG_MAX_CELLS; slot-- > 0; )
		if (view_of(builder, slot) && lists_device(view_of(builder, slot), bdf))
			return slot;
	return PLAN_NONE;
}

void build_devices(struct builder *builder, unsigned cell)
{
	const struct cell_view *view = view_of(builder, cell);

	for (unsigned i = 0; i < view->desc->num_pci_devices; i++) {
		const struct jailhouse_pci_device *device = &view->devices[i];

		if (device->type != JAILHOUSE_PCI_TYPE_IVSHMEM &&
		    device_owner(builder, device->bdf) != cell)
			continue;
		sink_put(&builder->devices, &(struct plan_device){
			.bdf = device->bdf, .cell = (u16)cell, .index = (u16)i,
			.type = device->type, .unit = device->iommu,
		}, sizeof(struct plan_device));
	}
}

/* Index of the chip in root's config; PLAN_NONE: root does not have it. */
static u16 chip_of(const struct cell_view *root, const struct jailhouse_irqchip *chip)
{
	for (u32 i = 0; i < root->desc->num_irqchips; i++)
		if (root->irqchips[i].address == chip->address &&
		    root->irqchips[i].pin_base == chip->pin_base)
			return (u16)i;
	return PLAN_NONE;
}

/* Root keeps the pins that no cell has; two entries for one chip may begin at different pins. */
static void remove_chip(struct plan_pin *row, const struct jailhouse_irqchip *chip)
{
	for (unsigned word = 0; word < 4; word++) {
		const unsigned theirs = row->base / 32 + word - chip->pin_base / 32;

		if (chip->address == row->address && theirs < 4)
			row->pins[word] &= ~chip->pin_bitmap[theirs];
	}
}

static void put_pins(struct builder *builder, unsigned cell, unsigned index,
		     const struct jailhouse_irqchip *chip)
{
	struct plan_pin row = {
		.address = chip->address, .chip = chip_of(view_of(builder, 0), chip),
		.base = (u16)chip->pin_base, .cell = (u16)cell, .index = (u16)index,
	};
	struct jailhouse_irqchip virtual;

	/* An IOAPIC that root does not have is nobody's. */
	if (is_x86(builder) && row.chip == PLAN_NONE)
		return;
	for (unsigned word = 0; word < 4; word++)
		row.pins[word] = chip->pin_bitmap[word];
	for (unsigned slot = 1; cell == 0 && slot < CONFIG_MAX_CELLS; slot++) {
		const struct cell_view *view = view_of(builder, slot);

		for (unsigned i = 0; view && i < view->desc->num_irqchips; i++)
			remove_chip(&row, &view->irqchips[i]);
		if (view && config_virtual_pins(builder->input->set->system, view, &virtual))
			remove_chip(&row, &virtual);
	}
	sink_put(&builder->pins, &row, sizeof(row));
}

void build_pins(struct builder *builder, unsigned cell)
{
	const struct cell_view *view = view_of(builder, cell);
	struct jailhouse_irqchip virtual;

	for (unsigned i = 0; i < view->desc->num_irqchips; i++)
		put_pins(builder, cell, i, &view->irqchips[i]);
	if (config_virtual_pins(builder->input->set->system, view, &virtual))
		put_pins(builder, cell, PLAN_NONE, &virtual);
}

/* Does another cell list a stream that root would have? */
static bool is_stream_taken(const struct builder *builder, const struct config_stream *stream)
{
	for (unsigned slot = 1; slot < CONFIG_MAX_CELLS; slot++) {
		const struct cell_view *view = view_of(builder, slot);

		for (unsigned i = 0; view && i < view->desc->num_stream_ids; i++)
			if (config_streams_meet(*stream, config_stream(builder->input->set->system,
								       &view->stream_ids[i])))
				return true;
	}
	return false;
}

void build_streams(struct builder *builder, unsigned cell)
{
	const struct cell_view *view = view_of(builder, cell);

	for (unsigned i = 0; i < view->desc->num_stream_ids; i++) {
		const struct config_stream stream =
			config_stream(builder->input->set->system, &view->stream_ids[i]);

		if (cell != 0 || !is_stream_taken(builder, &stream))
			sink_put(&builder->streams, &(struct plan_stream){
				.id = stream.id, .mask = stream.mask,
				.cell = (u16)cell, .index = (u16)i,
			}, sizeof(struct plan_stream));
	}
}
