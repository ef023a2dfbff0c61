/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Explained denials: who tried what, what is near, and the config line that would allow it. A storm
 * of them must not stop the machine, so a bucket limits the lines; the next one says how many were
 * left out.
 */
#include <arch/arch.h>
#include <base/print.h>
#include <boot/comm.h>
#include <boot/console.h>
#include <boot/denial.h>
#include <boot/report.h>
#include <port/core.h>

#define LINE_MAX	400
#define BUCKET_SIZE	24
#define LINES_PER_SECOND	16

static struct {
	u64 refilled;
	u32 spent;	/* lines, of BUCKET_SIZE */
	u32 left_out;
	volatile u32 turn;
} bucket;

static const struct { const char *did, *grant; } kinds[] = {
	[DENIED_READ] = { "read", "JAILHOUSE_MEM_READ" },
	[DENIED_WRITE] = { "write", "JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE" },
	[DENIED_EXECUTE] = { "execution", "JAILHOUSE_MEM_READ | JAILHOUSE_MEM_EXECUTE" },
	[DENIED_INTERRUPT] = { "interrupt to the outside, value", NULL },
	[DENIED_DMA_READ] = { "DMA read", "JAILHOUSE_MEM_READ | JAILHOUSE_MEM_DMA" },
	[DENIED_DMA_WRITE] = { "DMA write", "JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_DMA" },
};

#define LOCK_BUDGET	1000000U

/* One line at a time, bounded: the report is not worth a stopped machine. */
static bool take_turn(void)
{
	for (u32 budget = LOCK_BUDGET; budget; budget--) {
		if (!__atomic_exchange_n(&bucket.turn, 1, __ATOMIC_ACQUIRE))
			return true;
		arch_relax();
	}
	return false;
}

static void end_turn(void)
{
	__atomic_store_n(&bucket.turn, 0, __ATOMIC_RELEASE);
}

/* Also takes the turn, when true. */
static bool may_print(void)
{
	u64 now = arch_ticks(), lines;

	if (!take_turn())
		return false;
	lines = (now - bucket.refilled) * LINES_PER_SECOND / arch_second();
	if (lines) {
		bucket.refilled = now;
		bucket.spent -= lines < bucket.spent ? (u32)lines : bucket.spent;
	}
	if (bucket.spent == BUCKET_SIZE) {
		bucket.left_out++;
		end_turn();
		return false;
	}
	bucket.spent++;
	return true;
}

/* Region of the cell closest below the address; PLAN_NONE: none. */
static u32 nearest_region(const struct cell_view *view, u64 address)
{
	u32 best = PLAN_NONE;

	for (u32 i = 0; i < view->desc->num_memory_regions; i++) {
		const struct jailhouse_memory *memory = &view->memory[i];

		if (memory->size && memory->virt_start <= address &&
		    (best == PLAN_NONE || memory->virt_start > view->memory[best].virt_start))
			best = i;
	}
	return best;
}

/* Whose memory it is, as far as somebody else's; NULL: nobody's. */
static const char *holder_of(unsigned cell, u64 phys)
{
	const struct jailhouse_header *header = machine.header;
	const struct plan *plan = machine.now.plan;

	if (phys - header->hypervisor_phys < header->hypervisor_size)
		return "the hypervisor";
	for (u32 i = 0; i < plan->maps.count; i++) {
		const struct plan_map *map = &plan_maps(plan)[i];

		if (map->cell != cell && map->kind != PLAN_MAP_ZERO &&
		    map->kind != PLAN_MAP_COMM && phys - map->out <= map->last - map->first)
			return plan_cells(plan)[map->cell].name;
	}
	return NULL;
}

static const struct cell *container_of_view(const struct cell_view *view)
{
	return (const struct cell *)((const char *)view - __builtin_offsetof(struct cell, view));
}

static unsigned add_memory_hint(char *line, unsigned size, const struct cell_view *view, u64 address,
				const char *grant)
{
	u64 page = address & ~PAGE_MASK;
	bool root = view == &machine.cells[0].view;	/* maps one to one */
	const char *holder = root ? holder_of(0, address) : NULL;
	unsigned cell = (unsigned)(container_of_view(view) - machine.cells);
	u32 near = nearest_region(view, address);
	unsigned n = 0;

	if (plan_find_trap(machine.now.plan, cell, address))
		return print_to(line, size, " in an emulated window; no config line can allow it");
	if (holder)
		return print_to(line, size, ", which belongs to %s; no config line can allow it", holder);
	if (near != PLAN_NONE)
		n = print_to(line, size, "; nearest is mem_regions[%u] %llx + %llx", near,
			     view->memory[near].virt_start, view->memory[near].size);
	return n + print_to(line + n, size - n, "; to allow: { .phys_start = 0x%llx, .virt_start = 0x%llx,"
			    " .size = 0x1000, .flags = %s },", page, page, grant);
}

