// SPDX-License-Identifier: GPL-2.0
/* A plan as text that a person can compare with the configs, one line per row. */
#include <plan/print.h>
#include <pt/pt.h>

static const char *const map_kinds[] = {
	[PLAN_MAP_MEMORY] = "memory", [PLAN_MAP_COMM] = "comm", [PLAN_MAP_ZERO] = "zero",
	[PLAN_MAP_NO_HUGE] = "memory-4k", [PLAN_MAP_GICV] = "gic-virtual",
};

static const char *const trap_kinds[] = {
	[PLAN_TRAP_SUBPAGE] = "sub-page", [PLAN_TRAP_XAPIC] = "xapic", [PLAN_TRAP_IOAPIC] = "ioapic",
	[PLAN_TRAP_ECAM] = "ecam", [PLAN_TRAP_MSIX] = "msix-table",
	[PLAN_TRAP_GICD] = "gic-distributor", [PLAN_TRAP_GICR] = "gic-redistributors",
};

static const char *const device_types[] = {
	"?", [JAILHOUSE_PCI_TYPE_DEVICE] = "device", [JAILHOUSE_PCI_TYPE_BRIDGE] = "bridge",
};

/* "rwx" with dots for what is missing. */
static void rights_text(char text[4], unsigned rights)
{
	for (unsigned i = 0; i < 3; i++)
		text[i] = rights >> i & 1 ? "rwx"[i] : '.';
	text[3] = 0;
}

static const char *kind_text(const struct plan_map *row)
{
	if (row->kind == PLAN_MAP_MEMORY && (row->rights & PT_DEVICE))
		return "device";
	return row->kind == PLAN_MAP_NO_HUGE && (row->rights & PT_DEVICE) ? "device-4k" :
									    map_kinds[row->kind];
}

static void print_maps(const struct printer *printer, const char *word, const struct plan_map *rows,
		       u32 count)
{
	for (u32 i = 0; i < count; i++) {
		char rights[4], region[32];

		rights_text(rights, rows[i].rights);
		if (rows[i].region == PLAN_NONE)
			print_to(region, sizeof(region), "hypervisor");
		else
			print_to(region, sizeof(region), "mem_regions[%u]", rows[i].region);
		EMIT(printer, "  %s %012llx-%012llx -> %012llx %s %s %s%s%s", word, rows[i].first,
		     rows[i].last, rows[i].out, rights, kind_text(&rows[i]), region,
		     rows[i].owner == rows[i].cell ? "" : " of ",
		     rows[i].owner == rows[i].cell ? "" : plan_cells(printer->plan)[rows[i].owner].name);
	}
}

static void print_traps(const struct printer *printer, const struct plan_trap *rows, u32 count)
{
	for (u32 i = 0; i < count; i++)
		EMIT(printer, "  trap %012llx-%012llx %s [%u]", rows[i].first, rows[i].last,
		     trap_kinds[rows[i].kind], rows[i].index);
}

static void print_pio(const struct printer *printer, const struct plan_pio *rows, u32 count)
{
	for (u32 i = 0; i < count; i++)
		EMIT(printer, "  port %04x-%04x", rows[i].first, rows[i].last);
}

static void print_device(const struct printer *printer, const struct plan_device *row)
{
	const char *type = device_types[row->type <= JAILHOUSE_PCI_TYPE_BRIDGE ? row->type : 0];

	EMIT(printer, "  pci %02x:%02x.%u %s pci_devices[%u] unit %u", row->bdf >> 8,
	     row->bdf >> 3 & 31, row->bdf & 7, type, row->index, row->unit);
}

static void print_devices(const struct printer *printer, unsigned cell)
{
	const struct plan_device *rows = plan_devices(printer->plan);

	for (u32 i = 0; i < printer->plan->devices.count; i++)
		if (rows[i].cell == cell && rows[i].type == JAILHOUSE_PCI_TYPE_IVSHMEM)
			print_link(printer, &rows[i]);
		else if (rows[i].cell == cell)
			print_device(printer, &rows[i]);
}

static void print_pins(const struct printer *printer, unsigned cell)
{
	const struct plan_pin *rows = plan_pins(printer->plan);

	for (u32 i = 0; i < printer->plan->pins.count; i++)
		if (rows[i].cell == cell)
			print_pin(printer, &rows[i]);
}

static void print_streams(const struct printer *printer, unsigned cell)
{
	const struct plan_stream *rows = plan_streams(printer->plan);

	for (u32 i = 0; i < printer->plan->streams.count; i++)
		if (rows[i].cell == cell)
			EMIT(printer, "  stream %x mask %x stream_ids[%u]", rows[i].id, rows[i].mask,
			     rows[i].index);
}

static void print_cpus(const struct printer *printer, unsigned cell)
{
	for (u32 cpu = 0; cpu < printer->plan->num_cpus; cpu++)
		if (plan_cpus(printer->plan)[cpu] == cell)
			EMIT(printer, "  cpu %u", cpu);
}

static void print_cell(const struct printer *printer, unsigned slot)
{
	const struct plan *plan = printer->plan;
	const struct plan_cell *cell = &plan_cells(plan)[slot];

	EMIT(printer, "cell \"%s\" slot %u%s%s%s%s", cell->name, slot,
	     cell->unprotected & JAILHOUSE_UNPROTECTED_DMA ? " unprotected-dma" : "",
	     cell->unprotected & JAILHOUSE_UNPROTECTED_IRQ ? " unprotected-irq" : "",
	     cell->unprotected & JAILHOUSE_UNPROTECTED_PIO ? " unprotected-pio" : "",
	     cell->unprotected & JAILHOUSE_UNPROTECTED_DELIVERY ? " unprotected-delivery" : "");
	print_cpus(printer, slot);
	print_maps(printer, "cpu-map", plan_maps(plan) + cell->first_map, cell->num_maps);
	print_maps(printer, "dma-map", plan_dma(plan) + cell->first_dma, cell->num_dma);
	print_traps(printer, plan_traps(plan) + cell->first_trap, cell->num_traps);
	print_pio(printer, plan_pio(plan) + cell->first_pio, cell->num_pio);
	print_devices(printer, slot);
	print_pins(printer, slot);
	print_streams(printer, slot);
}

void plan_print(const struct plan *plan, const struct config_set *set,
		void (*emit)(void *context, const char *line), void *context)
{
	struct printer printer = { .plan = plan, .set = set, .emit = emit, .context = context };

	for (unsigned slot = 0; slot < plan->cells.count; slot++)
		if (plan_cells(plan)[slot].present)
			print_cell(&printer, slot);
}