static unsigned add_hint(char *line, unsigned size, const struct cell_view *view,
			 enum denial_kind kind, u64 address)
{
	if (kinds[kind].grant)
		return add_memory_hint(line, size, view, address, kinds[kind].grant);
	if (kind == DENIED_PCI)
		return print_to(line, size, "; to allow: a row of pci_devices with pci_caps that cover it");
	return print_to(line, size, "; no config line can allow it");
}

/* What was tried, and its address or, of a config access (ECAM offset), the function and its register. */
static unsigned add_place(char *line, unsigned size, enum denial_kind kind, u64 address)
{
	if (kind != DENIED_PCI)
		return print_to(line, size, "%s 0x%llx", kinds[kind].did, address);
	return print_to(line, size, "PCI config write %02x:%02x.%x register 0x%x", (u32)(address >> 20),
			(u32)(address >> 15) & 0x1f, (u32)(address >> 12) & 7, (u32)address & 0xfff);
}

static void publish(char *line, unsigned n)
{
	if (bucket.left_out)
		n += print_to(line + n, LINE_MAX - n, " (%u more left out)", bucket.left_out);
	bucket.left_out = 0;
	report_denial(line, n);
	line[n++] = '\n';	/* print_to leaves room for its NUL */
	console_write(line, n);
	end_turn();
}

static const struct cell_view *view_of(u32 cell)
{
	return cell < CONFIG_MAX_CELLS ? &machine.cells[cell].view : NULL;
}

void core_denied(u32 cell, u32 who, enum denial_kind kind, u64 address, u32 width)
{
	const struct cell_view *view = view_of(cell);
	char line[LINE_MAX];
	unsigned n;

	if (!may_print())
		return;
	n = print_to(line, sizeof(line), "Denied: cell \"%s\" CPU %u: ", view->desc->name, who);
	if (kind >= DENIED_ARCH) {
		n += arch_denial(line + n, (unsigned)sizeof(line) - n, kind, address, width);
	} else {
		n += add_place(line + n, sizeof(line) - n, kind, address);
		n += add_hint(line + n, sizeof(line) - n, view, kind, address);
	}
	publish(line, n);
}

static const struct cell_view *requester_view(const struct iommu_fault *fault)
{
	const struct plan *plan = machine.now.plan;
	const struct plan_stream *stream;
	const struct plan_device *device;

	if (fault->stream) {
		stream = plan_find_stream(plan, fault->requester);
		return view_of(stream ? stream->cell : PLAN_NONE);
	}
	device = plan_dma_owner(plan, (u16)fault->requester);
	return view_of(device ? device->cell : PLAN_NONE);
}

static unsigned add_requester(char *line, unsigned size, const struct iommu_fault *fault)
{
	u32 id = fault->requester;

	if (fault->stream)
		return print_to(line, size, "stream 0x%x", id);
	return print_to(line, size, "device %02x:%02x.%x", id >> 8, id >> 3 & 0x1f, id & 7);
}

void denial_dma(const struct iommu_fault *fault, const char *why)
{
	enum denial_kind kind = fault->write ? DENIED_DMA_WRITE : DENIED_DMA_READ;
	const struct cell_view *view = requester_view(fault);
	char line[LINE_MAX];
	unsigned n;

	if (fault->overflow)
		console_line("An IOMMU lost fault records around the next one");
	if (!may_print())
		return;
	n = print_to(line, sizeof(line), "Denied: cell \"%s\" ", view ? view->desc->name : "nobody");
	n += add_requester(line + n, sizeof(line) - n, fault);
	if (fault->blind)
		n += print_to(line + n, sizeof(line) - n, ": DMA (%s)", why);
	else
		n += print_to(line + n, sizeof(line) - n, ": %s 0x%llx (%s)", kinds[kind].did,
			      fault->address, why);
	if (view && !fault->blind)
		n += add_hint(line + n, sizeof(line) - n, view, kind, fault->address);
	publish(line, n);
}

/* The cell fails with its last CPU. */
void core_cpu_failed(struct cpu *cpu)
{
	unsigned slot = arch_cpu_cell(cpu);

	console_line("Parking CPU %u (Cell: \"%s\")", arch_cpu_id(cpu),
		     machine.cells[slot].view.desc->name);
	for (u32 id = 0; id < machine.now.plan->num_cpus; id++)
		if (plan_cpus(machine.now.plan)[id] == slot && !arch_cpu_failed(arch_cpu(id)))
			return;
	if (slot != 0)
		comm_set_state(cpu, &machine.cells[slot], JAILHOUSE_CELL_FAILED);
}

void core_cell_ended(struct cpu *cpu)
{
	struct cell *cell = &machine.cells[arch_cpu_cell(cpu)];

	console_line("Cell \"%s\" has switched itself off", cell->view.desc->name);
	cell->running = false;
	comm_set_state(cpu, cell, JAILHOUSE_CELL_SHUT_DOWN);
}
